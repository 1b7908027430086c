"""What people see and do at X itself, and what they are told when it does not go."""

from typing import Any

import pytest

from bot.sandbox.world import CLINIC, FOLLOWERS, KIDS
from tests.sandbox.x.conftest import Bot, LocalX


def test_a_timeline_shows_what_the_public_sees(local_x: LocalX, bot: Bot) -> None:
    tweet_id = bot.tweeted("Fish & chips: https://www.example.com/menu")["id"]
    local_x.by_hand(KIDS.id, "ours")
    (tweet,) = local_x.see("timeline", user_id=CLINIC.id)["tweets"]
    assert (tweet["id"], tweet["author_id"]) == (tweet_id, CLINIC.id)
    assert tweet["shown_text"] == "Fish & chips: example.com/menu"
    assert tweet["text"].startswith("Fish &amp; chips: https://t.co/")
    assert tweet["urls"][0]["expanded_url"] == "https://www.example.com/menu"
    assert tweet["created_at"].endswith(f".{tweet['created_ms'] % 1000:03}Z")
    assert [one["author_id"] for one in local_x.see("timeline")["tweets"]] == [KIDS.id, CLINIC.id]


def test_people_write_the_same_text_twice_quote_reply_and_pay_nothing(local_x: LocalX) -> None:
    first = local_x.by_hand("12", "hello")
    again = local_x.by_hand("12", "hello", in_reply_to=first, quoted=first)
    newest = local_x.see("timeline")["tweets"][0]
    assert (newest["id"], newest["in_reply_to"], newest["quoted"]) == (again, first, first)
    assert local_x.see("ledger")["cost"] == 0


def test_the_talk_of_an_account_is_what_it_says_and_who_calls_it(local_x: LocalX, bot: Bot) -> None:
    ours = bot.tweeted("We open at eight.")["id"]
    called = local_x.by_hand(FOLLOWERS[0].id, f"@{CLINIC.username.upper()} and on Sundays?")
    quoted = local_x.by_hand(FOLLOWERS[1].id, "Good to know", quoted=ours)
    local_x.by_hand(FOLLOWERS[1].id, f"Who is @{CLINIC.username}s?")
    local_x.by_hand(FOLLOWERS[1].id, "Not to me", in_reply_to=ours)
    found = [tweet["id"] for tweet in local_x.see("talk", user_id=CLINIC.id)["tweets"]]
    assert found == [quoted, called, ours]
    for tweet_id in (called, quoted):
        assert bot.tweeted(f"Thank you {tweet_id}", reply={"in_reply_to_tweet_id": tweet_id})
    assert local_x.see("talk", user_id="12")["tweets"] == []


def test_a_person_deletes_a_tweet_of_the_bot(local_x: LocalX, bot: Bot) -> None:
    address = f"{local_x.address}/sandbox/x/tweets/{bot.tweeted('hello')['id']}"
    assert local_x.person.delete(address, timeout=5).status_code == 200
    assert bot.timeline()["meta"]["result_count"] == 0
    assert local_x.person.delete(address, timeout=5).json() == {"error": "there is no such tweet"}


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ([], "send {user_id, text"),
        ({"user_id": "1"}, "send {user_id, text"),
        ({"text": "x"}, "user_id must be an id"),
        ({"text": "x", "user_id": 1}, "user_id must be an id"),
        ({"text": "x", "user_id": "me"}, "user_id must be an id"),
        ({"text": "", "user_id": "1"}, "must not be empty"),
        ({"text": "x" * 281, "user_id": "1"}, "not permitted"),
        ({"text": "x", "user_id": "1", "in_reply_to": "5"}, "there is no such tweet"),
        ({"text": "x", "user_id": "1", "quoted": "five"}, "quoted must be an id"),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(
    local_x: LocalX, wanted: Any, words: str
) -> None:
    answer = local_x.person.post(f"{local_x.address}/sandbox/x/tweets", json=wanted, timeout=5)
    assert answer.status_code == 400
    assert words in answer.json()["error"]
    assert local_x.see("ledger")["tweets"] == []


def test_a_body_that_is_no_json_is_refused_in_words(local_x: LocalX) -> None:
    answer = local_x.person.post(f"{local_x.address}/sandbox/x/tweets", data=b"{", timeout=5)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_people_read_and_turn_knobs_over_http(local_x: LocalX) -> None:
    address = f"{local_x.address}/sandbox/faults"
    assert local_x.person.get(address, timeout=5).json()["x"]["seed"]["value"] == 0
    turned = local_x.person.put(address, json={"x": {"seed": 4}}, timeout=5)
    assert turned.json()["x"]["seed"]["value"] == 4
    for bad in ({"json": {"x": {"y": 1}}}, {"data": b"{"}):
        answer = local_x.person.put(address, timeout=5, **bad)
        assert answer.status_code == 400
        assert answer.json()["error"]


def test_each_call_and_each_change_is_announced_and_a_look_is_not(
    local_x: LocalX, bot: Bot
) -> None:
    bot.tweeted("hello")
    local_x.by_hand("12", "hello")
    local_x.see("timeline")
    local_x.turn(premium=True)
    assert local_x.changes == ["x", "x", "faults"]
