"""A publisher at a local X, with waits short enough for tests."""

from collections.abc import Callable

import pytest

from bot.sandbox.world import CLINIC, X_CONSUMER_KEY, X_CONSUMER_SECRET
from bot.x.keys import Keys
from bot.x.publisher import XPublisher
from tests.sandbox.x.conftest import LocalX, local_x

__all__ = ["KEYS", "TEXT", "At", "LocalX", "at", "local_x", "publisher"]

KEYS = Keys(X_CONSUMER_KEY, X_CONSUMER_SECRET, CLINIC.access_token, CLINIC.access_secret)
TEXT = "Flu vaccination on Tuesday, walk in from 9 to 12"

At = Callable[..., XPublisher]


@pytest.fixture
def at() -> At:
    """Makes a publisher at an address, quick to give up; `more` is what XPublisher takes."""

    def make(address: str, **more: float) -> XPublisher:
        waits = {"connect_s": 2.0, "read_s": 0.4, "deadline_s": 5.0} | more
        return XPublisher(KEYS, base_url=address, **waits)  # type: ignore[arg-type]  # floats all

    return make


@pytest.fixture
def publisher(local_x: LocalX, at: At) -> XPublisher:
    """A patient one: what answers at once may take its time on a busy machine."""
    return at(f"{local_x.address}/x", read_s=5.0, deadline_s=20.0)
