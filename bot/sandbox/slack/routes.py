"""The Slack side's addresses: the bot's under /slack, people's under /sandbox/slack."""

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from bot.sandbox.slack.burst import burst
from bot.sandbox.slack.forms import answering, read
from bot.sandbox.slack.refusals import RefusedError
from bot.sandbox.slack.scopes import KNOWN
from bot.sandbox.slack.side import SlackSide
from bot.sandbox.slack.socket import Breakage
from bot.sandbox.slack.workspace import Room
from bot.sandbox.world import APP

Json = dict[str, Any]

_SLACK = "/sandbox/slack"
_BURST_WAIT_S = 60.0


def routes(slack: SlackSide) -> list[web.AbstractRouteDef]:
    """Answer every route of the Slack side."""
    desk = SlackDesk(slack)
    message = f"{_SLACK}/messages/{{channel}}/{{ts}}"
    view = f"{_SLACK}/views/{{id}}"
    people = {
        ("GET", f"{_SLACK}/messages"): desk.seen,
        ("POST", f"{_SLACK}/messages"): desk.write,
        ("PUT", message): desk.edit,
        ("DELETE", message): desk.delete,
        ("POST", f"{_SLACK}/unfurl"): desk.unfurl,
        ("POST", f"{_SLACK}/reactions"): desk.react,
        ("POST", f"{_SLACK}/actions"): desk.act,
        ("GET", f"{_SLACK}/views"): desk.views,
        ("POST", f"{view}/submit"): desk.submit,
        ("POST", f"{view}/close"): desk.close,
        ("POST", f"{_SLACK}/commands"): desk.command,
        ("POST", f"{_SLACK}/shortcuts"): desk.shortcut,
        ("GET", f"{_SLACK}/home"): desk.shown_home,
        ("POST", f"{_SLACK}/home"): desk.home,
        ("GET", f"{_SLACK}/traffic"): desk.traffic,
        ("GET", f"{_SLACK}/sockets"): desk.sockets,
        ("POST", f"{_SLACK}/people/{{id}}"): desk.change_person,
        ("POST", f"{_SLACK}/channels/{{id}}"): desk.change_channel,
        ("POST", f"{_SLACK}/app"): desk.change_app,
        ("POST", f"{_SLACK}/clock"): desk.move_clock,
        ("POST", "/sandbox/faults/socket"): desk.break_sockets,
        ("POST", "/sandbox/burst"): desk.burst,
    }
    bots: list[web.AbstractRouteDef] = [
        web.get("/slack/api/{method}", slack.api.call),
        web.post("/slack/api/{method}", slack.api.call),
        web.get("/slack/socket", slack.sockets.connect, allow_head=False),
        web.post("/slack/response/{id}", slack.respond),
    ]
    return bots + [web.route(verb, path, answering(do)) for (verb, path), do in people.items()]


