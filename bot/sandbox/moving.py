"""People move the time of the sandbox ahead, and let it be the machine's again.

On its way it halts at each time that the bot's messages name: whoever waits for nine o'clock sees
what happens at nine, not what a bot would do that had slept until ten.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from typing import Any

from aiohttp import web

from bot.sandbox.clock import WorldTime
from bot.sandbox.slack.forms import answering, read
from bot.sandbox.slack.refusals import RefusedError

Json = dict[str, Any]

HALT_S = 2.5
"""Seconds of a halt: the bot looks at its clock about once a second, and needs some for X."""

FARTHEST_S = 366 * 86_400

NO_FILE = (
    "Time cannot be moved here: the bot would not go by it. Start the sandbox with --clock-file, "
    "and name that file to the bot in COUNTERSIGN_CLOCK_FILE."
)
MOVING = "Time is being moved already."
AHEAD = "Time moves ahead alone, and by a year at most."


class Moving:
    """Moves the time; `named` answers the unix seconds that the bot's messages name."""

    def __init__(
        self,
        time: WorldTime,
        named: Callable[[], Iterable[float]],
        changed: Callable[[], None],
        halt_s: float = HALT_S,
    ) -> None:
        self._time, self._named, self._changed = time, named, changed
        self._halt_s = halt_s
        self._to: float | None = None
        self._walk: asyncio.Task[None] | None = None

    def routes(self) -> list[web.AbstractRouteDef]:
        """Answer the routes on which people read and move the time."""
        address = "/sandbox/clock"
        return [
            web.get(address, answering(self.read)),
            web.post(address, answering(self.move)),
            web.delete(address, answering(self.go_back)),
        ]

    async def read(self, _: web.Request) -> Json:
        """Somebody looks at the clock."""
        return self.as_json()

    async def move(self, request: web.Request) -> Json:
        """Somebody moves the time by some seconds, or to a time."""
        body = await read(request, {}, {"by_s": float, "to": float})
        if self._time.file is None:
            raise RefusedError(NO_FILE)
        if self._to is not None:
            raise RefusedError(MOVING)
        now_s = self._time.now_s()
        to = body.get("to", now_s + body.get("by_s", 0.0))
        if not now_s < to <= now_s + FARTHEST_S:
            raise RefusedError(AHEAD)
        self._to = to
        self._walk = asyncio.create_task(self._move_to(to))
        return self.as_json()

    async def go_back(self, _: web.Request) -> Json:
        """Somebody makes it the machine's time again."""
        await self.reset()
        return self.as_json()

    async def reset(self) -> None:
        """Stop moving, and make it the machine's time again."""
        await self.stop()
        self._time.go_back()
        self._changed()

    async def stop(self) -> None:
        """Stop moving, wherever it is."""
        if self._walk is not None:
            self._walk.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._walk
        self._to = None

    def as_json(self) -> Json:
        """Answer the time, how far ahead it is, where it is moving to, and what comes next."""
        now_s = self._time.now_s()
        return {
            "can_move": self._time.file is not None,
            "now_s": now_s,
            "ahead_s": self._time.ahead_s,
            "moving_to": self._to,
            "next": min((at for at in self._named() if at > now_s), default=None),
        }

    async def _move_to(self, to: float) -> None:
        try:
            while (halt := self.as_json()["next"]) is not None and halt < to:
                self._step(halt)
                await asyncio.sleep(self._halt_s)
        finally:
            self._to = None
        self._step(to)

    def _step(self, to: float) -> None:
        self._time.move_to(to)
        self._changed()
