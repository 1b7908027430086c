"""Every way in which X or a box before it can answer, and what the bot makes of it."""

from collections import Counter

import pytest

from bot.domain.publication import Duplicate, NotLive, Outcome, Reason, Unknown
from bot.errors import AccountError
from bot.ports import Outgoing
from bot.sandbox.knobs import Hostile
from bot.x.publisher import XPublisher
from tests.x.conftest import KEYS, TEXT, At, LocalX

H = Hostile
MADE, NOT_MADE = 1, 0

DOUBTFUL = {
    H.RESET_BEFORE: NOT_MADE,
    H.RESET_AFTER: MADE,
    H.CLOSE_BEFORE: NOT_MADE,
    H.CLOSE_AFTER: MADE,
    H.HANG_BEFORE: NOT_MADE,
    H.HANG_AFTER: MADE,
    H.CUT_BODY: MADE,
    H.BAD_GZIP: MADE,
    H.HTML_201: MADE,
    H.EMPTY_201: MADE,
    H.ERRORS_ONLY_201: MADE,
    H.NULL_DATA_201: MADE,
    H.SERVER_ERROR_BEFORE: NOT_MADE,
    H.SERVER_ERROR_AFTER: MADE,
    H.BAD_GATEWAY_HTML: NOT_MADE,
    H.UNAVAILABLE_BEFORE: NOT_MADE,
    H.UNAVAILABLE_AFTER: MADE,
    H.REQUEST_TIMEOUT: NOT_MADE,
    H.MOVED: NOT_MADE,
    H.FOUND: NOT_MADE,
    H.TEMPORARY_REDIRECT: NOT_MADE,
    H.PERMANENT_REDIRECT: NOT_MADE,
    H.BAD_REQUEST_LIST: NOT_MADE,
    H.BAD_REQUEST_STRING: NOT_MADE,
    H.BAD_REQUEST_NULL_ERRORS: NOT_MADE,
    H.TOO_MANY_JUNK_RESET: NOT_MADE,
}
REFUSED = {
    H.BAD_REQUEST: Reason.REFUSED,
    H.UNAUTHORIZED: Reason.ACCESS,
    H.NO_CREDITS: Reason.CREDITS,
    H.FORBIDDEN: Reason.REFUSED,
    H.CASHTAGS: Reason.REFUSED,
    H.NOT_FOUND: Reason.REFUSED,
    H.TOO_LARGE: Reason.REFUSED,
    H.UNSUPPORTED_MEDIA_TYPE: Reason.REFUSED,
}
LATER = (H.TOO_MANY, H.TOO_MANY_NO_HEADERS)
QUESTIONS = ("timeline", "find", "identity", "delete")


def never(outcome: Outcome) -> None:
    raise AssertionError(f"this came late: {outcome}")


def sent(local_x: LocalX, publisher: XPublisher, hostile: Hostile) -> Outcome:
    """Post under one hostile answer; whatever it is, X must have been called once."""
    local_x.turn(next=[hostile])
    outcome = publisher.post(Outgoing(TEXT, None), never)
    assert [call["method"] for call in local_x.see("ledger")["calls"]] == ["POST"]
    return outcome


def tweets(local_x: LocalX) -> int:
    return len(local_x.see("ledger")["tweets"])


def test_the_table_is_whole() -> None:
    tabled = Counter([*DOUBTFUL, *REFUSED, *LATER, H.DUPLICATE, H.DRIP])
    assert tabled == Counter(Hostile)


@pytest.fixture
def publisher(local_x: LocalX, at: At) -> XPublisher:
    """One that gives up quickly: many of these answers never come."""
    return at(f"{local_x.address}/x")


@pytest.mark.parametrize("hostile", DOUBTFUL)
def test_what_leaves_a_doubt_is_unknown(
    local_x: LocalX, publisher: XPublisher, hostile: Hostile
) -> None:
    outcome = sent(local_x, publisher, hostile)
    assert isinstance(outcome, Unknown)
    assert outcome.detail.endswith(".")
    assert tweets(local_x) == DOUBTFUL[hostile]


@pytest.mark.parametrize("hostile", REFUSED)
def test_what_x_refuses_is_not_live_and_says_why(
    local_x: LocalX, publisher: XPublisher, hostile: Hostile
) -> None:
    outcome = sent(local_x, publisher, hostile)
    assert isinstance(outcome, NotLive)
    assert (outcome.reason, outcome.retry, outcome.retry_at) == (REFUSED[hostile], False, None)
    assert "X says: " in outcome.detail
    assert tweets(local_x) == NOT_MADE


@pytest.mark.parametrize("hostile", LATER)
def test_a_rate_limit_is_tried_again_later(
    local_x: LocalX, publisher: XPublisher, hostile: Hostile
) -> None:
    outcome = sent(local_x, publisher, hostile)
    assert isinstance(outcome, NotLive)
    assert outcome.retry
    assert (outcome.retry_at is None) is (hostile is H.TOO_MANY_NO_HEADERS)
    assert tweets(local_x) == NOT_MADE


def test_a_duplicate_is_no_refusal(local_x: LocalX, publisher: XPublisher) -> None:
    assert sent(local_x, publisher, H.DUPLICATE) == Duplicate()
    assert tweets(local_x) == NOT_MADE


def test_an_app_that_may_only_read_has_no_access(local_x: LocalX, publisher: XPublisher) -> None:
    local_x.turn(read_only=True)
    outcome = publisher.post(Outgoing(TEXT, None), never)
    assert isinstance(outcome, NotLive)
    assert outcome.reason is Reason.ACCESS


@pytest.mark.parametrize("hostile", [one for one in Hostile if one is not H.DRIP])
def test_words_hold_neither_the_text_nor_a_key(
    local_x: LocalX, publisher: XPublisher, hostile: Hostile
) -> None:
    words = repr(sent(local_x, publisher, hostile))
    assert not [secret for secret in (TEXT, *KEYS.all()) if secret in words]


def ask(publisher: XPublisher, question: str, tweet_id: str) -> object:
    match question:
        case "timeline":
            return publisher.timeline("0")
        case "find":
            return publisher.find(tweet_id)
        case "identity":
            return publisher.identity()
        case _:
            return publisher.delete(tweet_id)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("hostile", [one for one in Hostile if one is not H.DRIP])
def test_a_question_gets_the_truth_or_our_error_without_a_cause(
    local_x: LocalX, publisher: XPublisher, hostile: Hostile, question: str
) -> None:
    tweet_id = local_x.by_hand(publisher.user_id, "Hello")
    local_x.turn(next=[hostile])
    if (question, hostile) == ("find", H.NOT_FOUND):
        assert publisher.find(tweet_id) is None
        return
    with pytest.raises(AccountError) as caught:
        ask(publisher, question, tweet_id)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    unsure = question == "delete" and hostile is H.NOT_FOUND
    assert caught.value.permanent is (hostile in (*REFUSED, H.DUPLICATE) and not unsure)
