"""What every Publisher does: the one in memory and the one at a local X."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue

import pytest

from bot.domain.content import Poll
from bot.domain.publication import Live, NotLive, Outcome, Reason, Unknown
from bot.domain.snowflake import snowflake_at
from bot.domain.timeline import Absent, Hit, Sent, match
from bot.errors import AccountError
from bot.ports import Outgoing, Publisher, Upload, Uploaded
from bot.sandbox.world import CLINIC, KIDS, X_CONSUMER_KEY, X_CONSUMER_SECRET
from bot.x.keys import Keys
from bot.x.publisher import XPublisher
from tests.fakes.x import FakeX
from tests.pictures import given, png
from tests.sandbox.x.conftest import LocalX, local_x

__all__ = ["local_x"]

TEXTS = (
    "Flu vaccination on Tuesday",
    "Fish & <chips> are not &amp; never were",
    "Read https://example.com/a?b=c&d=e and example.org, please",
    "Line one\nLine two  with two spaces",
    "caf\u00e9 \u4f60\u597d \U0001f469\u200d\u2695\ufe0f",
)


@dataclass
class Account:
    """A publisher, and what a test does to the X behind it."""

    publisher: Publisher
    lose_next: Callable[[], None]
    refuse_next: Callable[[], None]
    refuse_upload: Callable[[], None]
    delay_next: Callable[[], None]
    release: Callable[[], None]
    by_hand: Callable[[str, str], str]
    lag: Callable[[bool], None]
    fail: Callable[[], None]


def fake() -> Account:
    x = FakeX(CLINIC.id)
    refusal = NotLive(Reason.CREDITS, "There are no credits.")

    def fail() -> None:
        x.trouble = AccountError("X is down.", permanent=False)

    def lag(on: bool) -> None:
        x.lag = on

    def release() -> None:
        x.late.pop()()

    return Account(
        publisher=x,
        lose_next=lambda: x.script.append(x.lose),
        refuse_next=lambda: x.script.append(refusal),
        refuse_upload=lambda: x.uploading.append(refusal),
        delay_next=lambda: x.script.append(x.delay),
        release=release,
        by_hand=lambda author, text: x.say(text, author_id=author).id,
        lag=lag,
        fail=fail,
    )


def real(x: LocalX) -> Account:
    keys = Keys(X_CONSUMER_KEY, X_CONSUMER_SECRET, CLINIC.access_token, CLINIC.access_secret)
    base = f"{x.address}/x"
    return Account(
        publisher=XPublisher(keys, base_url=base, read_s=5.0, deadline_s=1.0),
        lose_next=lambda: x.turn(next=["reset_after"]),
        refuse_next=lambda: x.turn(next=["402"]),
        refuse_upload=lambda: x.turn(next=["402"]),
        delay_next=lambda: x.turn(hang_s=1.3),
        release=lambda: None,
        by_hand=x.by_hand,
        lag=lambda on: x.turn(timeline_lag_s=3600 if on else 0),
        fail=lambda: x.turn(down=True),
    )


@pytest.fixture(params=["fake", "real"])
def account(request: pytest.FixtureRequest) -> Iterator[Account]:
    if request.param == "fake":
        yield fake()
    else:
        yield real(request.getfixturevalue("local_x"))


def never(outcome: Outcome) -> None:
    raise AssertionError(f"this came late: {outcome}")


def post(account: Account, text: str, reply_to: str | None = None) -> Outcome:
    return account.publisher.post(Outgoing(text, reply_to), never)


def tweeted(account: Account, text: str, reply_to: str | None = None) -> str:
    outcome = post(account, text, reply_to)
    assert isinstance(outcome, Live)
    return outcome.id


def test_it_speaks_for_its_account(account: Account) -> None:
    assert account.publisher.user_id == CLINIC.id


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_posted_is_live_and_can_be_matched(account: Account, text: str) -> None:
    began = datetime.now(UTC)
    outcome = post(account, text)
    assert isinstance(outcome, Live)
    seen = account.publisher.timeline("0")
    assert [(tweet.id, tweet.text) for tweet in seen] == [(outcome.id, outcome.text)]
    minute = timedelta(minutes=1)
    sent = Sent(text, None, None, 0, False, CLINIC.id, began, began + minute)
    assert match(sent, seen, ()) == Hit(outcome.id)


def picture(alt: str = "A bed.") -> Upload:
    return given(png(), alt)


@pytest.mark.parametrize("text", [*TEXTS, ""])
@pytest.mark.parametrize("count", [1, 2])
def test_what_is_posted_with_pictures_is_live_and_can_be_matched(
    account: Account, text: str, count: int
) -> None:
    began = datetime.now(UTC)
    taken = [account.publisher.upload(picture()) for _ in range(count)]
    ids = tuple(one.media_id for one in taken if isinstance(one, Uploaded))
    assert len(set(ids)) == count
    outcome = account.publisher.post(Outgoing(text, None, ids), never)
    assert isinstance(outcome, Live)
    seen = account.publisher.timeline("0")
    assert [(tweet.id, tweet.text) for tweet in seen] == [(outcome.id, outcome.text)]
    end = began + timedelta(minutes=1)
    for media in range(4):
        sent = Sent(text, None, None, media, False, CLINIC.id, began, end)
        assert match(sent, seen, ()) == (Hit(outcome.id) if media == count else Absent())


def test_a_picture_that_is_refused_leaves_nothing_in_doubt(account: Account) -> None:
    account.refuse_upload()
    refused = account.publisher.upload(picture())
    assert isinstance(refused, NotLive)
    assert refused.reason is Reason.CREDITS
    assert isinstance(account.publisher.upload(picture()), Uploaded)


def test_ids_grow_and_hold_the_time(account: Account) -> None:
    before = snowflake_at(datetime.now(UTC) - timedelta(seconds=1))
    first, second = tweeted(account, "One"), tweeted(account, "Two")
    after = snowflake_at(datetime.now(UTC) + timedelta(seconds=1))
    assert before < int(first) < int(second) < after


def test_a_thread_is_replies_to_oneself(account: Account) -> None:
    first = tweeted(account, "One")
    second = tweeted(account, "Two", first)
    assert [tweet.replied_to for tweet in account.publisher.timeline("0")] == [first, None]
    assert [tweet.id for tweet in account.publisher.timeline(first)] == [second]


@pytest.mark.parametrize("lost", [False, True])
def test_a_poll_is_live_and_can_be_told_from_a_tweet_without(account: Account, lost: bool) -> None:
    began = datetime.now(UTC)
    if lost:
        account.lose_next()
    poll = Poll(("Yes", "No"), 60)
    account.publisher.post(Outgoing("Did you sleep well?", None, poll=poll), never)
    (seen,) = account.publisher.timeline("0")
    assert seen.has_poll
    for has_poll, found in ((True, Hit(seen.id)), (False, Absent())):
        end = began + timedelta(minutes=1)
        sent = Sent("Did you sleep well?", None, None, 0, has_poll, CLINIC.id, began, end)
        assert match(sent, [seen], ()) == found


def test_who_mentions_the_account_is_answered(account: Account) -> None:
    began = datetime.now(UTC)
    question = account.by_hand(KIDS.id, f"@{CLINIC.username} when do you open?")
    answer = tweeted(account, "At eight.", question)
    (seen,) = account.publisher.timeline("0")
    assert (seen.id, seen.replied_to) == (answer, question)
    for parent, found in ((question, Hit(answer)), (None, Absent())):
        end = began + timedelta(minutes=1)
        assert match(
            Sent("At eight.", parent, None, 0, False, CLINIC.id, began, end), [seen], ()
        ) == (found)


@pytest.mark.parametrize("said", ["When does a clinic open?", f"@{CLINIC.username}s, hello"])
def test_who_did_not_call_the_account_is_not_answered(account: Account, said: str) -> None:
    outcome = post(account, "At eight.", account.by_hand(KIDS.id, said))
    assert isinstance(outcome, NotLive)
    assert (outcome.reason, outcome.retry) == (Reason.REFUSED, False)
    assert outcome.detail.startswith("X takes an answer only where its author has mentioned")
    assert account.publisher.timeline("0") == []


def test_an_answer_to_oneself_needs_no_call(account: Account) -> None:
    first = account.by_hand(CLINIC.id, "We open at eight.")
    second = tweeted(account, "On Sundays at nine.", first)
    assert [tweet.id for tweet in account.publisher.timeline(first)] == [second]


def test_a_tweet_that_is_gone_is_not_answered(account: Account) -> None:
    outcome = post(account, "At eight.", "7")
    assert isinstance(outcome, NotLive)
    assert (outcome.reason, outcome.retry) == (Reason.REFUSED, False)


def test_what_is_refused_is_not_live(account: Account) -> None:
    account.refuse_next()
    outcome = post(account, "Hello")
    assert isinstance(outcome, NotLive)
    assert outcome.reason is Reason.CREDITS
    assert account.publisher.timeline("0") == []


def test_what_is_lost_is_unknown_and_live(account: Account) -> None:
    account.lose_next()
    assert isinstance(post(account, "Hello"), Unknown)
    assert [tweet.text for tweet in account.publisher.timeline("0")] == ["Hello"]


def test_a_late_answer_arrives_once(account: Account) -> None:
    account.delay_next()
    late: SimpleQueue[Outcome] = SimpleQueue()
    assert isinstance(account.publisher.post(Outgoing("Hello", None), late.put), Unknown)
    account.release()
    arrived = late.get(timeout=10)
    assert isinstance(arrived, Live)
    assert [tweet.id for tweet in account.publisher.timeline("0")] == [arrived.id]
    assert late.empty()


def test_a_lag_hides_a_tweet_from_the_timeline_alone(account: Account) -> None:
    account.lag(True)
    tweet_id = tweeted(account, "Hello")
    assert account.publisher.timeline("0") == []
    assert account.publisher.find(tweet_id) is not None
    account.lag(False)
    assert [tweet.id for tweet in account.publisher.timeline("0")] == [tweet_id]


def test_deleting_says_whether_there_was_anything(account: Account) -> None:
    tweet_id = tweeted(account, "Hello")
    assert account.publisher.delete(tweet_id) is True
    assert account.publisher.delete(tweet_id) is False
    assert account.publisher.find(tweet_id) is None
    assert account.publisher.timeline("0") == []


def test_other_peoples_tweets_are_found_but_not_on_the_timeline(account: Account) -> None:
    theirs = account.by_hand(KIDS.id, "Theirs")
    ours = account.by_hand(CLINIC.id, "Ours")
    found = account.publisher.find(theirs)
    assert found is not None
    assert (found.id, found.author_id) == (theirs, KIDS.id)
    assert [tweet.id for tweet in account.publisher.timeline("0")] == [ours]


def test_it_says_who_it_is(account: Account) -> None:
    me = account.publisher.identity()
    assert (me.user_id, me.username) == (CLINIC.id, CLINIC.username)
    assert abs(me.clock_ahead) < timedelta(seconds=2)


@pytest.mark.parametrize(
    "ask",
    [
        lambda x: x.delete("7"),
        lambda x: x.timeline("0"),
        lambda x: x.find("7"),
        lambda x: x.identity(),
    ],
    ids=["delete", "timeline", "find", "identity"],
)
def test_an_x_that_is_down_is_an_account_error(
    account: Account, ask: Callable[[Publisher], object]
) -> None:
    account.fail()
    with pytest.raises(AccountError) as caught:
        ask(account.publisher)
    assert not caught.value.permanent
