"""`/sandbox/…` for whoever sets the scene: traffic, changes of the workspace, breakage, bursts."""

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from bot.sandbox.slack.burst import burst
from bot.sandbox.slack.features import changed
from bot.sandbox.slack.forms import answering, read
from bot.sandbox.slack.refusals import RefusedError
from bot.sandbox.slack.scopes import KNOWN
from bot.sandbox.slack.side import SlackSide
from bot.sandbox.slack.socket import Breakage
from bot.sandbox.slack.workspace import Room
from bot.sandbox.world import APP

Json = dict[str, Any]

_BURST_WAIT_S = 60.0
_FARTHEST_S = 10 * 366 * 86_400


class SettingRoutes:
    """Reads what is to be different, and makes it so."""

    def __init__(self, slack: SlackSide) -> None:
        self._slack = slack

    def routes(self) -> list[web.AbstractRouteDef]:
        """Answer the routes."""
        root = "/sandbox/slack"
        return [
            web.get(f"{root}/traffic", answering(self.traffic)),
            web.get(f"{root}/sockets", answering(self.sockets)),
            web.post(f"{root}/people/{{id}}", answering(self.change_person)),
            web.post(f"{root}/channels/{{id}}", answering(self.change_channel)),
            web.get(f"{root}/app", answering(self.app)),
            web.post(f"{root}/app", answering(self.change_app)),
            web.post(f"{root}/clock", answering(self.move_clock)),
            web.post("/sandbox/faults/socket", answering(self.break_sockets)),
            web.post("/sandbox/burst", answering(self.burst)),
        ]

    async def traffic(self, request: web.Request) -> Json:
        """Somebody reads the log of calls and envelopes."""
        last = request.query.get("last", "0")
        if not (last.isascii() and last.isdecimal()):
            raise RefusedError("last must be a whole number")
        return self._slack.traffic(int(last))

    async def sockets(self, _: web.Request) -> Json:
        """Somebody asks whether the bot is connected."""
        return {"sockets": self._slack.deliveries.sockets}

    async def change_person(self, request: web.Request) -> Json:
        """Somebody leaves, comes back or moves to another zone."""
        body = await read(request, {}, {"deleted": bool, "tz": str})
        member = self._slack.workspace.members.get(request.match_info["id"])
        if member is None or member.is_bot:
            raise RefusedError("there is no such person")
        if "tz" in body:
            member.tz = _zone(body["tz"])
        member.deleted = body.get("deleted", member.deleted)
        return {}

    async def change_channel(self, request: web.Request) -> Json:
        """Somebody archives a channel or brings it back, invites the bot or removes it."""
        body = await read(request, {}, {"archived": bool, "bot_member": bool})
        room = self._slack.workspace.rooms.get(request.match_info["id"])
        if room is None or room.im_with:
            raise RefusedError("there is no such channel")
        room.archived = body.get("archived", room.archived)
        if body.get("bot_member") is False:
            room.members.discard(APP.user_id)
        elif body.get("bot_member") and not room.has_bot:
            self._slack.desk.chat.join(room, APP.user_id)
        return {}

    async def app(self, _: web.Request) -> Json:
        """Somebody looks at what the app is called by."""
        return self._slack.workspace.features.as_json()

    async def change_app(self, request: web.Request) -> Json:
        """Somebody installs the app with these scopes, commands or shortcuts, and no others."""
        wanted = await read(request, {}, {"scopes": list, "commands": list, "shortcuts": list})
        workspace = self._slack.workspace
        scopes = wanted.get("scopes", workspace.scopes)
        if unknown := [str(scope) for scope in scopes if str(scope) not in KNOWN]:
            raise RefusedError(f"unknown scopes: {', '.join(unknown)}")
        workspace.features = changed(workspace.features, wanted)
        workspace.scopes = set(scopes)
        self._slack.changed()
        return {}

    async def move_clock(self, request: web.Request) -> Json:
        """Slack's clock steps by some seconds."""
        body = await read(request, {"move_s": float})
        if abs(body["move_s"]) > _FARTHEST_S:
            raise RefusedError("the clock moves by ten years at most")
        self._slack.clock.move(body["move_s"])
        return {"now": self._slack.clock.now_s()}

    async def break_sockets(self, request: web.Request) -> Json:
        """Something happens to the open sockets."""
        wanted = (await read(request, {"do": str}))["do"]
        if wanted not in list(Breakage):
            raise RefusedError(f"do must be one of {', '.join(Breakage)}")
        self._slack.sockets.break_all(Breakage(wanted))
        return {}

    async def burst(self, request: web.Request) -> Json:
        """Many messages at once."""
        needed = {"channel": str, "users": list, "count": int, "text": str}
        body = await read(request, needed, {"wait_s": float})
        room: Room | None = self._slack.workspace.rooms.get(body["channel"])
        if room is None:
            raise RefusedError("there is no such channel")
        wait_s = body.get("wait_s", _BURST_WAIT_S)
        many = body["users"], body["text"], body["count"], wait_s
        try:
            return await burst(self._slack.desk.chat, self._slack.publish, room, *many)
        finally:
            self._slack.changed(channel=room.id)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise RefusedError(f"there is no time zone {name}") from None
    return name
