"""The Slack side put together: state, what changes it, and what carries it to the bot."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox.clock import Clock, WorldTime
from bot.sandbox.faults import Faults
from bot.sandbox.slack import events, responses
from bot.sandbox.slack.acting import Acting
from bot.sandbox.slack.api import WebApi
from bot.sandbox.slack.chat import Chat
from bot.sandbox.slack.delivery import Deliveries, Delivery, Kind
from bot.sandbox.slack.ids import Stamps
from bot.sandbox.slack.method import Desk
from bot.sandbox.slack.people import People
from bot.sandbox.slack.refusals import SlackError
from bot.sandbox.slack.socket import Sockets
from bot.sandbox.slack.submitting import Submitting
from bot.sandbox.slack.viewing import Viewing
from bot.sandbox.slack.workspace import Workspace

Json = dict[str, Any]


class SlackSide:
    """A local Slack; `on_change` tells the page, `address` is where the bot reaches it."""

    def __init__(
        self,
        faults: Faults,
        on_change: Callable[..., None],
        address: str = "",
        time: WorldTime | None = None,
    ) -> None:
        self.faults, self.address = faults, address
        self.changed = on_change
        self.clock = Clock(now_s=(time or WorldTime()).now_s)
        self._stamps = Stamps(self.clock)
        self.deliveries = Deliveries(faults, self.clock)
        self.sockets = Sockets(self.deliveries, on_change)
        self.api = WebApi(lambda: self.desk, self.sockets.ticket, faults)
        self._begin()

    def reset(self) -> None:
        """Put everything back to the start; sockets stay open, and the clock goes right again."""
        self.clock.reset()
        self.deliveries.reset()
        self.api.log.clear()
        self._begin()
        self.changed()

    def publish(self, event: Json) -> Delivery:
        """Send an event to the bot."""
        payload = events.wrapped(event, self.workspace.ids, self.clock.now_s())
        return self.deliveries.deliver(Kind.EVENT, payload)

    async def command(self, user: str, channel: str, command: str, text: str) -> Json:
        """Send somebody's slash command, and show what its ack says."""
        acked, url = await self.acting.command(user, channel, command, text)
        answer = acked.pop("answer", None)
        if not answer:
            return acked
        try:
            shown = responses.show(self.desk, self.workspace.response_urls[url], answer)
        except SlackError as error:
            return acked | {"error": f"Slack refuses the answer to {command}: {error.name}"}
        return acked | {"text": shown.text}

    async def respond(self, request: web.Request) -> web.Response:
        """Answer a response_url."""
        return await responses.respond(self.desk, request)

    def response_url(self, id_: str) -> str:
        """Answer the address of a response_url."""
        return f"{self.address}/slack/response/{id_}"

    def traffic(self, last: int | None = None) -> Json:
        """Answer what went between Slack and the bot: all of it, or the last so many of each."""
        start = -last if last else None
        envelopes = [row.as_json() for row in list(self.deliveries.log.values())[start:]]
        sockets = self.deliveries.sockets
        return {"calls": list(self.api.log)[start:], "envelopes": envelopes, "sockets": sockets}

    def _begin(self) -> None:
        self.workspace = Workspace(self.clock, lambda: self.address, self._stamps)
        chat = Chat(self.workspace, self.publish, self.changed)
        viewing = Viewing(self.workspace, lambda: self.faults.slack.trigger_life_s, self.changed)
        self.desk = Desk(self.workspace, chat, viewing)
        self.people = People(self.workspace, chat)
        self.acting = Acting(
            self.workspace, viewing, self.people, self.deliveries, self.response_url
        )
        self.submitting = Submitting(self.workspace, viewing, self.people, self.deliveries)
