"""One aiohttp application from the pieces, on loopback only, and ways to run it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox import world
from bot.sandbox.clock import WorldTime
from bot.sandbox.faults import Faults, fault_routes
from bot.sandbox.moving import Moving
from bot.sandbox.slack import SlackSide
from bot.sandbox.slack import routes as slack_routes
from bot.sandbox.slack.dates import named_times
from bot.sandbox.stream import Stream
from bot.sandbox.x import XSide
from bot.sandbox.x import routes as x_routes

HOST = "127.0.0.1"
_PAGE = Path(__file__).parent / "page"
_LOCAL = ("127.0.0.1", "localhost")
_START_WITHIN_S = 10.0
_POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"
_LARGEST_BODY = 4 * 1024 * 1024

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Sandbox:
    """A local Slack and a local X, and the page that shows both; belongs to one event loop."""

    def __init__(self, seed: int = 0, clock_file: Path | None = None) -> None:
        self.faults = Faults(seed)
        self.stream = Stream()
        time = WorldTime(clock_file)
        self.slack = SlackSide(self.faults, self._slack_changed, time=time)
        self.x = XSide(self.faults, lambda: self.stream.changed("x"), time)
        self.moving = Moving(
            time,
            lambda: named_times(self.slack.workspace),
            lambda: self.stream.changed("clock"),
        )
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> str:
        """Listen on loopback (port 0: any free one) and answer the address."""
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, port, backlog=1024)
        await site.start()
        bound = self._runner.addresses[0][1]
        self.slack.address = f"http://{HOST}:{bound}"
        return self.slack.address

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def reset(self) -> None:
        """Put everything back to the start."""
        await self.moving.reset()
        self.faults.reset()
        self.slack.reset()
        self.x.reset()
        for side in ("x", "faults"):
            self.stream.changed(side)

    def _slack_changed(self, channel: str | None = None, user: str | None = None) -> None:
        self.stream.changed("slack", channel=channel, user=user)

    def _application(self) -> web.Application:
        app = web.Application(middlewares=[_only_local], client_max_size=_LARGEST_BODY)
        app.add_routes(slack_routes(self.slack))
        app.add_routes(x_routes(self.x))
        app.add_routes(self.moving.routes())
        app.add_routes(fault_routes(self.faults, lambda: self.stream.changed("faults")))
        app.add_routes(
            [
                web.get("/", _index),
                web.get("/sandbox/world", _world),
                web.get("/sandbox/stream", self.stream.serve, allow_head=False),
                web.post("/sandbox/reset", self._reset),
                web.static("/page", _PAGE),
            ]
        )
        app.on_shutdown.append(self._let_go)
        return app

    async def _reset(self, _: web.Request) -> web.Response:
        await self.reset()
        return web.json_response({})

    async def _let_go(self, _: web.Application) -> None:
        self.stream.stop()
        await self.moving.stop()
        self.x.stop()
        self.slack.deliveries.reset()
        await self.slack.sockets.close()


@web.middleware
async def _only_local(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Serve people only under this machine's own names: other sites' pages cannot reach in."""
    if request.path.startswith(("/slack/", "/x/")):
        return await handler(request)
    origin = request.headers.get("Origin")
    if _name(f"//{request.host}") not in _LOCAL or (origin and _name(origin) not in _LOCAL):
        return web.json_response({"error": "open the sandbox as 127.0.0.1"}, status=403)
    response = await handler(request)
    if not response.prepared:
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


async def _index(_: web.Request) -> web.FileResponse:
    return web.FileResponse(_PAGE / "index.html")


async def _world(_: web.Request) -> web.Response:
    return web.json_response(world.as_json())


class SandboxThread:
    """The sandbox in a thread of its own, for tests and for the demo in one process."""

    def __init__(self, port: int = 0, seed: int = 0, clock_file: Path | None = None) -> None:
        self._port, self._seed, self._clock_file = port, seed, clock_file
        self._ready = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self.address = ""

    def start(self) -> str:
        """Start, and answer the address once it listens; raises what prevented it."""
        self._thread.start()
        if not self._ready.wait(_START_WITHIN_S):
            raise TimeoutError("the sandbox did not start")
        if self._error is not None:
            raise self._error
        return self.address

    def stop(self) -> None:
        """Stop, and wait until everything is closed."""
        if self._loop is not None and self._end is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # noqa: BLE001  # raised again, in whoever starts it
            self._error = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        sandbox = Sandbox(self._seed, self._clock_file)
        try:
            self.address = await sandbox.start(self._port)
            self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
            self._ready.set()
            await self._end.wait()
        finally:
            await sandbox.stop()


@contextmanager
def running(port: int = 0, seed: int = 0, clock_file: Path | None = None) -> Iterator[str]:
    """Run the sandbox in a thread for as long as the block lasts; gives its address."""
    thread = SandboxThread(port, seed, clock_file)
    try:
        yield thread.start()
    finally:
        thread.stop()
