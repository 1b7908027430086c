"""When to try again, as a pure decision."""

from collections.abc import Sequence
from datetime import datetime, timedelta

BACKOFF = (5.0, 15.0, 30.0, 60.0)
"""Seconds between tries after X surely refused for now; the last one repeats."""


def next_try(refusals: int, now: datetime, not_before: datetime | None) -> datetime:
    """Return when to try again after so many refusals in a row (at least 1)."""
    wait = timedelta(seconds=BACKOFF[min(refusals, len(BACKOFF)) - 1])
    return max(now + wait, not_before or now)


def next_lookup(lookups: int, now: datetime, waits: Sequence[float]) -> datetime | None:
    """Return when to look again after so many empty lookups, None after the last: ask a person."""
    if lookups >= len(waits):
        return None
    return now + timedelta(seconds=waits[lookups])
