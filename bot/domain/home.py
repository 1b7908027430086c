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
class Day:
    """What goes out on one day of the reader, in the order of its time."""

    date: date
    drafts: tuple[DraftCard, ...]


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


def by_day(drafts: Iterable[DraftCard], zone: ZoneInfo) -> tuple[Day, ...]:
    """Arrange drafts, in the order of their time, by the days of a zone."""

    def day(draft: DraftCard) -> date:
        due = draft.publication.due_at if draft.publication else datetime.min.replace(tzinfo=zone)
        return due.astimezone(zone).date()

    return tuple(Day(on, tuple(those)) for on, those in groupby(drafts, day))