class SlackDesk:
    """Reads what people ask for, and has it done."""

    def __init__(self, slack: SlackSide) -> None:
        self._slack = slack

    async def seen(self, request: web.Request) -> Json:
        """Somebody reads a channel."""
        channel, user = request.query.get("channel", ""), request.query.get("as", "")
        return {"messages": self._slack.people.seen(channel, user)}

    async def write(self, request: web.Request) -> Json:
        """Somebody sends a message."""
        needed, optional = {"user": str, "channel": str}, {"text": str, "thread_ts": str}
        body = await read(request, needed, optional | {"subtype": str, "files": list})
        files = body.get("files", [])
        if not all(isinstance(one, dict) for one in files):
            raise RefusedError("files are a list of {name, mimetype, size}")
        ts = self._slack.people.write(
            body["user"],
            body["channel"],
            body.get("text", ""),
            thread_ts=body.get("thread_ts", ""),
            subtype=body.get("subtype", ""),
            files=files,
        )
        return {"ts": ts}

    async def edit(self, request: web.Request) -> Json:
        """Somebody changes their message."""
        body = await read(request, {"user": str, "text": str})
        self._slack.people.edit(body["user"], *_named(request), body["text"])
        return {}

    async def delete(self, request: web.Request) -> Json:
        """Somebody deletes their message."""
        body = await read(request, {"user": str})
        self._slack.people.delete(body["user"], *_named(request))
        return {}

    async def unfurl(self, request: web.Request) -> Json:
        """Slack adds a preview to a message."""
        body = await read(request, {"channel": str, "ts": str})
        self._slack.people.unfurl(body["channel"], body["ts"])
        return {}

    async def react(self, request: web.Request) -> Json:
        """Somebody reacts to a message."""
        body = await read(request, {"user": str, "channel": str, "ts": str, "name": str})
        self._slack.people.react(body["user"], body["channel"], body["ts"], body["name"])
        return {}

    async def act(self, request: web.Request) -> Json:
        """Somebody uses an element of a message or view."""
        optional = {"channel": str, "ts": str, "view_id": str, "block_id": str, "value": object}
        body = await read(request, {"user": str, "action_id": str}, optional | {"stale": bool})
        if "view_id" in body:
            return await self._slack.acting.click_in_view(body["user"], body["view_id"], body)
        if "channel" not in body or "ts" not in body:
            raise RefusedError("give channel and ts, or view_id")
        where = body["channel"], body["ts"]
        stale = body.get("stale", False)
        return await self._slack.acting.click(body["user"], *where, body, stale=stale)

    async def views(self, request: web.Request) -> Json:
        """Somebody's open modals."""
        return {"views": self._slack.acting.views(request.query.get("user", ""))}

    async def submit(self, request: web.Request) -> Json:
        """Somebody submits a modal."""
        body = await read(request, {"user": str}, {"values": dict})
        values = body.get("values", {})
        if not all(isinstance(entries, dict) for entries in values.values()):
            raise RefusedError("values are {block_id: {action_id: value}}")
        return await self._slack.submitting.submit(body["user"], request.match_info["id"], values)

    async def close(self, request: web.Request) -> Json:
        """Somebody closes a modal."""
        body = await read(request, {"user": str})
        self._slack.acting.close(body["user"], request.match_info["id"])
        return {}

    async def command(self, request: web.Request) -> Json:
        """Somebody sends a slash command."""
        body = await read(request, {"user": str, "channel": str, "command": str}, {"text": str})
        where = body["user"], body["channel"]
        return await self._slack.command(*where, body["command"], body.get("text", ""))

    async def shortcut(self, request: web.Request) -> Json:
        """Somebody uses a shortcut."""
        body = await read(request, {"user": str, "callback_id": str}, {"channel": str, "ts": str})
        where = body.get("channel", ""), body.get("ts", "")
        return await self._slack.acting.shortcut(body["user"], body["callback_id"], *where)

    async def home(self, request: web.Request) -> Json:
        """Somebody opens the Home tab."""
        body = await read(request, {"user": str})
        return self._slack.acting.home(body["user"], self._slack.publish)

    async def shown_home(self, request: web.Request) -> Json:
        """Somebody's Home tab, read without opening it."""
        view = self._slack.workspace.homes.get(request.query.get("user", ""))
        return {"view": view.as_slack()} if view else {}

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

    async def change_app(self, request: web.Request) -> Json:
        """Somebody grants the app these scopes, and no others."""
        scopes = (await read(request, {"scopes": list}))["scopes"]
        if unknown := [str(scope) for scope in scopes if str(scope) not in KNOWN]:
            raise RefusedError(f"unknown scopes: {', '.join(unknown)}")
        self._slack.workspace.scopes = set(scopes)
        return {}

    async def move_clock(self, request: web.Request) -> Json:
        """Slack's clock steps by some seconds."""
        body = await read(request, {"move_s": float})
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


def _named(request: web.Request) -> tuple[str, str]:
    return request.match_info["channel"], request.match_info["ts"]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise RefusedError(f"there is no time zone {name}") from None
    return name
