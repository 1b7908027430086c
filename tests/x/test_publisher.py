"""The account: what it deletes, finds and says it is."""

import json
from datetime import timedelta

import pytest

from bot.domain.content import Poll
from bot.domain.publication import Live, NotLive, Outcome
from bot.errors import AccountError
from bot.ports import Outgoing, Publisher
from bot.sandbox.world import CLINIC, KIDS
from bot.x.keys import Keys
from bot.x.problem import CLOCKS_DIFFER
from bot.x.publisher import NO_ID, XPublisher
from bot.x.questions import NOT_SAID
from tests.x.conftest import KEYS, At, LocalX
from tests.x.servers import bare, json_answer, saying

NO_IDS = ["", "x", "../users/me", "1?a=b", "1" * 20, "7\n"]


def never(outcome: Outcome) -> None:
    raise AssertionError(f"this came late: {outcome}")


def test_it_is_a_publisher_for_the_account_of_its_token(at: At) -> None:
    publisher: Publisher = at("http://127.0.0.1:9")
    assert publisher.user_id == CLINIC.id


def test_a_poll_and_a_reply_arrive_as_x_wants_them(local_x: LocalX, publisher: XPublisher) -> None:
    question = local_x.by_hand(KIDS.id, f"@{CLINIC.username} do you sleep?")
    poll = Poll(("Every night", "Caf\u00e9 \U0001f634"), 10_080)
    outcome = publisher.post(Outgoing("Do you?", question, poll=poll), never)
    assert isinstance(outcome, Live)
    (tweet,) = local_x.see("timeline", user_id=CLINIC.id)["tweets"]
    assert (tweet["in_reply_to"], tweet["poll"]["options"]) == (question, list(poll.options))
    assert tweet["poll"]["ends_ms"] - tweet["created_ms"] == 10_080 * 60_000


def test_what_x_says_of_a_poll_does_not_repeat_its_answers(at: At) -> None:
    body = json.dumps({"detail": "The option 'Every blessed night' is offensive."}).encode()
    poll = Poll(("Every blessed night", "No"), 60)
    with bare(saying(json_answer(body, "403 Forbidden"))) as server:
        outcome = at(f"http://{server.host}").post(Outgoing("Do you?", None, poll=poll), never)
    assert isinstance(outcome, NotLive)
    assert "night" not in outcome.detail


def test_deleting_twice_is_harmless(local_x: LocalX, publisher: XPublisher) -> None:
    tweet_id = local_x.by_hand(CLINIC.id, "Hello")
    assert publisher.delete(tweet_id) is True
    assert publisher.delete(tweet_id) is False
    assert local_x.see("timeline")["tweets"] == []


def test_a_deletion_whose_answer_was_lost_may_be_repeated(
    local_x: LocalX, publisher: XPublisher
) -> None:
    tweet_id = local_x.by_hand(CLINIC.id, "Hello")
    local_x.turn(next=["reset_after"])
    with pytest.raises(AccountError) as caught:
        publisher.delete(tweet_id)
    assert not caught.value.permanent
    assert publisher.delete(tweet_id) is False


def test_a_404_that_is_not_about_the_tweet_does_not_say_that_it_is_gone(
    local_x: LocalX, publisher: XPublisher
) -> None:
    tweet_id = local_x.by_hand(CLINIC.id, "Hello")
    local_x.turn(next=["404"])
    with pytest.raises(AccountError, match=NOT_SAID):
        publisher.delete(tweet_id)
    assert len(local_x.see("timeline")["tweets"]) == 1


def test_a_bare_404_is_believed_where_a_look_confirms_it(
    local_x: LocalX, publisher: XPublisher
) -> None:
    tweet_id = local_x.by_hand(CLINIC.id, "Hello")
    publisher.delete(tweet_id)
    local_x.turn(next=["404"])
    assert publisher.delete(tweet_id) is False


