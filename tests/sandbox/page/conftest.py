"""The real sandbox as a process, Debian's Chromium, and a page that must stay without an error."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from bot.sandbox.client import SandboxClient
from bot.sandbox.demo import demo_bot
from bot.sandbox.server import running
from tests.sandbox.page.bot import DEADLINE_S, Bot

CHROMIUM = Path("/usr/bin/chromium")
MISSING = f"{CHROMIUM} is not there: apt-get install chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_S = 30
BACK_S = 90
"""slack_sdk's client is back within four seconds, but has its own idea of when to look."""
PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy")

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("COUNTERSIGN_REQUIRE_BROWSER") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    expect.set_options(timeout=DEADLINE_S * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sandbox(
    browser: Browser,  # noqa: ARG001  # the sandbox starts only where something can look at it
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of a sandbox in a process of its own."""
    ready = tmp_path_factory.mktemp("sandbox") / "ready"
    command = [sys.executable, "-m", "bot.sandbox", "--port", "0", "--ready-file", str(ready)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + START_S
        while not (ready.exists() and ready.read_text().strip()):
            assert process.poll() is None, "the sandbox ended"
            assert time.monotonic() < until, "the sandbox did not start"
            time.sleep(0.05)
        yield ready.read_text().strip()
    finally:
        process.terminate()
        process.wait(DEADLINE_S)


@pytest.fixture
def address(sandbox: str) -> str:
    """The sandbox, as at its start."""
    requests.post(f"{sandbox}/sandbox/reset", json={}, timeout=DEADLINE_S).raise_for_status()
    return sandbox


@pytest.fixture(scope="session")
def connected(sandbox: str) -> Iterator[Bot]:
    """One bot for all tests: a reset of the sandbox leaves its socket open."""
    with pytest.MonkeyPatch.context() as environment:
        for name in PROXIES:
            environment.delenv(name, raising=False)
        bot = Bot(sandbox)
        bot.start()
        yield bot
        bot.stop()


@pytest.fixture
def bot(connected: Bot, address: str) -> Bot:
    """The bot at the sandbox, as at its start: connected, whatever the test before cut."""
    assert connected.web.base_url.startswith(address)
    with SandboxClient(address) as people:
        people.wait_for(people.sockets, BACK_S, "the bot's connection")
    connected.forget()
    return connected


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens the page; its console must stay empty, and nobody else may be asked for anything.

    `forgiven` are words of the browser's own complaints that a test provokes.
    """
    opened: list[Page] = []
    wrong: list[str] = []

    def open_one(address: str = address, *, forgiven: str = "", **options: object) -> Page:
        options = {"viewport": {"width": 1440, "height": 900}, "timezone_id": "Etc/UTC"} | options
        page = browser.new_context(locale="en-GB", **options).new_page()  # type: ignore[arg-type]
        opened.append(page)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda message: complained(message, forgiven))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        page.on("request", lambda asked: outside(asked.url, address))
        page.goto(address)
        expect(page.locator("#status[data-mood]")).to_be_visible()  # it follows the changes now
        return page

    def complained(message: ConsoleMessage, forgiven: str) -> None:
        if not (forgiven and forgiven in message.text):
            wrong.append(f"{message.type}: {message.text}")

    def outside(url: str, address: str) -> None:
        if not url.startswith((address, "data:")):
            wrong.append(f"asked elsewhere: {url}")

    yield open_one
    for page in opened:
        page.context.close()
    assert wrong == []


@pytest.fixture
def lonely() -> Iterator[str]:
    """The address of a sandbox of its own, to which no bot is connected."""
    with running() as address:
        yield address


@pytest.fixture(scope="module")
def clinic(
    request: pytest.FixtureRequest,
    browser: Browser,  # noqa: ARG001  # it starts only where something can look at it
) -> Iterator[str]:
    """The address of a demo of the module's own, with its POLICY: a sandbox and the bot."""
    with demo_bot(policy=getattr(request.module, "POLICY", None)) as (address, _):
        yield address


@pytest.fixture
def page(open_page: Open) -> Page:
    return open_page()
