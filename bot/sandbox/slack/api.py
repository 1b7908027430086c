"""`/slack/api/<method>`: who calls, what goes wrong with the call, and what it answers."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox.faults import Faults
from bot.sandbox.slack import (
    methods_channels,
    methods_chat,
    methods_files,
    methods_people,
    methods_views,
)
from bot.sandbox.slack.method import Desk, Method
from bot.sandbox.slack.refusals import SlackError
from bot.sandbox.slack.wire import args_of, token_of
from bot.sandbox.world import APP

Json = dict[str, Any]

METHODS: dict[str, Method] = {
    **methods_chat.METHODS,
    **methods_views.METHODS,
    **methods_channels.METHODS,
    **methods_people.METHODS,
    **methods_files.METHODS,
}
RETRY_AFTER_S = 1
_KEPT_CALLS = 20_000


class WebApi:
    """Slack's Web API; every call is logged with its outcome, never with its content."""

    def __init__(self, desk: Callable[[], Desk], ticket: Callable[[], str], faults: Faults) -> None:
        self._desk, self._ticket, self._faults = desk, ticket, faults
        self.log: deque[Json] = deque(maxlen=_KEPT_CALLS)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, or do to it what a knob says."""
        knobs, method = self._faults.slack, request.match_info["method"]
        if knobs.api_down:
            return self._cut(request, method, "api_down")
        await asyncio.sleep(knobs.api_delay_s)
        if knobs.api_429_method in ("", method) and knobs.spend("api_429"):
            self._note(method, "ratelimited")
            headers = {"Retry-After": str(RETRY_AFTER_S)}
            limited = {"ok": False, "error": "ratelimited"}
            return web.json_response(limited, status=429, headers=headers)
        answer = await self._answer(request, method)
        if knobs.spend("api_lose_answer"):
            return self._cut(request, method, "answer_lost")
        self._note(method, answer.get("error"))
        scopes = {"x-oauth-scopes": ",".join(sorted(self._desk().workspace.scopes))}
        return web.json_response(answer, headers=scopes)

    async def _answer(self, request: web.Request, name: str) -> Json:
        try:
            return {"ok": True, **await self._run(request, name)}
        except SlackError as error:
            return {"ok": False, "error": error.name, **error.more}

    async def _run(self, request: web.Request, name: str) -> Json:
        token = token_of(request)
        if not token:
            raise SlackError("not_authed")
        if token not in (APP.bot_token, APP.app_token):
            raise SlackError("invalid_auth")
        if name == "apps.connections.open":
            return self._open_connection(request, token)
        if name == "auth.test":
            return _identity(request, token)
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        if token != APP.bot_token:
            raise SlackError("not_allowed_token_type")
        args = await args_of(request, takes_json=method.takes_json)
        desk = self._desk()
        method.check(args, desk.workspace.scopes)
        return method.run(desk, args)

    def _open_connection(self, request: web.Request, token: str) -> Json:
        if token != APP.app_token:
            raise SlackError("not_allowed_token_type")
        return {"url": f"ws://{request.host}/slack/socket?ticket={self._ticket()}&app_id={APP.id}"}

    def _cut(self, request: web.Request, method: str, why: str) -> web.StreamResponse:
        """Reset the connection under the caller."""
        self._note(method, why)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)  # nobody gets to read it

    def _note(self, method: str, error: str | None) -> None:
        at = self._desk().workspace.clock.now_s()
        row: Json = {"at": at, "method": method, "ok": error is None}
        self.log.append(row | ({"error": error} if error else {}))


def _identity(request: web.Request, token: str) -> Json:
    if token == APP.app_token:
        return {"app_name": APP.name, "app_id": APP.id}
    return {
        "url": f"http://{request.host}/",
        "team": APP.team_name,
        "user": "countersign",
        "team_id": APP.team_id,
        "user_id": APP.user_id,
        "bot_id": APP.bot_id,
        "is_enterprise_install": False,
    }
