"""Recurrences: by what rhythm a draft is drafted again, and what is to be done about it now.

Occurrences are wall-clock times of an account's zone. One that the clocks skip moves to the next
minute that they show; one that they show twice is there once, the first time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from bot.domain.days import WEEKDAYS, on_or_before
from bot.domain.days import spelled as spelled_day
from bot.domain.moments import Naming, named


class Rhythm(StrEnum):
    """How often."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


_STEPS = {Rhythm.DAILY: 1, Rhythm.WEEKDAYS: 1, Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}
_SATURDAY = 5
_SURE = 28
"""Every month has as many days."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rhythm, the day that it begins with, and the time of the day."""

    rhythm: Rhythm
    first: date
    at: time
    until: date | None = None
    """The last day, None for ever."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a recurrence; `moved` where the clocks skip the time that was meant."""

    day: date
    at: datetime
    moved: bool = False


@dataclass(frozen=True, slots=True)
class RecurrenceCard:
    """What a draft's card shows of the recurrence that it began or is an occurrence of."""

    draft_id: int
    """The draft that recurs."""
    person: str
    """Who asked for it, and is the author of what is drafted again."""
    words: str
    coming: datetime | None
    """The next time of which there is no draft yet, None where there is none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about a recurrence now, and when to look again."""

    passed: tuple[Occurrence, ...]
    """Nobody drafted them in time: they are left out."""
    ripe: Occurrence | None
    """The next one, where its draft is to be made now."""
    look_at: datetime | None
    """When the next one is ripe, None where one is or nothing comes any more."""

    @property
    def is_over(self) -> bool:
        """Whether nothing comes any more."""
        return self.ripe is None and self.look_at is None


def plan(
    recurrence: Recurrence, zone: ZoneInfo, done: date, now: datetime, lead: timedelta
) -> Plan:
    """Decide what becomes of the occurrences after the last day that was dealt with."""
    passed: list[Occurrence] = []
    for found in occurrences(recurrence, zone, done):
        if found.at <= now:
            passed.append(found)
        elif found.at - lead <= now:
            return Plan(tuple(passed), found, None)
        else:
            return Plan(tuple(passed), None, found.at - lead)
    return Plan(tuple(passed), None, None)


def occurrences(recurrence: Recurrence, zone: ZoneInfo, after: date) -> Iterator[Occurrence]:
    """Yield the occurrences of the days after one, earliest first."""
    for day in _days(recurrence, after):
        found = _on(day, recurrence.at, zone)
        if found is not None:
            yield found


def in_words(recurrence: Recurrence) -> str:
    """Return a rhythm as people say it, such as `every Friday at 08:30`."""
    weekday = WEEKDAYS[recurrence.first.weekday()].title()
    match recurrence.rhythm:
        case Rhythm.DAILY:
            days = "every day"
        case Rhythm.WEEKDAYS:
            days = "Monday to Friday"
        case Rhythm.WEEKLY:
            days = f"every {weekday}"
        case Rhythm.FORTNIGHTLY:
            days = f"every second {weekday}"
        case Rhythm.MONTHLY:
            last = " (or the last day)" if recurrence.first.day > _SURE else ""
            days = f"on day {recurrence.first.day}{last} of every month"
    until = f", until {spelled_day(recurrence.until)}" if recurrence.until else ""
    return f"{days} at {recurrence.at:%H:%M}{until}"


def _days(recurrence: Recurrence, after: date) -> Iterator[date]:
    """Yield the days of a rhythm after one; a month without the day has it on its last."""
    for day in _steps(recurrence, after):
        if recurrence.until is not None and day > recurrence.until:
            return
        is_left_out = recurrence.rhythm is Rhythm.WEEKDAYS and day.weekday() >= _SATURDAY
        if day > after and not is_left_out:
            yield day


def _steps(recurrence: Recurrence, after: date) -> Iterator[date]:
    first = recurrence.first
    if recurrence.rhythm is Rhythm.MONTHLY:
        since = (after.year - first.year) * 12 + after.month - first.month
        for months in count(max(since, 0)):
            years, month = divmod(first.month - 1 + months, 12)
            yield on_or_before(first.year + years, month + 1, first.day)
    else:
        step = _STEPS[recurrence.rhythm]
        since = max((after - first).days // step, 0)
        yield from (first + timedelta(days=step * n) for n in count(since))


def _on(day: date, at: time, zone: ZoneInfo) -> Occurrence | None:
    """Return the occurrence of a day, None where the zone leaves that day out as a whole."""
    local = datetime.combine(day, at)
    found = named(local, zone)
    moved = found.naming is Naming.SKIPPED
    while found.naming is Naming.SKIPPED:
        local += timedelta(minutes=1)
        found = named(local, zone)
    midnight = named(datetime.combine(day, time()), zone)
    if local.date() > day and midnight.naming is Naming.SKIPPED:
        return None
    return Occurrence(day, found.moments[0], moved)
