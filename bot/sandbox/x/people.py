"""What people see and do at X itself: `/sandbox/x/…`."""

from collections.abc import Iterable, Iterator
from typing import Any

from aiohttp import web

from bot.sandbox.ranges import ranged
from bot.sandbox.world import ACCOUNTS
from bot.sandbox.x import query, rules, view
from bot.sandbox.x.answer import Answer, RefusedError
from bot.sandbox.x.ledger import Tweet
from bot.sandbox.x.side import XSide


class PeopleRoutes:
    """Reads what the page, people and tests ask for, and has it done."""

    def __init__(self, x: XSide) -> None:
        self._x = x

    def routes(self) -> list[web.AbstractRouteDef]:
        """Answer the routes."""
        return [
            web.get(r"/sandbox/x/media/{id:\d{1,19}}", self.picture),
            web.get("/sandbox/x/timeline", self.timeline),
            web.get("/sandbox/x/talk", self.talk),
            web.get("/sandbox/x/ledger", self.ledger),
            web.post("/sandbox/x/tweets", self.write),
            web.delete("/sandbox/x/tweets/{id}", self.delete),
        ]

    async def timeline(self, request: web.Request) -> web.Response:
        """Somebody reads an account's tweets, or all of them."""
        return _shown(self._x.ledger.newest_first(request.query.get("user_id")))

    async def talk(self, request: web.Request) -> web.Response:
        """Somebody reads an account's tweets and those that call it."""
        return _shown(_talk(self._x, request.query.get("user_id", "")))

    async def ledger(self, _: web.Request) -> web.Response:
        """Somebody reads everything that ever took effect, and every call."""
        return web.json_response(_ledger(self._x))

    async def write(self, request: web.Request) -> web.Response:
        """Somebody tweets by hand."""
        try:
            tweet = _written(self._x, await request.json())
        except RefusedError as refused:
            return _refusal(_words(refused.answer))
        except ValueError as error:
            return _refusal(str(error))
        self._x.on_change()
        return web.json_response({"id": str(tweet.id)})

    async def delete(self, request: web.Request) -> web.Response:
        """Somebody deletes a tweet."""
        return _deleted(self._x, request.match_info["id"])

    async def picture(self, request: web.Request) -> web.Response:
        """Somebody looks at a picture or a video."""
        upload = self._x.uploads.seen(int(request.match_info["id"]))
        if upload is None or not upload.content:
            return web.Response(status=404)
        shown = "video/mp4" if upload.kind == "video" else upload.type  # as X makes of a MOV
        return ranged(request, upload.content, shown)


def _shown(tweets: Iterable[Tweet]) -> web.Response:
    return web.json_response({"tweets": [view.for_people(tweet) for tweet in tweets]})


def _talk(x: XSide, user_id: str) -> Iterator[Tweet]:
    """Answer the tweets of an account, and those that call it."""
    account = next((one for one in ACCOUNTS if one.id == user_id), None)
    for tweet in x.ledger.newest_first():
        if tweet.author_id == user_id or (account and rules.summons(tweet, account, x.ledger)):
            yield tweet


def _deleted(x: XSide, tweet_id: str) -> web.Response:
    if not tweet_id.isdecimal() or x.ledger.live(int(tweet_id)) is None:
        return _refusal("there is no such tweet")
    x.remove(int(tweet_id))
    x.on_change()
    return web.json_response({})


def _ledger(x: XSide) -> dict[str, Any]:
    tweets = []
    for tweet in x.ledger.tweets.values():
        gone = x.ledger.deleted_ms.get(tweet.id)
        tweets.append(view.for_people(tweet) | ({} if gone is None else {"deleted_ms": gone}))
    calls = [call.as_json() for call in x.ledger.calls]
    return {"tweets": tweets, "calls": calls, "cost": x.ledger.cost / 1000}


def _written(x: XSide, wanted: Any) -> Tweet:
    """Tweet by hand; X checks the text of people too, but charges them nothing."""
    if not isinstance(wanted, dict) or not isinstance(wanted.get("text"), str):
        raise ValueError("send {user_id, text, in_reply_to?, quoted?}")  # noqa: TRY004  # a 400
    rules.check_text(wanted["text"], premium=x.faults.x.premium)
    parent, quoted = (_target(x, wanted, key) for key in ("in_reply_to", "quoted"))
    author_id = str(_identity(wanted, "user_id"))
    return x.publish(author_id, wanted["text"], parent, quoted.id if quoted else None)


def _target(x: XSide, wanted: dict[str, Any], key: str) -> Tweet | None:
    if wanted.get(key) is None:
        return None
    if (tweet := x.ledger.live(_identity(wanted, key))) is None:
        raise ValueError(f"{key}: there is no such tweet")
    return tweet


def _identity(wanted: dict[str, Any], key: str) -> int:
    try:
        return query.identity(wanted[key])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{key} must be an id: up to 19 digits in quotes") from error


def _words(answer: Answer) -> str:
    errors = answer.body.get("errors")
    return str(errors[0]["message"] if errors else answer.body["detail"])


def _refusal(words: str) -> web.Response:
    return web.json_response({"error": words}, status=400)
