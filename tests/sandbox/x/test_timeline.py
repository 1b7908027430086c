"""Reading: pages, bounds, fields, both vocabularies, lag."""

import time
from typing import Any

import pytest

from bot.sandbox.world import CLINIC, KIDS
from tests.sandbox.x.conftest import Bot, LocalX

TWEETS = f"/2/users/{CLINIC.id}/tweets"


def ids(page: dict[str, Any]) -> list[str]:
    return [tweet["id"] for tweet in page.get("data", [])]


def wrong(bot: Bot, path: str = TWEETS, **query: Any) -> list[str]:
    answer = bot.call("GET", path, params=query)
    assert answer.status_code == 400, answer.text
    return [error["message"] for error in answer.json()["errors"]]


def write(local_x: LocalX, count: int, author_id: str = CLINIC.id) -> list[str]:
    def publish() -> list[str]:
        return [str(local_x.x.publish(author_id, f"number {n}").id) for n in range(count)]

    return local_x.within(publish)


def test_more_than_a_hundred_tweets_come_in_pages_newest_first(local_x: LocalX, bot: Bot) -> None:
    newest_first = write(local_x, 250)[::-1]
    found, query = [], {"max_results": 100}
    while True:
        page = bot.timeline(**query)
        found += ids(page)
        meta = page["meta"]
        assert meta["result_count"] == len(page["data"])
        assert (meta["newest_id"], meta["oldest_id"]) == (ids(page)[0], ids(page)[-1])
        if "next_token" not in meta:
            break
        query["pagination_token"] = meta["next_token"]
    assert found == newest_first


def test_a_page_is_ten_if_nobody_says(local_x: LocalX, bot: Bot) -> None:
    write(local_x, 11)
    assert len(bot.timeline()["data"]) == 10


def test_an_empty_timeline_has_only_meta(bot: Bot) -> None:
    assert bot.timeline() == {"meta": {"result_count": 0}}


def test_since_and_until_are_numbers_and_exclusive(local_x: LocalX, bot: Bot) -> None:
    written = write(local_x, 5)
    assert ids(bot.timeline(since_id=written[1], until_id=written[4])) == written[3:1:-1]
    assert ids(bot.timeline(since_id="9")) == written[::-1]
    assert ids(bot.timeline(since_id="9999999999999999999")) == []
    assert ids(bot.timeline(until_id="9")) == []


def test_start_and_end_times_bound_what_comes(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(clock_offset_s=-200)
    early = write(local_x, 1)
    local_x.turn(clock_offset_s=0)
    late = write(local_x, 1)
    created = bot.timeline(**{"tweet.fields": "created_at"})["data"][0]["created_at"]
    second = created.split(".")[0] + "Z"
    assert ids(bot.timeline(start_time=second)) == late
    assert ids(bot.timeline(end_time=second)) == early


def test_replies_come_unless_they_are_excluded(bot: Bot) -> None:
    first = bot.tweeted("one")["id"]
    second = bot.tweeted("two", reply={"in_reply_to_tweet_id": first})["id"]
    assert ids(bot.timeline()) == [second, first]
    assert ids(bot.timeline(exclude="replies,retweets")) == [first]


def test_only_three_thousand_two_hundred_can_be_reached(local_x: LocalX, bot: Bot) -> None:
    written = write(local_x, 3205)
    assert ids(bot.timeline(until_id=written[6])) == [written[5]]


def test_only_requested_fields_are_answered(bot: Bot) -> None:
    bot.tweeted("see https://example.com/a?b=c now")
    (plain,) = bot.timeline()["data"]
    assert set(plain) == {"id", "text", "edit_history_tweet_ids"}
    (tweet,) = bot.timeline(**{"tweet.fields": "created_at,entities,author_id,note_tweet"})["data"]
    assert set(tweet) == {*plain, "created_at", "entities", "author_id"}
    (url,) = tweet["entities"]["urls"]
    assert tweet["text"][url["start"] : url["end"]] == url["url"]
    assert url["expanded_url"] == "https://example.com/a?b=c"
    assert tweet["created_at"].endswith(".000Z")


def test_the_new_vocabulary_renames_parameters_and_fields(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(vocabulary="post")
    first = bot.tweeted("one")
    assert set(first) == {"id", "text", "edit_history_post_ids"}
    bot.tweeted("two", reply={"in_reply_to_tweet_id": first["id"]})
    tweets = bot.timeline(**{"post.fields": "referenced_posts"})["data"]
    assert tweets[0]["referenced_posts"] == [{"type": "replied_to", "id": first["id"]}]
    (message,) = wrong(bot, **{"tweet.fields": "created_at"})
    assert message.startswith("The query parameter [tweet.fields] is not one of [id,since_id")
    (message,) = wrong(bot, **{"post.fields": "note_tweet"})
    assert message.startswith("The `post.fields` query parameter value [note_tweet] is not one of")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"post.fields": "id"}, "The query parameter [post.fields] is not one of"),
        ({"max_results": "4"}, "value [4] is not between 5 and 100"),
        ({"max_results": "101"}, "value [101] is not between 5 and 100"),
        ({"max_results": "many"}, "value [many] is not between 5 and 100"),
        ({"since_id": "-1"}, "The `since_id` query parameter value [-1] is not valid"),
        ({"until_id": "1" * 20}, "The `until_id` query parameter value"),
        ({"start_time": "yesterday"}, "The `start_time` query parameter value [yesterday]"),
        ({"pagination_token": "x"}, "The `pagination_token` query parameter value [x]"),
        ({"exclude": "likes"}, "is not one of [replies,retweets]"),
        ({"tweet.fields": "id,nonsense"}, "value [id,nonsense] is not one of"),
    ],
)
def test_a_wrong_parameter_is_refused_in_the_words_of_x(
    bot: Bot, query: dict[str, str], words: str
) -> None:
    (message,) = wrong(bot, **query)
    assert words in message


