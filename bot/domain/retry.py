"""When to try again, as a pure decision."""

from collections.abc import Sequence
from datetime import datetime, timedelta

BACKOFF = (5.0, 15.0, 30.0, 60.0)
"""Seconds between tries after X surely refused for now; the last one repeats."""

LONGEST_WAIT_S = 300.0
"""Between two calls to a chat that refuses, however often it did."""


def next_call(failures: int, now: datetime, retry_after: float) -> datetime:
    """Return when to call a chat again after so many failures (at least 1).

    `retry_after` are the seconds that the chat itself asks to wait for, 0 where it does not say.
    """
    wait = min(2.0 ** min(failures, 10), LONGEST_WAIT_S)
    return now + timedelta(seconds=max(retry_after, wait))


def next_try(refusals: int, now: datetime, not_before: datetime | None) -> datetime:
    """Return when to try again after so many refusals in a row (at least 1)."""
    wait = timedelta(seconds=BACKOFF[min(refusals, len(BACKOFF)) - 1])
    return max(now + wait, not_before or now)


def next_lookup(lookups: int, now: datetime, waits: Sequence[float]) -> datetime | None:
    """Return when to look again after so many empty lookups, None after the last: ask a person."""
    if lookups >= len(waits):
        return None
    return now + timedelta(seconds=waits[lookups])
