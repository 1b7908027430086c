"""A sandbox into which a test can reach: to send what Slack never sends, to spoil what it has."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from aiohttp import web

from bot.sandbox.server import Sandbox, SandboxThread
from bot.sandbox.slack.delivery import Kind

T = TypeVar("T")
Json = dict[str, Any]


class Backdoor(SandboxThread):
    """The sandbox in a thread of its own, with its insides open."""

    async def _serve(self) -> None:
        self.sandbox = Sandbox(self._seed, self._clock_file)
        try:
            self.address = await self.sandbox.start(self._port)
            self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
            self._ready.set()
            await self._end.wait()
        finally:
            await self.sandbox.stop()

    def send(self, kind: Kind, payload: Json) -> bool:
        """Send an envelope; whether it was acknowledged in time."""

        async def sent() -> bool:
            deliveries = self.sandbox.slack.deliveries
            delivery = deliveries.deliver(kind, payload)
            del deliveries.log[delivery.id]  # the sandbox can show no payload that is not Slack's
            return await delivery.outcome is not None

        return self._inside(sent())

    def newest(self, kind: Kind) -> Json:
        """The payload of the newest envelope of a kind."""

        async def found() -> Json:
            log = self.sandbox.slack.deliveries.log.values()
            return next(d.payload for d in reversed(log) if d.kind is kind)

        return self._inside(found())

    def spoil(self, channel: str, ts: str, change: Callable[[Any], object]) -> None:
        """Change a message without telling anybody."""

        async def changed() -> None:
            room = self.sandbox.slack.workspace.rooms[channel]
            change(room.messages[ts])

        self._inside(changed())

    def listen(self) -> list[str]:
        """Keep everything that the bot sends to Slack from here on: calls, and what acks carry."""
        heard: list[str] = []

        async def overhear() -> None:
            api, deliveries = self.sandbox.slack.api, self.sandbox.slack.deliveries
            run, acknowledge = api._run, deliveries.acknowledge

            async def overheard(request: web.Request, name: str) -> Json:
                heard.append((await request.read()).decode())
                return await run(request, name)

            def acknowledged(envelope_id: object, answer: Json | None) -> None:
                heard.append(json.dumps(answer))
                acknowledge(envelope_id, answer)

            vars(api)["_run"] = overheard
            vars(deliveries)["acknowledge"] = acknowledged

        self._inside(overhear())
        return heard

    def _inside(self, doing: Coroutine[Any, Any, T]) -> T:
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(30)
