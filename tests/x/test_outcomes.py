"""What an answer or an error says of a tweet, without a network."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, get_args

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.publication import Duplicate, Live, NotLive, Outcome, Reason, Unknown
from bot.x.outcomes import UNREADABLE, of_answer, of_error
from bot.x.problem import CLOCKS_DIFFER, problem
from tests.x.answers import answer, refusal
from tests.x.conftest import KEYS, TEXT

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HIDDEN = (*KEYS.all(), TEXT)
OLD, NEW = "https://api.twitter.com/2/problems/", "https://api.x.com/2/problems/"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
PROBLEMS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("type", "title", "detail", "errors", "reason", "data"), JSON)
)


def of_refusal(status: int, **body: Any) -> Outcome:
    return of_error(refusal(status, body), HIDDEN, NOW)


@pytest.mark.parametrize(
    "body",
    [
        *({}, [], None, "text", {"data": []}, {"data": {}}, {"data": {"text": "a"}}),
        *({"data": {"id": wrong}} for wrong in (7, None, "", "x", "1" * 20, "7\n", "\u0667")),
    ],
)
def test_only_an_id_makes_it_live(body: Any) -> None:
    assert of_answer(answer(201, body), TEXT) == Unknown(UNREADABLE)


def test_another_success_than_created_leaves_a_doubt() -> None:
    assert isinstance(of_answer(answer(200, {"data": {"id": "7"}}), TEXT), Unknown)


def test_it_is_live_with_the_text_that_x_made_of_it() -> None:
    returned = {"data": {"id": "7", "text": "a &amp; b"}, "errors": [{"title": "odd"}]}
    assert of_answer(answer(201, returned), "a & b") == Live("7", "a &amp; b")


def test_it_is_live_even_where_x_leaves_out_the_text() -> None:
    assert of_answer(answer(201, {"data": {"id": "7"}}), TEXT) == Live("7", TEXT)


@pytest.mark.parametrize(
    "body",
    [
        {"detail": "You are not allowed to create a Tweet with duplicate content."},
        {"errors": [{"code": 187, "message": "Status is a duplicate."}]},
        {"errors": [{"code": 187}]},
    ],
)
def test_a_duplicate_in_every_wording(body: dict[str, Any]) -> None:
    assert of_refusal(403, **body) == Duplicate()
    assert of_refusal(400, **body) != Duplicate()


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (402, {"type": OLD + "credits"}, Reason.CREDITS),
        (402, {}, Reason.CREDITS),
        (403, {"type": NEW + "credits"}, Reason.CREDITS),
        (429, {"type": OLD + "usage-capped"}, Reason.CREDITS),
        (401, {}, Reason.ACCESS),
        (403, {"type": OLD + "oauth1-permissions"}, Reason.ACCESS),
        (403, {"type": OLD + "unsupported-authentication"}, Reason.ACCESS),
        (403, {"reason": "client-not-enrolled"}, Reason.ACCESS),
        (403, {"detail": "Your account is suspended."}, Reason.ACCESS),
        (403, {"errors": [{"message": "This account is temporarily locked."}]}, Reason.ACCESS),
        (403, {"type": NEW + "not-authorized-for-resource"}, Reason.REFUSED),
        (403, {}, Reason.REFUSED),
        (404, {}, Reason.REFUSED),
    ],
)
def test_a_refusal_has_its_reason(status: int, body: dict[str, Any], reason: Reason) -> None:
    outcome = of_refusal(status, **body)
    assert isinstance(outcome, NotLive)
    assert (outcome.reason, outcome.retry) == (reason, False)


@pytest.mark.parametrize(
    "detail",
    [
        "You can only reply to or quote posts where you are mentioned or are the author.",
        "Reply to this conversation is not allowed because you have not been mentioned.",
    ],
)
def test_a_reply_to_whoever_did_not_call_says_what_x_wants(detail: str) -> None:
    outcome = of_refusal(403, detail=detail, type=NEW + "not-authorized-for-resource")
    assert isinstance(outcome, NotLive)
    assert (outcome.reason, outcome.retry) == (Reason.REFUSED, False)
    assert "ask them to mention it, or send this as a tweet of its own" in outcome.detail
    assert outcome.detail.endswith(f"X says: {detail}")


@pytest.mark.parametrize("status", [300, 304, 405, 408, 409, 410, 418, 451, 500, 502, 503, 504])
def test_any_other_status_leaves_a_doubt(status: int) -> None:
    assert isinstance(of_refusal(status, detail="duplicate"), Unknown)


def test_an_html_refusal_is_a_refusal() -> None:
    outcome = of_error(refusal(403, b"<html>Forbidden</html>"), HIDDEN, NOW)
    assert outcome == NotLive(Reason.REFUSED, "X answered with status 403.")


@given(status=st.integers(100, 599), body=PROBLEMS, reset=st.text(max_size=8))
def test_every_refusal_has_an_outcome(status: int, body: dict[str, Any], reset: str) -> None:
    error = refusal(status)  # tweepy itself falls over some of these bodies
    error.response = answer(status, body, x_rate_limit_reset=reset, Date=reset)
    outcome = of_error(error, HIDDEN, NOW)
    assert isinstance(outcome, get_args(Outcome))
    if status not in (400, 401, 402, 403, 404, 413, 415, 429):
        assert isinstance(outcome, Unknown)


@given(body=JSON, status=st.sampled_from([200, 201, 202]))
def test_no_nonsense_is_live(body: Any, status: int) -> None:
    made_live = isinstance(body, dict) and "data" in body
    assert made_live or isinstance(of_answer(answer(status, body), TEXT), Unknown)


@pytest.mark.parametrize(
    "error", [ValueError(TEXT), AttributeError(), TypeError(), MemoryError(), RecursionError()]
)
def test_an_unforeseen_error_leaves_a_doubt_and_keeps_its_words(error: Exception) -> None:
    assert of_error(error, HIDDEN, NOW) == Unknown(UNREADABLE)


def sentence(detail: Any, *hidden: str) -> str:
    return problem(answer(400, {"detail": detail}), hidden or HIDDEN, NOW).sentence


def test_the_sentence_of_x_is_one_short_printable_line() -> None:
    assert sentence("a\r\n b\x00c \u202e d") == "a b c d"
    assert len(sentence("so " * 1000)) <= 200
    assert sentence(None) == ""
    sentence("\ud800").encode()


@pytest.mark.parametrize(
    "echo",
    [
        TEXT,
        f"Bad text: {TEXT.upper()}",
        f"Bad text: {TEXT[5:30]}…",
        "Bad text: " + TEXT.replace(" ", "\n  "),
        f"Token {KEYS.access_token} is not valid",
        f"Secret {KEYS.access_token_secret[:18]}… is not valid",
    ],
)
def test_a_sentence_that_repeats_what_is_hidden_is_left_out(echo: str) -> None:
    assert sentence(echo) == ""


def test_a_sentence_that_repeats_a_short_text_is_left_out() -> None:
    assert sentence("Your text Hi there is bad.", "Hi there") == ""
    assert sentence("Your text is bad.", "Hi there") == "Your text is bad."


@pytest.mark.parametrize(("minutes", "blamed"), [(-6, True), (-3, False), (3, False), (6, True)])
def test_a_clock_that_is_off_is_named_where_x_trusts_no_signature(
    minutes: int, blamed: bool
) -> None:
    date = format_datetime(NOW + timedelta(minutes=minutes))
    said = [problem(answer(status, {}, Date=date), (), NOW).words for status in (401, 403)]
    assert [CLOCKS_DIFFER in words for words in said] == [blamed, False]


def test_the_words_of_a_network_error_stay_out() -> None:
    outcome = of_error(requests.ConnectionError(f"to api.x.com: {TEXT}"), HIDDEN, NOW)
    assert isinstance(outcome, Unknown)
    assert TEXT not in outcome.detail
