"""Slack's ids and timestamps, in the forms that Slack gives them."""

import itertools
import secrets
import string
import uuid

from bot.sandbox.clock import Clock

_LETTERS = string.ascii_uppercase + string.digits
_FIRST = 1_000_000


class Stamps:
    """Message timestamps: unix seconds with microseconds; each is used once and they only rise."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> str:
        """Answer the timestamp of something that happens now."""
        self._last = max(int(self._clock.now_s() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06}"


class Ids:
    """Ids that count up, so that a log of them reads in order."""

    def __init__(self) -> None:
        self._count = itertools.count(_FIRST)

    def make(self, prefix: str) -> str:
        """Answer the next id with this prefix: `V0…` a view, `Ev0…` an event."""
        number, letters = next(self._count), ""
        while number:
            number, rest = divmod(number, len(_LETTERS))
            letters = _LETTERS[rest] + letters
        return f"{prefix}0{letters:0>8}"

    def trigger(self) -> str:
        """Answer a trigger_id: two numbers and a random part."""
        return f"{next(self._count)}.{_FIRST}.{secrets.token_hex(16)}"


def block_id() -> str:
    """Answer the id that Slack gives a block without one."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(5))


def unique() -> str:
    """Answer a UUID: an envelope, a client message id."""
    return str(uuid.uuid4())


def fingerprint(*parts: object) -> str:
    """Answer the `hash` of a view at one of its versions."""
    return f"{parts[0]}.{secrets.token_hex(4)}"