@pytest.mark.parametrize("body", [b'{"data": {"deleted": false}}', b'{"data": {"deleted": "no"}}'])
def test_a_deletion_that_x_does_not_confirm_is_an_error(at: At, body: bytes) -> None:
    with (
        bare(saying(json_answer(body, "200 OK"))) as server,
        pytest.raises(AccountError, match=NOT_SAID),
    ):
        at(f"http://{server.host}").delete("7")


def test_somebody_elses_tweet_cannot_be_deleted(local_x: LocalX, publisher: XPublisher) -> None:
    tweet_id = local_x.by_hand(KIDS.id, "Hello")
    with pytest.raises(AccountError) as caught:
        publisher.delete(tweet_id)
    assert caught.value.permanent


@pytest.mark.parametrize("word", NO_IDS)
def test_what_is_no_id_is_never_sent(at: At, word: str) -> None:
    with bare(saying(b"")) as server:
        publisher = at(f"http://{server.host}")
        assert publisher.find(word) is None
        with pytest.raises(AccountError, match=NO_ID):
            publisher.delete(word)
    assert server.calls == []


def test_a_tweet_is_found_whosever_it_is_until_it_is_deleted(
    local_x: LocalX, publisher: XPublisher
) -> None:
    ours, theirs = (local_x.by_hand(one.id, "Hello") for one in (CLINIC, KIDS))
    found = [publisher.find(tweet_id) for tweet_id in (ours, theirs)]
    assert [tweet.author_id for tweet in found if tweet] == [CLINIC.id, KIDS.id]
    publisher.delete(ours)
    assert publisher.find(ours) is None
    assert publisher.find("404") is None


@pytest.mark.parametrize("hours", [-1, 0, 1])
def test_it_knows_itself_and_how_far_xs_clock_is_ahead(
    local_x: LocalX, publisher: XPublisher, hours: int
) -> None:
    local_x.turn(clock_offset_s=hours * 3600, timestamp_window_s=4000)
    me = publisher.identity()
    assert (me.user_id, me.username) == (CLINIC.id, CLINIC.username)
    assert abs(me.clock_ahead - timedelta(hours=hours)) < timedelta(seconds=2)


def test_a_clock_that_is_too_far_off_is_named(local_x: LocalX, publisher: XPublisher) -> None:
    local_x.turn(clock_offset_s=3600)
    with pytest.raises(AccountError, match=CLOCKS_DIFFER):
        publisher.identity()
    outcome = publisher.post(Outgoing("Hello", None), never)
    assert isinstance(outcome, NotLive)
    assert CLOCKS_DIFFER in outcome.detail


@pytest.mark.parametrize("secret", ["Hello everybody", KEYS.access_token, KEYS.consumer_secret])
def test_an_x_that_repeats_secrets_is_not_quoted(at: At, secret: str) -> None:
    body = json.dumps({"detail": f"This is not good: {secret}"}).encode()
    with bare(saying(json_answer(body, "400 Bad Request"))) as server:
        publisher = at(f"http://{server.host}")
        outcome = publisher.post(Outgoing("Hello everybody", None), never)
        assert isinstance(outcome, NotLive)
        with pytest.raises(AccountError) as caught:
            publisher.identity()
    assert secret not in outcome.detail
    assert secret == "Hello everybody" or secret not in str(caught.value)


def test_wrong_keys_are_an_error_that_no_retry_mends(local_x: LocalX) -> None:
    keys = Keys("a", "b", f"{CLINIC.id}-c", "d")
    with pytest.raises(AccountError) as caught:
        XPublisher(keys, base_url=f"{local_x.address}/x").identity()
    assert caught.value.permanent


def test_an_x_that_is_down_is_an_error_that_passes(local_x: LocalX, publisher: XPublisher) -> None:
    local_x.turn(down=True)
    with pytest.raises(AccountError) as caught:
        publisher.identity()
    assert not caught.value.permanent
