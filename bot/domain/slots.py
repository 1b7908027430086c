"""Slots: an account's posting calendar, its next free place, and what a time on it offends.

Slots, quiet hours and blackout dates are wall-clock times of the account's zone; what comes out
is aware, UTC. A slot that the clocks skip is not there that day; one that they show twice is
there once, the first time.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.moments import Naming, named


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A recurring place: a weekday (Monday is 0) and a time of day."""

    weekday: int
    at: time


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of every day without tweets; they may reach over midnight."""

    begins: time
    ends: time

    def covers(self, at: time) -> bool:
        """Whether a time of day is quiet; the end is not."""
        if self.begins < self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


@dataclass(frozen=True, slots=True)
class Calendar:
    """When an account speaks: slots, the least time between tweets, quiet hours, dates without."""

    slots: tuple[Slot, ...] = ()
    gap: timedelta = timedelta(0)
    quiet: Quiet | None = None
    blackout: frozenset[date] = frozenset()
    repeat: timedelta = timedelta(days=7)
    """How near in time the same words count as a repetition."""


NO_CALENDAR = Calendar()
"""No slots, and nothing that speaks against a time."""


class Objection(StrEnum):
    """What speaks against a time."""

    QUIET = "quiet"
    BLACKOUT = "blackout"
    GAP = "gap"


def objections(
    calendar: Calendar, zone: ZoneInfo, at: datetime, others: Collection[datetime]
) -> tuple[Objection, ...]:
    """Return what speaks against a time, `others` being when the account's other tweets go out."""
    local = at.astimezone(zone)
    found = (
        (Objection.QUIET, calendar.quiet is not None and calendar.quiet.covers(local.time())),
        (Objection.BLACKOUT, local.date() in calendar.blackout),
        (Objection.GAP, any(abs(other - at) < calendar.gap for other in others)),
    )
    return tuple(objection for objection, holds in found if holds)


def upcoming(
    calendar: Calendar, zone: ZoneInfo, after: datetime, until: datetime
) -> Iterator[datetime]:
    """Yield the moments of the slots after one moment and not after another, earliest first."""
    by_day = [sorted({s.at for s in calendar.slots if s.weekday == day}) for day in range(7)]
    day, last = after.astimezone(zone).date(), until.astimezone(zone).date()
    while day <= last:
        for at in by_day[day.weekday()]:
            found = named(datetime.combine(day, at), zone)
            if found.naming is not Naming.SKIPPED and after < found.moments[0] <= until:
                yield found.moments[0]
        day += timedelta(days=1)


def free(
    calendar: Calendar,
    zone: ZoneInfo,
    after: datetime,
    until: datetime,
    taken: Collection[datetime],
) -> Iterator[datetime]:
    """Yield the slots of a span that nothing speaks against and nobody has, earliest first."""
    for slot in upcoming(calendar, zone, after, until):
        if slot not in taken and not objections(calendar, zone, slot, taken):
            yield slot
