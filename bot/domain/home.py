"""What one person finds at a glance: what waits, what is theirs, what comes, what is out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.domain.card import DraftCard


@dataclass(frozen=True, slots=True)
class PauseCard:
    """A stop for one account, or (`account` is None) for all."""

    account: str | None
    person: str
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A slot to come that nobody has yet, and whose it is."""

    handle: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """What goes out on one day of the reader, in the order of its time, and what still may."""

    date: date
    drafts: tuple[DraftCard, ...]
    free: tuple[FreeSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """Drafts that are shown, and how many more there are (at least)."""

    drafts: tuple[DraftCard, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Home:
    """A person's Home tab; times are meant in `zone`."""

    person: str
    zone: ZoneInfo
    concerned: bool
    """Whether they write or decide here; others are shown only what is public."""
    pauses: tuple[PauseCard, ...]
    waiting: Listed
    mine: Listed
    days: tuple[Day, ...]
    published: tuple[DraftCard, ...]
    recurring: tuple[DraftCard, ...] = ()
    """The drafts that repeat for this person."""
    more_recurring: bool = False


def by_day(
    drafts: Iterable[DraftCard], free: Iterable[FreeSlot], zone: ZoneInfo
) -> tuple[Day, ...]:
    """Arrange drafts and slots, each in the order of their time, by the days of a zone."""

    def due_on(draft: DraftCard) -> date:
        due = draft.publication.due_at if draft.publication else datetime.min.replace(tzinfo=zone)
        return due.astimezone(zone).date()

    def free_on(slot: FreeSlot) -> date:
        return slot.at.astimezone(zone).date()

    taken = {day: tuple(those) for day, those in groupby(drafts, due_on)}
    left = {day: tuple(those) for day, those in groupby(free, free_on)}
    days = sorted(taken.keys() | left.keys())
    return tuple(Day(day, taken.get(day, ()), left.get(day, ())) for day in days)
