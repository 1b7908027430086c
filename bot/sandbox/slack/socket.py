"""Socket Mode: tickets, the WebSocket connections, and what can go wrong with them."""

import asyncio
import contextlib
import json
import secrets
import socket
import struct
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from bot.sandbox.slack.delivery import Deliveries, Delivery
from bot.sandbox.world import APP

MOST_SOCKETS = 10
PING_EVERY_S = 5.0
LEAVE_AFTER_S = 1.0  # between a disconnect message and the close that follows it
_HOST = "applink-sandbox"


class Breakage(StrEnum):
    """What can be done to the open sockets."""

    DISCONNECT = "disconnect"
    CLOSE = "close"
    RESET = "reset"
    STALL = "stall"


class Connection:
    """One open socket of the bot; a writer of its own sends its envelopes in order."""

    def __init__(self, request: web.Request, deliveries: Deliveries) -> None:
        self._request, self._deliveries = request, deliveries
        self._ws = web.WebSocketResponse(autoping=False, autoclose=False)
        self._outbox: asyncio.Queue[Delivery] = asyncio.Queue()
        self._stalled = False

    def put(self, delivery: Delivery) -> None:
        """Take an envelope that is to be sent after those before it."""
        self._outbox.put_nowait(delivery)

    async def run(self, num_connections: int) -> web.WebSocketResponse:
        """Say hello, then send and receive until the socket is gone."""
        tasks: list[asyncio.Task[None]] = []
        try:
            await self._ws.prepare(self._request)
            await self._send(_hello(num_connections))
            tasks = [asyncio.create_task(self._write()), asyncio.create_task(self._ping())]
            await self._read()
        finally:
            self._deliveries.close(self)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            while not self._outbox.empty():
                self._deliveries.missed(self._outbox.get_nowait())
        return self._ws

    async def refuse(self, reason: str) -> web.WebSocketResponse:
        """Say that this socket cannot stay, and close it."""
        await self._ws.prepare(self._request)
        await self._send(_disconnect(reason))
        await self._ws.close()
        return self._ws

    async def break_(self, how: Breakage) -> None:
        """Do something to the socket that networks and Slack do."""
        match how:
            case Breakage.DISCONNECT:
                self._deliveries.close(self)
                await self._send(_disconnect("refresh_requested"))
                await asyncio.sleep(LEAVE_AFTER_S)
                await self.close()
            case Breakage.CLOSE:
                self._deliveries.close(self)
                await self.close()
            case Breakage.RESET:
                self._reset()
            case Breakage.STALL:
                self._stalled = True

    async def close(self) -> None:
        """Close the socket, without waiting long for the other side."""
        with contextlib.suppress(TimeoutError, ConnectionError, RuntimeError):
            async with asyncio.timeout(1):
                await self._ws.close(code=WSCloseCode.OK, drain=False)
        if self._request.transport is not None:
            self._request.transport.abort()

    async def _read(self) -> None:
        async for message in self._ws:
            if not self._stalled:
                await self._take(message)
        if self._stalled:  # nothing answers, not even the close; the peer must find out by itself
            while self._request.transport is not None:  # noqa: ASYNC110  # aiohttp has no event
                await asyncio.sleep(0.05)
        elif self._ws.close_code is not None:
            await self.close()

    async def _take(self, message: WSMessage) -> None:
        if message.type is WSMsgType.PING:
            await self._ws.pong(message.data)
        elif message.type is WSMsgType.TEXT:
            frame = _decoded(message.data)
            answer = frame.get("payload")
            self._deliveries.acknowledge(
                frame.get("envelope_id"), answer if isinstance(answer, dict) else None
            )

    async def _write(self) -> None:
        while True:
            delivery = await self._outbox.get()
            if not self._stalled:
                try:
                    await self._ws.send_str(delivery.frame())
                except (ConnectionError, RuntimeError):
                    self._deliveries.missed(delivery)
                    continue
                except asyncio.CancelledError:
                    self._deliveries.missed(delivery)
                    raise
            self._deliveries.on_wire(delivery)

    async def _ping(self) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):
            while True:
                await asyncio.sleep(PING_EVERY_S)
                if not self._stalled:
                    await self._ws.ping(f"Ping from {_HOST}".encode())

    async def _send(self, frame: dict[str, Any]) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):
            await self._ws.send_json(frame)

    def _reset(self) -> None:
        """Abort with a TCP RST: no linger, so nothing is flushed and nothing is said."""
        transport = self._request.transport
        if transport is not None:
            tcp = transport.get_extra_info("socket")
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()


class Sockets:
    """The bot's way in: one-use tickets, and the connections that stand."""

    def __init__(self, deliveries: Deliveries, on_change: Callable[[], None]) -> None:
        self._deliveries, self._on_change = deliveries, on_change
        self._tickets: set[str] = set()
        self._connections: set[Connection] = set()
        self._breaking: set[asyncio.Task[None]] = set()

    def ticket(self) -> str:
        """Issue a ticket for one connection."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return ticket

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Answer `/slack/socket`: a WebSocket for whoever has a ticket."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=403)
        self._tickets.remove(ticket)
        connection = Connection(request, self._deliveries)
        if len(self._connections) >= MOST_SOCKETS:
            return await connection.refuse("too_many_websockets")
        self._connections.add(connection)
        try:
            return await self._served(connection)
        finally:
            self._connections.discard(connection)
            self._on_change()

    async def _served(self, connection: Connection) -> web.StreamResponse:
        self._deliveries.open(connection)
        self._on_change()
        return await connection.run(len(self._connections))

    def break_all(self, how: Breakage) -> None:
        """Do something to every open socket, now, without waiting for the end of it."""
        for connection in list(self._connections):
            task = asyncio.create_task(connection.break_(how))
            self._breaking.add(task)
            task.add_done_callback(self._breaking.discard)

    async def close(self) -> None:
        """Close every socket: the sandbox stops."""
        closing: list[Awaitable[None]] = [c.close() for c in self._connections]
        for task in self._breaking:
            task.cancel()
        await asyncio.gather(*closing, *self._breaking, return_exceptions=True)


def _hello(num_connections: int) -> dict[str, Any]:
    debug = {"host": _HOST, "build_number": 1, "approximate_connection_time": 18060}
    hello: dict[str, Any] = {"type": "hello", "num_connections": num_connections}
    return hello | {"connection_info": {"app_id": APP.id}, "debug_info": debug}


def _disconnect(reason: str) -> dict[str, Any]:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": _HOST}}


def _decoded(text: str) -> dict[str, Any]:
    try:
        frame = json.loads(text)
    except ValueError:
        return {}
    return frame if isinstance(frame, dict) else {}
