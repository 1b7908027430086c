"""The sandbox for these tests: one in a thread for real clients, put back after each test."""

from collections.abc import Iterator

import pytest

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import running

PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:  # slack_sdk reads them, and NO_PROXY does not stop it
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture
def people(address: str) -> Iterator[SandboxClient]:
    with SandboxClient(address) as client:
        client.reset()
        yield client
        client.reset()
