"""X does not answer clearly: look, ask, and never send twice; take down; threads."""

from typing import Any

import pytest

from tests.e2e.conftest import Found
from tests.e2e.town import ACCOUNT, ANA, BEN, CHEN, DANA, EVE, Town

Json = dict[str, Any]


def test_a_lost_answer_is_found_on_the_timeline(shared: Town) -> None:
    text = "X took this and the answer got lost."
    shared.people.set_faults(x={"next": ["reset_after"]})
    ts = shared.publish(text)
    card = shared.shows(ts, "Published")
    assert card.parts[0].tweet_id == shared.tweets(text)[0]["id"]
    assert len(shared.tweets(text)) == 1


def test_where_x_lags_a_person_says_which_tweet_it_is(shared: Town) -> None:
    text = "X took this and does not show it yet."
    shared.people.set_faults(x={"next": ["reset_after"], "timeline_lag_s": 3600.0})
    ts = shared.publish(text)
    shared.shows(ts, "In doubt", "settle_live")
    shared.hears(ANA, "I do not know whether X took this tweet")
    shared.hears(DANA, "I do not know whether X took this tweet")
    answer = shared.fill_in(DANA, ts, "settle_live", {"address": {"address": "it is there!"}})
    assert "That is no address of a tweet" in answer["errors"]["address"]
    stranger = shared.people.tweet_by_hand("783214", "A tweet of another account.")
    shared.fill_in(DANA, ts, "settle_live", address_of(stranger))
    shared.hears(DANA, f"X does not know tweet {stranger}")
    shared.shows(ts, "In doubt", "settle_live")
    (tweet,) = shared.tweets(text)
    shared.fill_in(DANA, ts, "settle_live", address_of(tweet["id"]))
    card = shared.shows(ts, "Published")
    assert card.parts[0].tweet_id == tweet["id"]
    assert len(shared.tweets(text)) == 1


def test_what_is_not_there_is_sent_once_when_somebody_says_so(shared: Town) -> None:
    text = "X never took this."
    shared.people.set_faults(x={"next": ["reset_before"]})
    ts = shared.publish(text)
    shared.shows(ts, "In doubt", "settle_not_live")
    assert shared.tweets(text) == []
    shared.press(EVE, ts, "settle_not_live")
    shared.hears(EVE, "Only its author, a reviewer or an operator")
    shared.press(DANA, ts, "settle_not_live")
    card = shared.shows(ts, "Not published", "retry")
    assert "it is settled that X did not take it" in card.words
    shared.press(ANA, ts, "retry")
    shared.shows(ts, "Published")
    assert len(shared.tweets(text)) == 1


def test_it_is_not_there_is_refused_where_the_bot_finds_it_after_all(shared: Town) -> None:
    text = "X took this and shows it late."
    shared.people.set_faults(x={"next": ["reset_after"], "timeline_lag_s": 3600.0})
    ts = shared.publish(text)
    shared.shows(ts, "In doubt", "settle_not_live")
    shared.people.set_faults(x={"timeline_lag_s": 0.0})
    shared.press(DANA, ts, "settle_not_live")
    shared.hears(DANA, "the tweet is there after all")
    shared.shows(ts, "Published")
    assert len(shared.tweets(text)) == 1


def test_a_tweet_is_taken_down_with_a_reason_and_its_card_says_so(shared: Town) -> None:
    text = "This has a mistake in it."
    ts = shared.publish(text)
    shared.shows(ts, "Published")
    answer = shared.fill_in(CHEN, ts, "take_down", {"reason": {"reason": " "}})
    assert "Please say why" in answer["errors"]["reason"]
    answer = shared.fill_in(BEN, ts, "take_down", {"reason": {"reason": "I do not like it."}})
    assert "Only its author" in answer["errors"]["reason"]
    assert len(shared.public(text)) == 1
    shared.typed.append("The dose is wrong in it.")
    reason = {"reason": {"reason": "The dose is wrong in it."}}
    assert shared.fill_in(CHEN, ts, "take_down", reason)["acked"]
    card = shared.shows(ts, "Taken down")
    assert card.parts[0].taken_down
    assert shared.public(text) == []
    shared.hears(ANA, "taken down from X")


def test_a_take_down_that_x_does_not_confirm_is_asked_for_again(shared: Town) -> None:
    text = "X is slow to let this go."
    ts = shared.publish(text)
    shared.shows(ts, "Published")
    shared.people.set_faults(x={"next": ["503_before", "reset_before"]})
    shared.fill_in(ANA, ts, "take_down", {"reason": {"reason": "It is over."}})
    shared.shows(ts, "Taken down")
    assert shared.public(text) == []


def test_a_thread_that_x_refuses_halfway_goes_on_as_a_reply(shared: Town) -> None:
    first, second, third = (f"Part {n} of our thread on sleep." for n in ("one", "two", "three"))
    ts = shared.draft(f"{first}\n---\n{second}\n---\n{third}")
    shared.say_when(ts)
    shared.people.set_faults(x={"hang_s": 0.7})
    shared.approve(ts)
    shared.wait(lambda: shared.tweets(first), "the first part")
    shared.people.set_faults(x={"hang_s": 0.0, "next": ["400"]})
    card = shared.shows(ts, "Partly published", "retry")
    assert [part.tweet_id is not None for part in card.parts] == [True, False, False]
    assert "take_down" in card.buttons
    shared.press(ANA, ts, "retry")
    shared.shows(ts, "Published")
    one, two, three = (only(shared.tweets(text)) for text in (first, second, third))
    assert (one.get("in_reply_to"), two["in_reply_to"], three["in_reply_to"]) == (
        None,
        one["id"],
        two["id"],
    )


@pytest.mark.parametrize("answer", ["401", "402"])
def test_what_x_does_not_let_us_do_is_held_and_operators_are_told(
    shared: Town, answer: str
) -> None:
    text = f"X answers {answer} to this."
    shared.people.set_faults(x={"next": [answer]})
    ts = shared.publish(text)
    shared.shows(ts, "On hold", "retry")
    shared.hears(DANA, "X does not let me publish")
    assert shared.tweets(text) == []
    shared.press(DANA, ts, "retry")
    shared.shows(ts, "Published")
    assert len(shared.tweets(text)) == 1


def test_what_the_account_says_already_is_not_called_published(found: Found) -> None:
    text = "Somebody has tweeted this by hand an hour ago."
    town = found()
    town.people.set_faults(x={"clock_offset_s": -3600.0})
    by_hand = town.people.tweet_by_hand(ACCOUNT, text)
    town.people.set_faults(x={"clock_offset_s": 0.0})
    ts = town.publish(text)
    card = town.shows(ts, "Not published")
    assert "the account says this already" in card.words
    assert [tweet["id"] for tweet in town.tweets(text)] == [by_hand]


def address_of(tweet_id: str) -> Json:
    """The form *It is live*, filled in."""
    return {"address": {"address": f"https://x.com/RiversideClinic/status/{tweet_id}"}}


def only(found: list[Json]) -> Json:
    (one,) = found
    return one
