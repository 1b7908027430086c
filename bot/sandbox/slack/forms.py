"""Reading what people's requests hold; whatever is missing, unknown or misshapen is refused."""

import math
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from bot.sandbox.slack.refusals import RefusedError

Json = dict[str, Any]
Kinds = Mapping[str, type]
Answer = Callable[[web.Request], Awaitable[Json]]

_WORDS = {str: "text", dict: "an object", list: "a list", bool: "true or false"}
_WORDS |= {int: "a whole number", float: "a number", object: "anything"}


async def read(request: web.Request, needed: Kinds, optional: Kinds | None = None) -> Json:
    """Answer the body of a request, which is one JSON object with these keys."""
    try:
        body = await request.json()
    except ValueError:
        raise RefusedError("the body must be JSON") from None
    if not isinstance(body, dict):
        raise RefusedError("the body must be a JSON object")
    given = {name: value for name, value in body.items() if value is not None}
    if missing := sorted(needed.keys() - given.keys()):
        raise RefusedError(f"missing: {', '.join(missing)}")
    known = {**needed, **(optional or {})}
    if unknown := sorted(given.keys() - known.keys()):
        raise RefusedError(f"unknown: {', '.join(unknown)}")
    for name, value in given.items():
        if not _is_a(value, known[name]):
            raise RefusedError(f"{name} must be {_WORDS[known[name]]}")
    return given


def _is_a(value: Any, kind: type) -> bool:
    if isinstance(value, bool) and kind in (int, float):
        return False
    if kind is float:
        return isinstance(value, int | float) and math.isfinite(value)
    return isinstance(value, kind)


def answering(answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Wrap a request's function: its answer as JSON, its refusal as 400 in words."""

    async def wrapped(request: web.Request) -> web.Response:
        try:
            return web.json_response(await answer(request))
        except RefusedError as refused:
            return web.json_response({"error": str(refused)}, status=400)

    return wrapped