def test_everything_that_is_wrong_is_said_at_once(bot: Bot) -> None:
    assert len(wrong(bot, since_id="a", max_results="1", expansions="x")) == 3
    assert wrong(bot, "/2/users/abc/tweets") == [
        "The `id` query parameter value [abc] is not valid"
    ]
    assert len(wrong(bot, "/2/tweets/1", nonsense="x")) == 1
    assert len(wrong(bot, "/2/users/me", **{"user.fields": "shoe_size"})) == 1


def test_a_tweet_shows_on_the_timeline_after_the_lag_and_elsewhere_at_once(
    local_x: LocalX, bot: Bot
) -> None:
    local_x.turn(timeline_lag_s=60)
    tweet_id = bot.tweeted("hello")["id"]
    assert ids(bot.timeline()) == []
    assert bot.call("GET", f"/2/tweets/{tweet_id}").json()["data"]["id"] == tweet_id
    assert [tweet["id"] for tweet in local_x.see("ledger")["tweets"]] == [tweet_id]
    local_x.within(lambda: local_x.x.ledger._written_s.update({int(tweet_id): 0.0}))
    local_x.turn(timeline_lag_s=0.001)
    assert ids(bot.timeline()) == [tweet_id]


def test_others_may_be_read_and_nobody_is_not_found(local_x: LocalX, bot: Bot) -> None:
    (theirs,) = write(local_x, 1, KIDS.id)
    assert ids(bot.call("GET", f"/2/users/{KIDS.id}/tweets").json()) == [theirs]
    for path in ("/2/users/404/tweets", "/2/tweets/404"):
        answer = bot.call("GET", path)
        assert answer.status_code == 200
        assert answer.json()["errors"][0]["title"] == "Not Found Error"
        assert "data" not in answer.json()


def test_ones_own_account_has_the_fields_that_are_asked_for(bot: Bot) -> None:
    path = "/2/users/me"
    assert set(bot.call("GET", path).json()["data"]) == {"id", "name", "username"}
    more = bot.call("GET", path, params={"user.fields": "protected"}).json()["data"]
    assert more["protected"] is False


def test_a_reset_forgets_everything(local_x: LocalX, bot: Bot) -> None:
    bot.tweeted("hello")
    local_x.within(local_x.x.reset)
    assert local_x.see("ledger") == {"tweets": [], "calls": [], "cost": 0}


def test_time_that_was_skipped_has_passed_for_a_lagging_timeline(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(timeline_lag_s=3600)
    late = write(local_x, 1)
    assert ids(bot.timeline()) == []
    local_x.x.time.move_to(time.time() + 4000)
    assert ids(bot.timeline()) == late
    local_x.x.time.go_back()
    assert ids(bot.timeline()) == late
