"""Socket Mode: slack_sdk's aiohttp client in a thread of its own, listeners in a pool.

The client reconnects by itself; a watchdog replaces it whole where that does not help (a client
that went deaf: python-slack-sdk#1701).
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import aiohttp
from slack_bolt import App
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.app import dispatch

LISTENERS = 32
"""Threads for listeners: those that open a modal wait for Slack."""

PING_S = 2.0
"""Between pings; a connection that answers four of them with silence is given up."""

SILENCE_S = 12.0
"""Without any frame for so long, the watchdog replaces the client."""

GAP_S = 60.0
"""Without a connection for so long, events may be gone for good (java-slack-sdk#810)."""

_STOP_S = 5.0
_LOOK_S = 0.25

_log = logging.getLogger(__name__)
_sdk_log = logging.getLogger(f"{__name__}.sdk")
_sdk_log.setLevel(logging.CRITICAL)  # it logs a stack trace for every failed try; we say it once


class Socket:
    """The connection through which Slack tells what happens."""

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
        self._thread = threading.Thread(target=self._run, name="slack-socket")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._started = threading.Event()
        self._client: SocketModeClient | None = None
        self._running: set[asyncio.Task[Any]] = set()
        self._said_lost = False
        self.last_frame_at = time.monotonic()
        """When the last frame came, pongs included, by the monotonic clock."""

    @property
    def connected(self) -> bool:
        """Whether frames come in: a connection that is open and silent is none."""
        client = self._client
        session = client.current_session if client else None
        fresh = time.monotonic() - self.last_frame_at < SILENCE_S
        return session is not None and not session.closed and fresh

    def start(self) -> None:
        """Connect in the background, and go on trying until stopped."""
        self._thread.start()
        self._started.wait()

    def stop(self) -> None:
        """Take nothing more in, finish and acknowledge what is running, then disconnect."""
        if self._loop is not None and self._stopping is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
        self._pool.shutdown(wait=True)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        self._started.set()
        connecting = self._connect()
        while not self._stopping.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _LOOK_S)
            if self._is_silent():
                connecting = await self._replace(connecting)
        if self._running:
            await asyncio.wait(self._running, timeout=_STOP_S)
        await self._disconnect(connecting)

    def _is_silent(self) -> bool:
        ...
