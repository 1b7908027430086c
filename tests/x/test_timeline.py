"""Tweets as X words them in JSON, and whole timelines of a local X."""

from typing import Any

import pytest

from bot.domain.publication import Live, Outcome
from bot.domain.snowflake import snowflake_time
from bot.domain.timeline import Seen, SeenUrl
from bot.errors import AccountError
from bot.ports import Outgoing
from bot.sandbox.world import CLINIC, KIDS
from bot.x.publisher import XPublisher
from bot.x.questions import ENDLESS, STRANGE
from bot.x.timeline import seen
from tests.x.conftest import At, LocalX
from tests.x.servers import bare, json_answer, saying

ID = "2000000000000000000"
LINK = {"start": 4, "end": 27, "url": "https://t.co/a", "expanded_url": "https://example.com/a"}
PHOTO = {"url": "https://t.co/b", "expanded_url": "https://x.com/c/status/1/photo/1"}
BARE = {"id": ID, "text": "See https://t.co/a", "author_id": "7"}


def never(outcome: Outcome) -> None:
    raise AssertionError(f"this came late: {outcome}")


def tweeted(publisher: XPublisher, text: str, reply_to: str | None = None) -> str:
    outcome = publisher.post(Outgoing(text, reply_to), never)
    assert isinstance(outcome, Live)
    return outcome.id


def test_a_tweet_of_which_x_says_little() -> None:
    assert seen(BARE) == Seen(ID, "See https://t.co/a", snowflake_time(ID), "7")


@pytest.mark.parametrize("wording", ["tweet", "post"])
def test_a_tweet_of_which_x_says_everything(wording: str) -> None:
    answers = [{"type": "replied_to", "id": "5"}, {"type": "quoted", "id": "6"}]
    more: dict[str, Any] = {
        "created_at": "2025-12-14T00:00:00.000Z",
        "entities": {"urls": [LINK, PHOTO | {"media_key": "3_1"}]},
        f"note_{wording}": {"text": "See all of it", "entities": {"urls": [LINK]}},
        f"referenced_{wording}s": answers,
        "attachments": {"media_keys": ["3_1", "3_2"], "poll_ids": ["8"]},
    }
    link = SeenUrl("https://t.co/a", "https://example.com/a")
    photo = SeenUrl("https://t.co/b", "https://x.com/c/status/1/photo/1", "3_1")
    assert seen(BARE | more) == Seen(
        id=ID,
        text="See https://t.co/a",
        created_at=snowflake_time(ID),
        author_id="7",
        urls=(link, photo),
        note_text="See all of it",
        note_urls=(link,),
        replied_to="5",
        quoted="6",
        media_keys=2,
        has_poll=True,
    )


@pytest.mark.parametrize(
    "wrong", [{"id": "x"}, {"id": 7}, {"text": None}, {"entities": {"urls": [{}]}}]
)
def test_a_malformed_tweet_is_not_read(wrong: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        seen(BARE | wrong)


@pytest.mark.parametrize("vocabulary", ["tweet", "post"])
def test_what_was_sent_comes_back(local_x: LocalX, publisher: XPublisher, vocabulary: str) -> None:
    local_x.turn(vocabulary=vocabulary, premium=True)
    long = "word " * 80 + "https://example.com/all"
    first = tweeted(publisher, "Fish & <chips> at example.com")
    second = tweeted(publisher, long, first)
    local_x.by_hand(KIDS.id, "Somebody else's")
    note, plain = publisher.timeline("0")
    assert (plain.id, plain.text.split(" at ")[0]) == (first, "Fish &amp; &lt;chips&gt;")
    assert [url.expanded_url for url in plain.urls] == ["http://example.com"]
    assert (plain.author_id, plain.replied_to, plain.note_text) == (CLINIC.id, None, None)
    assert (note.id, note.replied_to) == (second, first)
    assert note.note_text is not None
    assert note.note_text.endswith(note.note_urls[0].url)
    assert note.note_urls[0].expanded_url == "https://example.com/all"


def test_the_time_of_a_tweet_is_exact_and_xs_own(local_x: LocalX, publisher: XPublisher) -> None:
    local_x.turn(clock_offset_s=3600, timestamp_window_s=4000)
    tweeted(publisher, "Hello")
    (shown,) = local_x.see("timeline")["tweets"]
    (tweet,) = publisher.timeline("0")
    assert round(tweet.created_at.timestamp() * 1000) == shown["created_ms"]


def test_the_vocabulary_that_worked_is_asked_for_first(
    local_x: LocalX, publisher: XPublisher
) -> None:
    local_x.turn(vocabulary="post")
    tweet_id = tweeted(publisher, "Hello")
    publisher.timeline("0")
    publisher.find(tweet_id)
    local_x.turn(vocabulary="tweet")
    publisher.find(tweet_id)
    reads = [call["status"] for call in local_x.see("ledger")["calls"] if call["method"] == "GET"]
    assert reads == [400, 200, 200, 400, 200]


def test_a_long_timeline_is_read_to_its_end(local_x: LocalX, publisher: XPublisher) -> None:
    made = local_x.within(
        lambda: [str(local_x.x.publish(CLINIC.id, f"Number {n}").id) for n in range(230)]
    )
    assert [tweet.id for tweet in publisher.timeline("0")] == made[::-1]
    assert [tweet.id for tweet in publisher.timeline(made[120])] == made[:120:-1]
    assert publisher.timeline(made[-1]) == []


def test_replies_are_not_left_out(local_x: LocalX, publisher: XPublisher) -> None:
    first = tweeted(publisher, "One")
    second = tweeted(publisher, "Two", first)
    assert [tweet.replied_to for tweet in publisher.timeline(first)] == [first]
    assert local_x.see("timeline")["tweets"][0]["id"] == second


@pytest.mark.parametrize(
    "body",
    [
        *(b"{}", b"[]", b"null", b'"a"', b'{"data": null}', b'{"data": []}', b'{"meta": {}}'),
        *(b'{"errors": [{}]}', b'{"meta": {"result_count": 1}}', b'{"meta": null}'),
        b'{"data": [], "meta": {"result_count": 1}}',
        b'{"data": [{"id": "7"}], "meta": {"result_count": 1}}',
        b'{"data": null, "meta": {"result_count": 0}}',
    ],
)
def test_an_answer_that_is_no_timeline_is_not_an_empty_one(at: At, body: bytes) -> None:
    with bare(saying(json_answer(body, "200 OK"))) as server, pytest.raises(AccountError) as caught:
        at(f"http://{server.host}").timeline("0")
    assert not caught.value.permanent


def test_a_page_that_lacks_tweets_is_not_believed(at: At) -> None:
    page = b'{"data": [{"id": "7", "text": "a", "author_id": "7"}], "meta": {"result_count": 2}}'
    with bare(saying(json_answer(page, "200 OK"))) as server, pytest.raises(AccountError) as caught:
        at(f"http://{server.host}").timeline("0")
    assert str(caught.value) == STRANGE


def test_a_timeline_without_end_is_given_up(at: At) -> None:
    page = json_answer(b'{"meta": {"result_count": 0, "next_token": "again"}}', "200 OK")
    with bare(saying(page)) as server, pytest.raises(AccountError) as caught:
        at(f"http://{server.host}").timeline("0")
    assert str(caught.value) == ENDLESS
