"""How calls of the Web API are written: JSON or a form, the token only in Authorization."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from aiohttp import web

from bot.sandbox.slack.refusals import SlackError

Json = dict[str, Any]
T = TypeVar("T")

_TRUE, _FALSE = (True, "true", "True", "1", 1), (False, "false", "False", "0", 0, "")


class Args:
    """The arguments of one call, whichever way they came."""

    def __init__(self, given: Json) -> None:
        self.given = {name: value for name, value in given.items() if value is not None}

    def text(self, name: str, default: str = "") -> str:
        """Answer a text argument; numbers are read as their digits."""
        value = self.given.get(name, default)
        if isinstance(value, bool | dict | list):
            raise _bad(name, "must be a string")
        return str(value)

    def flag(self, name: str) -> bool:
        """Answer a boolean argument, false if it is not there."""
        value = self.given.get(name, False)
        if value in _TRUE or value in _FALSE:
            return value in _TRUE
        raise _bad(name, "must be a boolean")

    def number(self, name: str, default: int, most: int) -> int:
        """Answer a whole number of at least 1."""
        try:
            value = int(self.text(name, str(default)))
        except ValueError:
            raise _bad(name, "must be an integer") from None
        if not 1 <= value <= most:
            raise SlackError("invalid_limit")
        return value

    def structure(self, name: str) -> Any:
        """Answer blocks or a view: JSON within JSON, or JSON in a text."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise _bad(name, "must be valid JSON") from None

    def has(self, name: str) -> bool:
        """Answer whether the argument was given and is not empty."""
        return self.given.get(name) not in (None, "")


def token_of(request: web.Request) -> str:
    """Answer the token of a call, or nothing."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else ""


async def args_of(request: web.Request, *, takes_json: bool) -> Args:
    """Read the arguments; a JSON body at a method that takes forms alone is not looked at."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        return Args(given | (await _json(request) if takes_json else {}))
    form = await request.post()
    return Args(given | {name: value for name, value in form.items() if isinstance(value, str)})


async def _json(request: web.Request) -> Json:
    raw = await request.read()
    if not raw:
        return {}
    try:
        given = json.loads(raw)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(given, dict):
        raise SlackError("json_not_object")
    return given


def page_of(rows: Sequence[T], args: Args, limit: int) -> tuple[list[T], str]:
    """Answer one page of rows and the cursor of the next page, which may be empty."""
    start = _decoded(args.text("cursor")) if args.has("cursor") else 0
    end = start + limit
    return list(rows[start:end]), _encoded(end) if end < len(rows) else ""


def _encoded(place: int) -> str:
    return base64.urlsafe_b64encode(f"place:{place}".encode()).decode()


def _decoded(cursor: str) -> int:
    try:
        word, place = base64.urlsafe_b64decode(cursor).decode().split(":")
        if word == "place":
            return max(0, int(place))
    except (binascii.Error, ValueError):
        pass
    raise SlackError("invalid_cursor")


def _bad(name: str, words: str) -> SlackError:
    messages = [f"[ERROR] {words} [json-pointer:/{name}]"]
    return SlackError("invalid_arguments", response_metadata={"messages": messages})
