"""Recurrences, and the occurrences of which a draft was begun."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from bot.domain.recurrence import Rhythm
from storage.models.columns import Row, checked, partial

_WAITING = "draft_id IS NULL AND skipped_at IS NULL"


class RecurrenceRow(Row, table=True):
    """A draft that is drafted again by a rhythm, for the person who asked for it.

    `done` is the last day that was dealt with. `look_at` says when to look for the next one: never
    while an occurrence still waits for its draft, and never after the end.
    """

    __tablename__ = "recurrence"
    __table_args__ = (
        Index("ix_recurrence_draft_id", "draft_id"),
        partial("uq_recurrence_open", "draft_id", only="ended_at IS NULL", unique=True),
        partial("ix_recurrence_look", "look_at", only="look_at IS NOT NULL"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id")
    person: str
    rhythm: Rhythm = Field(sa_type=checked(Rhythm))
    first: date
    minute: int
    until: date | None = None
    done: date
    look_at: datetime | None = None
    created_at: datetime
    ended_at: datetime | None = None


class OccurrenceRow(Row, table=True):
    """One time of a recurrence: written before its draft is posted, so that there is one draft.

    It waits until it has a draft or is skipped.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        Index("uq_occurrence_day", "recurrence_id", "day", unique=True),
        partial("uq_occurrence_draft", "draft_id", only="draft_id IS NOT NULL", unique=True),
        partial("ix_occurrence_waiting", "id", only=_WAITING),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    recurrence_id: int = Field(foreign_key="recurrence.id")
    day: date
    at: datetime
    moved: bool = False
    draft_id: int | None = Field(default=None, foreign_key="draft.id")
    skipped_at: datetime | None = None
    failures: int = 0
    try_after: datetime | None = None
    created_at: datetime
