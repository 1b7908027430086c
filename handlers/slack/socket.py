"""Socket Mode: slack_sdk's aiohttp client in a thread of its own, listeners in a pool.

The client reconnects by itself. A watchdog replaces it whole where that does not help: a client
can go deaf (python-slack-sdk#1701), or try a used ticket for ever.
"""

import asyncio
import logging
import threading
import time
from asyncio import AbstractEventLoop, Event, Task
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, WSMessage, WSMsgType
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.acknowledging import acknowledge
from handlers.slack.app import dispatch

LISTENERS = 32
"""Threads for listeners: those that open a modal wait for Slack."""

CROWD = 4
"""More listeners than this at once are a crowd: what can wait makes room."""

PING_S = 3.0
"""Between pings; the client gives a connection up that leaves them unanswered."""

SILENCE_S = 12.0
"""Without any frame for so long, the watchdog replaces the client."""

GAP_S = 60.0
"""Without any frame for so long, events may be gone for good (java-slack-sdk#810)."""

_FRAMES = (WSMsgType.TEXT, WSMsgType.PING, WSMsgType.PONG)
_CLOSE_S = 1.0
_FINISH_S = 10.0
_LOOK_S = 0.25

_log = logging.getLogger(__name__)
_sdk_log = logging.getLogger(f"{__name__}.sdk")
_sdk_log.setLevel(logging.CRITICAL)  # it logs a stack trace for every failed try; we say it once


class Socket:
    """The connection through which Slack tells what happens; starts and stops once."""

    def __init__(
        self,
        app: App,
        app_token: str,
        *,
        gap: float = GAP_S,
        on_gap: Callable[[], None] | None = None,
    ) -> None:
        self._app, self._app_token = app, app_token
        self._gap, self._on_gap = gap, on_gap
        self._pool = ThreadPoolExecutor(LISTENERS, thread_name_prefix="slack")
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="socket")
        self._ready = threading.Event()
        self._end: tuple[AbstractEventLoop, Event] | None = None
        self._client: SocketModeClient | None = None
        self._running: set[Task[Any]] = set()
        self._refused = ""
        self.last_frame_at = time.monotonic()
        """When the last frame came, pongs included, by the monotonic clock."""

    @property
    def connected(self) -> bool:
        """Whether frames come in: a connection that is open and silent is none."""
        session = self._client.current_session if self._client else None
        fresh = time.monotonic() - self.last_frame_at < SILENCE_S
        return session is not None and not session.closed and fresh

    def is_crowded(self) -> bool:
        """Whether several people wait for an acknowledgement at this moment."""
        return len(self._running) > CROWD

    def start(self) -> None:
        """Connect in the background, and go on trying until stopped."""
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Take nothing more in, finish and acknowledge what is running, then disconnect."""
        if self._end is not None and self._thread.is_alive():
            loop, end = self._end
            loop.call_soon_threadsafe(end.set)
            self._thread.join()
        self._pool.shutdown(wait=True)

    async def _serve(self) -> None:
        end = Event()
        self._end = asyncio.get_running_loop(), end
        self._ready.set()
        client, connecting = await self._connect()
        tried_at, was = time.monotonic(), False
        while not end.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(end.wait(), _LOOK_S)
            was = self._say(was=was)
            if time.monotonic() - max(self.last_frame_at, tried_at) > SILENCE_S:
                await _close(client, connecting)
                client, connecting = await self._connect()
                tried_at = time.monotonic()
        if self._running:
            await asyncio.wait(self._running, timeout=_FINISH_S)
        await _close(client, connecting)

    def _say(self, *, was: bool) -> bool:
        """Log when the connection comes or goes."""
        now = self.connected
        if now != was:
            _log.log(
                logging.INFO if now else logging.WARNING,
                "connected to Slack" if now else "not connected to Slack; I go on trying",
            )
        return now

    async def _connect(self) -> tuple[SocketModeClient, Task[None]]:
        """Make a new client, and let it connect."""
        client = _new_client(self._app_token, self._app.client.base_url, self._note_refusal)
        await client.aiohttp_client_session.close()
        client.aiohttp_client_session = ClientSession(ws_response_class=_watched(self._note_frame))
        client.socket_mode_request_listeners.append(self._take)
        self._client = client
        return client, asyncio.ensure_future(client.connect())  # type: ignore[no-untyped-call]  # slack_sdk's

    def _note_refusal(self, why: str) -> None:
        """Log once why Slack gives no way in, until it gives one (`why` is empty then)."""
        if why not in ("", self._refused):
            _log.warning("Slack does not let me connect (%s); I go on trying", why)
        self._refused = why

    def _note_frame(self) -> None:
        now = time.monotonic()
        silent, self.last_frame_at = now - self.last_frame_at, now
        if silent > self._gap and self._on_gap is not None:
            self._on_gap()

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Run the listener of an envelope in the pool, and acknowledge what it committed."""
        if self._end is None or self._end[1].is_set():
            return
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        loop = asyncio.get_running_loop()
        response = await loop.run_in_executor(self._pool, dispatch, self._app, request)
        try:
            await acknowledge(client, request, response)
        except (ClientError, OSError):
            _log.info("an acknowledgement was lost with its connection; Slack delivers again")


class _Client(SocketModeClient):
    """slack_sdk's client, which keeps to itself why it cannot connect."""

    note_refusal: Callable[[str], None]

    async def issue_new_wss_url(self) -> str:
        """Ask Slack where to connect."""
        try:
            url = await super().issue_new_wss_url()
        except SlackApiError as error:
            self.note_refusal(str(error.response["error"]))
            raise
        except Exception as error:
            self.note_refusal(type(error).__name__)
            raise
        self.note_refusal("")
        return url


def _new_client(app_token: str, base_url: str, note: Callable[[str], None]) -> SocketModeClient:
    """Return a client that reaches a local Slack without a proxy (slack_sdk ignores NO_PROXY)."""
    web = AsyncWebClient(base_url=base_url, timeout=10, logger=_sdk_log, retry_handlers=[])
    client = _Client(app_token, logger=_sdk_log, web_client=web, ping_interval=PING_S)
    client.note_refusal = note
    if base_url != WebClient.BASE_URL:
        web.proxy = client.proxy = None
    return client


def _watched(note: Callable[[], None]) -> type[ClientWebSocketResponse]:
    """Return a WebSocket that says when a frame comes in: the client keeps pongs to itself."""

    class Watched(ClientWebSocketResponse):
        """A WebSocket whose frames are noted."""

        async def receive(self, timeout: float | None = None) -> WSMessage:  # noqa: ASYNC109 - aiohttp's own signature
            """Wait for a frame, and note it."""
            message: WSMessage = await super().receive(timeout)
            if message.type in _FRAMES:
                note()
            return message

    return Watched


async def _close(client: SocketModeClient, connecting: Task[None]) -> None:
    """Close a client without waiting long for a peer that may not be there any more."""
    connecting.cancel()
    with suppress(TimeoutError, OSError, ClientError):
        await asyncio.wait_for(client.close(), _CLOSE_S)  # type: ignore[no-untyped-call]  # slack_sdk's
    tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
    for task in filter(None, tasks):
        task.cancel()
    await client.aiohttp_client_session.close()
