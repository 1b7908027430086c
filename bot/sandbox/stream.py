"""Server-sent events for the page: what changed, so that it redraws without polling."""

import asyncio
import contextlib
import json
from typing import Any

from aiohttp import web

_GATHER_S = 0.02  # changes of one moment are told together: a burst is one redraw
_KEEP_ALIVE_S = 15.0


class Stream:
    """Tells every listening page what changed; the same change is told once a moment."""

    def __init__(self) -> None:
        self._listeners: set[_Listener] = set()
        self._stopping = False

    def changed(self, what: str, **where: str | None) -> None:
        """Tell every page of a change; `where` may name a channel and a person."""
        told = json.dumps({"changed": what} | {k: v for k, v in where.items() if v})
        for listener in self._listeners:
            listener.tell(told)

    def stop(self) -> None:
        """End every page's stream: the sandbox stops."""
        self._stopping = True
        for listener in self._listeners:
            listener.waiting.set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET /sandbox/stream` until the page leaves."""
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        listener = _Listener()
        self._listeners.add(listener)
        with contextlib.suppress(ConnectionError):
            await response.write(b": here\n\n")
            while not self._stopping:
                await response.write(await listener.next())
        self._listeners.discard(listener)
        return response


class _Listener:
    """One page, and what it has not been told yet."""

    def __init__(self) -> None:
        self.waiting = asyncio.Event()
        self._untold: dict[str, Any] = {}

    def tell(self, change: str) -> None:
        self._untold[change] = None
        self.waiting.set()

    async def next(self) -> bytes:
        """Wait for changes; after a quiet while, answer a comment that keeps the line open."""
        try:
            async with asyncio.timeout(_KEEP_ALIVE_S):
                await self.waiting.wait()
        except TimeoutError:
            return b": still here\n\n"
        await asyncio.sleep(_GATHER_S)
        self.waiting.clear()
        told, self._untold = self._untold, {}
        return "".join(f"data: {change}\n\n" for change in told).encode()
