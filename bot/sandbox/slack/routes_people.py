"""`/sandbox/slack/…` for persons: messages, clicks, modals, commands."""

from typing import Any

from aiohttp import web

from bot.sandbox.slack.forms import answering, read
from bot.sandbox.slack.refusals import RefusedError
from bot.sandbox.slack.side import SlackSide

Json = dict[str, Any]


class PeopleRoutes:
    """Reads what persons ask for, and has it done."""

    def __init__(self, slack: SlackSide) -> None:
        self._slack = slack

    def routes(self) -> list[web.AbstractRouteDef]:
        """Answer the routes."""
        root = "/sandbox/slack"
        message, view = f"{root}/messages/{{channel}}/{{ts}}", f"{root}/views/{{id}}"
        return [
            web.get(f"{root}/messages", answering(self.seen)),
            web.post(f"{root}/messages", answering(self.write)),
            web.put(message, answering(self.edit)),
            web.delete(message, answering(self.delete)),
            web.post(f"{root}/unfurl", answering(self.unfurl)),
            web.post(f"{root}/reactions", answering(self.react)),
            web.post(f"{root}/actions", answering(self.act)),
            web.get(f"{root}/views", answering(self.views)),
            web.post(f"{view}/submit", answering(self.submit)),
            web.post(f"{view}/close", answering(self.close)),
            web.post(f"{root}/commands", answering(self.command)),
            web.post(f"{root}/shortcuts", answering(self.shortcut)),
            web.get(f"{root}/home", answering(self.shown_home)),
            web.post(f"{root}/home", answering(self.home)),
        ]

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
        optional |= {"stale": bool, "values": dict}
        body = await read(request, {"user": str, "action_id": str}, optional)
        _check_values(body)
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
        values = _check_values(body)
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

    async def shown_home(self, request: web.Request) -> Json:
        """Somebody's Home tab, read without opening it."""
        view = self._slack.workspace.homes.get(request.query.get("user", ""))
        return {"view": view.as_slack()} if view else {}

    async def home(self, request: web.Request) -> Json:
        """Somebody opens the Home tab."""
        body = await read(request, {"user": str})
        return self._slack.acting.home(body["user"], self._slack.publish)


def _check_values(body: Json) -> Json:
    values: Json = body.get("values", {})
    if not all(isinstance(entries, dict) for entries in values.values()):
        raise RefusedError("values are {block_id: {action_id: value}}")
    return values


def _named(request: web.Request) -> tuple[str, str]:
    return request.match_info["channel"], request.match_info["ts"]
