"""A local X in a thread of its own, and clients that call it as bots and people do."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import pytest
import requests
import tweepy
from aiohttp import web
from requests.adapters import HTTPAdapter

from bot.sandbox.faults import Faults, fault_routes
from bot.sandbox.world import CLINIC, X_CONSUMER_KEY, X_CONSUMER_SECRET, Account
from bot.sandbox.x import XSide, routes

T = TypeVar("T")


class ToSandbox(HTTPAdapter):
    """Sends what was signed for X to the sandbox."""

    def __init__(self, address: str) -> None:
        self._to = urlsplit(address)
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **kw: Any) -> requests.Response:
        url = urlsplit(str(request.url))
        request.url = urlunsplit((self._to.scheme, self._to.netloc, f"/x{url.path}", url.query, ""))
        kw["timeout"] = kw.get("timeout") or (5, 10)
        return super().send(request, *args, **kw)


def mount(session: requests.Session, address: str) -> None:
    session.trust_env = False
    session.max_redirects = 0
    for host in ("https://api.twitter.com", "https://api.x.com"):
        session.mount(host, ToSandbox(address))


class Bot:
    """Signs calls as an account's bot does."""

    def __init__(self, address: str, account: Account = CLINIC, **keys: str) -> None:
        self.account = account
        self._keys = {
            "consumer_key": X_CONSUMER_KEY,
            "consumer_secret": X_CONSUMER_SECRET,
            "access_token": account.access_token,
            "access_token_secret": account.access_secret,
        } | keys
        self.session = requests.Session()
        mount(self.session, address)

    def call(self, method: str, path: str, **kw: Any) -> requests.Response:
        auth = kw.pop("auth", None) or tweepy.OAuth1UserHandler(**self._keys).apply_auth()
        host = kw.pop("host", "api.twitter.com")
        return self.session.request(method, f"https://{host}{path}", auth=auth, **kw)

    def tweet(self, text: str, **more: Any) -> requests.Response:
        return self.call("POST", "/2/tweets", json={"text": text} | more)

    def tweeted(self, text: str, **more: Any) -> dict[str, Any]:
        answer = self.tweet(text, **more)
        assert answer.status_code == 201, answer.text
        shown: dict[str, Any] = answer.json()["data"]
        return shown

    def timeline(self, **query: Any) -> dict[str, Any]:
        answer = self.call("GET", f"/2/users/{self.account.id}/tweets", params=query)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    def close(self) -> None:
        self.session.close()


class LocalX:
    """A running X side: its address, its insides, and a person at it."""

    def __init__(
        self, x: XSide, address: str, loop: asyncio.AbstractEventLoop, changes: list[str]
    ) -> None:
        self.x, self.address, self._loop, self.changes = x, address, loop, changes
        self.person = requests.Session()
        self.person.trust_env = False
        self._bots: list[Bot] = []

    def bot(self, account: Account = CLINIC, **keys: str) -> Bot:
        self._bots.append(Bot(self.address, account, **keys))
        return self._bots[-1]

    def within(self, do: Callable[[], T]) -> T:
        """Do something in the server's own thread."""

        async def done() -> T:
            return do()

        return asyncio.run_coroutine_threadsafe(done(), self._loop).result(10)

    def turn(self, **knobs: Any) -> None:
        answer = self.person.put(f"{self.address}/sandbox/faults", json={"x": knobs}, timeout=10)
        assert answer.status_code == 200, answer.text

    def see(self, path: str, **query: str) -> Any:
        answer = self.person.get(f"{self.address}/sandbox/x/{path}", params=query, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ledger(self) -> Any:
        return self.see("ledger")

    def picture(self, address: str) -> bytes:
        answer = self.person.get(f"{self.address}{address}", timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.content

    def by_hand(self, user_id: str, text: str, **more: str) -> str:
        wanted = {"user_id": user_id, "text": text} | more
        answer = self.person.post(f"{self.address}/sandbox/x/tweets", json=wanted, timeout=10)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    def close(self) -> None:
        self.person.close()
        for bot in self._bots:
            bot.close()


async def started(runner: web.AppRunner) -> str:
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


@pytest.fixture
def local_x() -> Iterator[LocalX]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def on_loop(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(10)

    faults = Faults()
    changes: list[str] = []
    x = XSide(faults, lambda: changes.append("x"))
    app = web.Application()
    app.add_routes([*routes(x), *fault_routes(faults, lambda: changes.append("faults"))])
    runner = web.AppRunner(app, access_log=None)
    running = LocalX(x, on_loop(started(runner)), loop, changes)
    yield running
    running.close()
    loop.call_soon_threadsafe(x.stop)
    on_loop(runner.cleanup())
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


@pytest.fixture
def bot(local_x: LocalX) -> Bot:
    return local_x.bot()
