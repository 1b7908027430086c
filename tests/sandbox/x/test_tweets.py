"""Making, reading and deleting tweets by X's rules, and what they cost."""

import time
from itertools import pairwise
from typing import Any

import pytest

from bot.sandbox.world import CLINIC, KIDS
from bot.sandbox.x.ledger import EPOCH_MS, created_ms
from tests.sandbox.x.conftest import Bot, LocalX

STRANGER = "12"


def words(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    return str(answer.json()["detail"])


def messages(answer: Any) -> list[str]:
    assert answer.status_code == 400, answer.text
    assert answer.json()["type"].endswith("/2/problems/invalid-request")
    return [error["message"] for error in answer.json()["errors"]]


def test_ids_grow_and_tell_the_time(bot: Bot) -> None:
    before = time.time_ns() // 1_000_000
    ids = [int(bot.tweeted(f"number {n}")["id"]) for n in range(20)]
    assert all(a < b for a, b in pairwise(ids))
    assert before <= created_ms(ids[0]) <= created_ms(ids[-1]) <= time.time_ns() // 1_000_000
    assert ids[0] >> 22 == created_ms(ids[0]) - EPOCH_MS


def test_ids_grow_though_the_clock_goes_back(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(clock_offset_s=200)
    ahead = bot.tweeted("ahead")["id"]
    local_x.turn(clock_offset_s=-200)
    assert int(bot.tweeted("behind")["id"]) > int(ahead)


def test_the_answer_has_the_text_as_x_rewrote_it(bot: Bot) -> None:
    shown = bot.tweeted("  Fish & <chips>: www.example.com/menu \n")
    assert set(shown) == {"id", "text", "edit_history_tweet_ids"}
    assert shown["text"].startswith("Fish &amp; &lt;chips&gt;: https://t.co/")


def test_the_same_text_again_is_refused_inside_the_window(local_x: LocalX, bot: Bot) -> None:
    bot.tweeted("Caf\u00e9 opens")
    detail = words(bot.tweet(" Cafe\u0301 opens\n"), 403)
    assert detail == "You are not allowed to create a Tweet with duplicate content."
    assert local_x.bot(KIDS).tweet("Caf\u00e9 opens").status_code == 201
    local_x.turn(duplicate_window_s=0)
    assert bot.tweet("Caf\u00e9 opens").status_code == 201


def test_the_duplicate_check_can_be_off(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(duplicate_check=False)
    assert [bot.tweet("hello").status_code for _ in range(2)] == [201, 201]


def test_a_deleted_text_may_be_tweeted_again(bot: Bot) -> None:
    tweet_id = bot.tweeted("hello")["id"]
    assert bot.call("DELETE", f"/2/tweets/{tweet_id}").json() == {"data": {"deleted": True}}
    assert bot.tweet("hello").status_code == 201


def test_a_second_delete_is_a_404_and_others_tweets_are_safe(local_x: LocalX, bot: Bot) -> None:
    tweet_id = bot.tweeted("hello")["id"]
    assert local_x.bot(KIDS).call("DELETE", f"/2/tweets/{tweet_id}").status_code == 403
    assert bot.call("DELETE", f"/2/tweets/{tweet_id}").status_code == 200
    assert bot.call("DELETE", f"/2/tweets/{tweet_id}").status_code == 404
    assert "not valid" in messages(bot.call("DELETE", "/2/tweets/abc"))[0]


@pytest.mark.parametrize(
    "text", ["x" * 281, "\u4e2d" * 141, "\U0001f389" * 141, "x" * 258 + " a.com", "x" * 60_000]
)
def test_a_text_that_is_too_long_is_refused(bot: Bot, text: str) -> None:
    assert bot.tweet(text).status_code == 403


@pytest.mark.parametrize(
    "text", ["x" * 280, "\u4e2d" * 140, "\U0001f469\U0001f3fd\u200d\u2695\ufe0f" * 140]
)
def test_a_text_at_the_limit_is_taken(bot: Bot, text: str) -> None:
    assert bot.tweeted(text)["text"] == text


@pytest.mark.parametrize("text", ["", "  \n", "\ufeffhello", "hello\ufffe", "\ud800"])
def test_a_text_of_nothing_or_of_forbidden_characters_is_refused(bot: Bot, text: str) -> None:
    assert messages(bot.tweet(text))[0].startswith("$.text")


def test_premium_accounts_write_long_and_the_whole_is_in_the_note(
    local_x: LocalX, bot: Bot
) -> None:
    text = "Links: https://example.com/a & " + "many words " * 100 + "b.org"
    assert bot.tweet(text).status_code == 403
    local_x.turn(premium=True)
    cut = bot.tweeted(text)["text"]
    assert len(cut) < 300
    assert "\u2026 https://t.co/" in cut
    fields = {"tweet.fields": "note_tweet,entities"}
    (tweet,) = bot.timeline(**fields)["data"]
    assert tweet["text"] == cut
    note = tweet["note_tweet"]
    assert note["text"].endswith(note["entities"]["urls"][1]["url"])
    assert note["text"].count("many words") == 100
    assert [url["expanded_url"] for url in note["entities"]["urls"]] == [
        "https://example.com/a",
        "http://b.org",
    ]
    for url in tweet["entities"]["urls"]:
        assert cut[url["start"] : url["end"]] == url["url"]
    assert local_x.see("timeline")["tweets"][0]["shown_text"].endswith("b.org")
    assert bot.tweet("y" * 25_001).status_code == 403


def test_a_thread_of_ones_own_is_allowed(local_x: LocalX, bot: Bot) -> None:
    first = bot.tweeted("one")["id"]
    second = bot.tweeted("two", reply={"in_reply_to_tweet_id": first})["id"]
    fields = "referenced_tweets,in_reply_to_user_id,conversation_id"
    tweet = bot.call("GET", f"/2/tweets/{second}", params={"tweet.fields": fields}).json()["data"]
    assert tweet["referenced_tweets"] == [{"type": "replied_to", "id": first}]
    assert tweet["in_reply_to_user_id"] == CLINIC.id
    assert tweet["conversation_id"] == first
    assert local_x.see("timeline")["tweets"][0]["in_reply_to"] == first


def test_strangers_are_answered_only_when_they_called(local_x: LocalX, bot: Bot) -> None:
    ours = bot.tweeted("ours")["id"]
    silent = local_x.by_hand(STRANGER, "Mail me at riverside@RiversideClinic.example")
    called = local_x.by_hand(STRANGER, "thanks, @riversideclinic!")
    quoted = local_x.by_hand(STRANGER, "look at this", quoted=ours)
    detail = words(bot.tweet("a", reply={"in_reply_to_tweet_id": silent}), 403)
    assert detail.startswith("You can only reply to or quote posts where you are mentioned")
    assert bot.tweet("b", reply={"in_reply_to_tweet_id": called}).status_code == 201
    assert bot.tweet("c", reply={"in_reply_to_tweet_id": quoted}).status_code == 201


def test_a_reply_to_nothing_and_a_quote_are_refused(bot: Bot) -> None:
    own = bot.tweeted("ours")["id"]
    assert bot.tweet("a", reply={"in_reply_to_tweet_id": "1"}).status_code == 403
    answer = bot.tweet("b", quote_tweet_id=own)
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/not-authorized-for-resource")


@pytest.mark.parametrize(
    ("text", "status"),
    [("$ABC up", 201), ("$ABC and $DEF.X", 403), ("costs $5 or $6", 201), ("a$BC d$EF", 201)],
)
def test_one_cashtag_is_enough(bot: Bot, text: str, status: int) -> None:
    answer = bot.tweet(text)
    assert answer.status_code == status
    if status == 403:
        assert "maximum of one cashtag" in answer.json()["detail"]


@pytest.mark.parametrize(
    "more",
    [
        {"nullcast": True},
    ],
)
def test_what_the_sandbox_does_not_do_is_said(bot: Bot, more: dict[str, Any]) -> None:
    assert "does not take this yet" in messages(bot.tweet("hello", **more))[0]


def test_a_poll_is_kept_and_shown_with_its_end(local_x: LocalX, bot: Bot) -> None:
    poll = {"options": ["yes", "no"], "duration_minutes": 60}
    made = bot.tweeted("Did you sleep well?", poll=poll)
    bot.tweeted("No poll.")
    plain, asked = bot.timeline(**{"tweet.fields": "attachments"})["data"]
    assert "attachments" not in plain
    (poll_id,) = asked["attachments"]["poll_ids"]
    assert poll_id != made["id"]
    _, shown = local_x.see("timeline", user_id=CLINIC.id)["tweets"]
    assert shown["poll"]["options"] == ["yes", "no"]
    assert shown["poll"]["ends_ms"] == shown["created_ms"] + 3_600_000


def test_disclosures_and_reply_settings_are_taken(bot: Bot) -> None:
    more = {"made_with_ai": True, "paid_partnership": True, "reply_settings": "mentionedUsers"}
    assert bot.tweet("hello", **more).status_code == 201


@pytest.mark.parametrize(
    ("sent", "type_"),
    [
        (b"{", "application/json"),
        (b'{"text": NaN}', "application/json"),
        (b"\xff", "application/json"),
        (b"[" * 50_000, "application/json"),
        (b'{"text": "hello"}', "text/plain"),
    ],
)
def test_a_body_that_is_no_json_is_refused(bot: Bot, sent: bytes, type_: str) -> None:
    assert messages(bot.call("POST", "/2/tweets", data=sent, headers={"Content-Type": type_}))


def test_a_body_of_two_megabytes_is_refused(bot: Bot) -> None:
    assert bot.tweet("x" * 2_000_000).status_code == 413


def test_without_credits_nothing_goes(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(credits=False)
    answer = bot.tweet("hello")
    assert answer.json()["title"] == "CreditsDepleted"
    assert "does not have any credits to fulfill this request" in words(answer, 402)


def test_a_hundred_tweets_in_15_minutes_and_no_more(local_x: LocalX, bot: Bot) -> None:
    statuses = [bot.tweet("").status_code for _ in range(99)]
    assert set(statuses) == {400}
    last = bot.tweet("the hundredth")
    assert (last.status_code, last.headers["x-rate-limit-remaining"]) == (201, "0")
    refused = bot.tweet("one more")
    assert refused.status_code == 429
    assert refused.json() == {
        "title": "Too Many Requests",
        "detail": "Too Many Requests",
        "type": "about:blank",
        "status": 429,
    }
    assert refused.headers["x-rate-limit-limit"] == "100"
    assert 800 < int(refused.headers["x-rate-limit-reset"]) - time.time() <= 900
    assert local_x.bot(KIDS).tweet("not me").status_code == 201
    local_x.within(lambda: local_x.x.limiter.count(CLINIC.id, "create", time.time() + 901))  # type: ignore[arg-type]
    assert bot.tweet("later").status_code == 201


def test_a_path_that_x_does_not_have_is_a_404_in_its_words(bot: Bot) -> None:
    for method, path in (("GET", "/2/nothing"), ("POST", "/2/users/me"), ("GET", "/1.1/x")):
        assert bot.call(method, path).json()["status"] == 404
