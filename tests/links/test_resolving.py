"""The system's resolver: within a time, and never with more questions than it is given."""

import socket
import threading
from collections.abc import Iterator

import pytest

from bot.links import resolving
from bot.links.resolving import MOST, NoSuchNameError, resolve


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A resolver that answers nobody before it is told to."""
    ended = threading.Event()

    def ask(*_: object, **__: object) -> list[object]:
        ended.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    yield ended
    ended.set()
    for thread in threading.enumerate():
        if thread.name == "resolver":
            thread.join(30)


def answer_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def ask(*_: object, **__: object) -> list[object]:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", ask)


def test_a_name_has_each_address_once() -> None:
    assert resolve("localhost", 80, 10) in (("127.0.0.1",), ("::1", "127.0.0.1"), ("::1",))


def test_a_name_that_does_not_exist_is_told_from_a_resolver_that_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer_with(monkeypatch, socket.gaierror(socket.EAI_NONAME, "no such name"))
    with pytest.raises(NoSuchNameError):
        resolve("gone.example", 80, 10)
    answer_with(monkeypatch, socket.gaierror(socket.EAI_AGAIN, "try again"))
    with pytest.raises(OSError, match="try again"):
        resolve("gone.example", 80, 10)


def test_nobody_waits_longer_than_the_time_or_for_more_than_a_few_questions(
    silence: threading.Event,
) -> None:
    for _ in range(MOST):
        with pytest.raises(TimeoutError):
            resolve("slow.example", 80, 0.01)
    with pytest.raises(TimeoutError):
        resolve("slow.example", 80, 30)  # no room: at once
    silence.set()
    for thread in threading.enumerate():
        if thread.name == "resolver":
            thread.join(30)
    assert resolving._asking.acquire(blocking=False)
    resolving._asking.release()
