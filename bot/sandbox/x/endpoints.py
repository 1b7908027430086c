"""What each endpoint of X's API does with a call that was let in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.world import ACCOUNTS, Account
from bot.sandbox.x import body, prices, problems, query, rules, view
from bot.sandbox.x.answer import Answer, RefusedError
from bot.sandbox.x.ledger import Poll, Tweet
from bot.sandbox.x.side import XSide

_DEPTH = 3200
_DEPTH_WITHOUT_REPLIES = 800


@dataclass(frozen=True, slots=True)
class Visit:
    """A call that was let in: whose it is and what it says."""

    account: Account
    path_id: str
    query: Mapping[str, str]
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is answered, what it costs (1/1000 dollar), and the tweet it made or deleted."""

    answer: Answer
    cost: int = 0
    tweet_id: int | None = None


def create(x: XSide, visit: Visit) -> Outcome:
    """POST /2/tweets."""
    asked = body.parsed(visit.body, visit.content_type)
    now_ms = x.clock.now_ms()
    parent = rules.check_create(asked, visit.account, x.ledger, x.faults, now_ms)
    media_ids = asked.get("media", {}).get("media_ids", [])
    media = x.uploads.chosen(visit.account.id, media_ids, x.clock.now_s())
    poll = _poll(x, asked["poll"], now_ms) if asked.get("poll") else None
    tweet = x.publish(visit.account.id, asked.get("text", ""), parent, media=media, poll=poll)
    shown = view.for_api(tweet, (), x.faults.x.vocabulary)
    return Outcome(Answer(201, {"data": shown}), prices.of_creating(tweet, parent), tweet.id)


def _poll(x: XSide, asked: dict[str, Any], now_ms: int) -> Poll:
    return Poll(x.ledger.next_id(now_ms), tuple(asked["options"]), asked["duration_minutes"])


def delete(x: XSide, visit: Visit) -> Outcome:
    """DELETE /2/tweets/:id."""
    tweet_id = query.deletion(visit.query, visit.path_id)
    if (tweet := x.ledger.live(tweet_id)) is None:
        raise RefusedError(problems.missing("tweet", visit.path_id))
    if tweet.author_id != visit.account.id:
        raise RefusedError(problems.forbidden("You are not authorized to delete this Tweet."))
    x.remove(tweet_id)
    return Outcome(Answer(200, {"data": {"deleted": True}}), prices.DELETE, tweet_id)


def lookup(x: XSide, visit: Visit) -> Outcome:
    """GET /2/tweets/:id."""
    vocabulary = x.faults.x.vocabulary
    fields = query.lookup(visit.query, visit.path_id, vocabulary)
    if (tweet := x.ledger.live(int(visit.path_id))) is None:
        raise RefusedError(problems.missing("tweet", visit.path_id, 200))
    shown = view.for_api(tweet, fields, vocabulary)
    return Outcome(Answer(200, {"data": shown}), _read_cost(x, visit, tweet))


def timeline(x: XSide, visit: Visit) -> Outcome:
    """GET /2/users/:id/tweets, newest first."""
    vocabulary = x.faults.x.vocabulary
    asked = query.timeline(visit.query, visit.path_id, vocabulary)
    reachable = list(filter(x.on_timeline, x.ledger.newest_first(visit.path_id)))
    if not reachable and visit.path_id not in {account.id for account in ACCOUNTS}:
        raise RefusedError(problems.missing("user", visit.path_id, 200))
    depth = _DEPTH_WITHOUT_REPLIES if "replies" in asked.exclude else _DEPTH
    found = [tweet for tweet in reachable[:depth] if _asked_for(tweet, asked)]
    page = found[: asked.limit]
    answer: dict[str, Any] = {"meta": _meta(page, more=len(found) > len(page))}
    if page:
        answer["data"] = [view.for_api(tweet, asked.fields, vocabulary) for tweet in page]
    return Outcome(Answer(200, answer), _read_cost(x, visit, *page))


def me(x: XSide, visit: Visit) -> Outcome:
    """GET /2/users/me."""
    fields = query.me(visit.query)
    account = visit.account
    shown: dict[str, Any] = {"id": account.id, "name": account.name, "username": account.username}
    more = {"protected": False, "verified": False, "description": ""}
    shown |= {name: value for name, value in more.items() if name in fields}
    cost = x.reads.of(account.id, True, [account.id], x.clock.now_ms())
    return Outcome(Answer(200, {"data": shown}), cost)


def _asked_for(tweet: Tweet, asked: query.TimelineQuery) -> bool:
    id_fits = (
        (asked.since_id is None or tweet.id > asked.since_id)
        and (asked.until_id is None or tweet.id < asked.until_id)
        and (asked.before_id is None or tweet.id < asked.before_id)
    )
    time_fits = (asked.start_ms is None or tweet.created_ms >= asked.start_ms) and (
        asked.end_ms is None or tweet.created_ms < asked.end_ms
    )
    return id_fits and time_fits and not ("replies" in asked.exclude and tweet.parent is not None)


def _meta(page: list[Tweet], *, more: bool) -> dict[str, Any]:
    meta: dict[str, Any] = {"result_count": len(page)}
    if page:
        meta |= {"newest_id": str(page[0].id), "oldest_id": str(page[-1].id)}
    if more:
        meta["next_token"] = query.page_token(page[-1].id)
    return meta


def _read_cost(x: XSide, visit: Visit, *tweets: Tweet) -> int:
    reader, now_ms = visit.account.id, x.clock.now_ms()
    return sum(
        x.reads.of(reader, tweet.author_id == reader, [str(tweet.id)], now_ms) for tweet in tweets
    )
