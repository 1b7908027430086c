"""Recurrences and their occurrences."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, select, update

from bot.domain.draft import OPEN, Wish
from bot.domain.recurrence import Occurrence, Recurrence
from storage import drafts
from storage.models import Draft, OccurrenceRow, RecurrenceRow

_HOUR = 60

# asked for every card: a statement that is built once is also compiled once
_OF_DRAFT = select(RecurrenceRow).where(
    (col(RecurrenceRow.draft_id) == bindparam("draft_id"))
    | col(RecurrenceRow.id).in_(
        select(OccurrenceRow.recurrence_id).where(OccurrenceRow.draft_id == bindparam("draft_id"))
    )
)
_OPEN_OF_DRAFT = _OF_DRAFT.where(col(RecurrenceRow.ended_at).is_(None))
_DUE = (
    select(RecurrenceRow.id)
    .where(col(RecurrenceRow.look_at) <= bindparam("now"))
    .order_by(col(RecurrenceRow.look_at))
    .limit(1)
)
_try_after = col(OccurrenceRow.try_after)
_WAITING = (
    select(OccurrenceRow.id)
    .where(col(OccurrenceRow.draft_id).is_(None), col(OccurrenceRow.skipped_at).is_(None))
    .where(_try_after.is_(None) | (_try_after <= bindparam("now")))
    .order_by(col(OccurrenceRow.id))
    .limit(1)
)


def add(
    session: Session, draft: Draft, person: str, wanted: Recurrence, now: datetime
) -> RecurrenceRow:
    """Write down that a draft recurs; the loop looks at it at once."""
    row = RecurrenceRow(
        draft_id=draft.id or 0,
        person=person,
        rhythm=wanted.rhythm,
        first=wanted.first,
        minute=wanted.at.hour * _HOUR + wanted.at.minute,
        until=wanted.until,
        done=wanted.first - timedelta(days=1),
        look_at=now,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def read(row: RecurrenceRow) -> Recurrence:
    """Return a recurrence as the core knows it."""
    return Recurrence(row.rhythm, row.first, time(*divmod(row.minute, _HOUR)), row.until)


def get(session: Session, recurrence_id: int) -> RecurrenceRow:
    """Return a recurrence that is known to exist, locked for this transaction."""
    return session.get_one(RecurrenceRow, recurrence_id, with_for_update=True)


def open_of(session: Session, draft_id: int) -> RecurrenceRow | None:
    """Return the recurrence that a draft began or is an occurrence of, while it goes on."""
    return session.exec(_OPEN_OF_DRAFT, params={"draft_id": draft_id}).first()


def of_draft(session: Session, draft_id: int) -> frozenset[int]:
    """Return every recurrence that a draft ever began or is an occurrence of."""
    found = session.exec(_OF_DRAFT, params={"draft_id": draft_id})
    return frozenset(row.id or 0 for row in found)


def sources(session: Session, most: int, person: str | None = None) -> Sequence[int]:
    """Return the drafts that recur, of everybody or for one person, those asked for first first."""
    query = select(RecurrenceRow.draft_id).where(col(RecurrenceRow.ended_at).is_(None))
    if person is not None:
        query = query.where(RecurrenceRow.person == person)
    return session.exec(query.order_by(col(RecurrenceRow.id)).limit(most)).all()


def due(session: Session, now: datetime) -> int | None:
    """Return the recurrence that is to be looked at first, None while none is."""
    return session.exec(_DUE, params={"now": now}).first()


def waiting(session: Session, now: datetime) -> int | None:
    """Return an occurrence that waits for its draft, None while none does."""
    return session.exec(_WAITING, params={"now": now}).first()


def begin(session: Session, row: RecurrenceRow, found: Occurrence, now: datetime) -> None:
    """Write down that the draft of an occurrence is to be made: from now on it waits."""
    session.add(
        OccurrenceRow(
            recurrence_id=row.id or 0,
            day=found.day,
            at=found.at,
            moved=found.moved,
            created_at=now,
        )
    )
    row.done, row.look_at = found.day, None
    session.flush()


def occurrence(session: Session, occurrence_id: int) -> OccurrenceRow:
    """Return an occurrence that is known to exist, locked for this transaction."""
    return session.get_one(OccurrenceRow, occurrence_id, with_for_update=True)


def became(session: Session, occurrence_id: int, draft: Draft, now: datetime) -> int:
    """Note which draft was made for an occurrence: it should go out at that time.

    Returns the draft that it repeats.
    """
    row = occurrence(session, occurrence_id)
    row.draft_id = draft.id
    drafts.set_wish(session, draft, Wish(row.at))
    return _look_on(session, row, now).draft_id


def skip(session: Session, row: OccurrenceRow, now: datetime) -> None:
    """Note that an occurrence gets no draft."""
    row.skipped_at = now
    _look_on(session, row, now)


def end(session: Session, row: RecurrenceRow, now: datetime) -> None:
    """Let a recurrence end; the cards of what is still open of it are redrawn."""
    row.ended_at, row.look_at = now, None
    session.flush()
    made = select(OccurrenceRow.draft_id).where(OccurrenceRow.recurrence_id == row.id)
    is_of_it = (col(Draft.id) == row.draft_id) | (
        col(Draft.id).in_(made) & col(Draft.state).in_(OPEN)
    )
    touch = update(Draft).where(is_of_it).values(version=Draft.version + 1)
    session.exec(touch.execution_options(synchronize_session=False))
    session.expire_all()


def _look_on(session: Session, row: OccurrenceRow, now: datetime) -> RecurrenceRow:
    recurrence = get(session, row.recurrence_id)
    if recurrence.ended_at is None:
        recurrence.look_at = now
    session.flush()
    return recurrence
