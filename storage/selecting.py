"""Selecting for those who audit: drafts, entries, every text and every decision."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from bot.domain.chain import StoredEntry
from bot.domain.selection import Selection
from storage import audit
from storage.models import AuditEntry, Draft, ReviewRow, Revision


def drafts(session: Session, selection: Selection) -> Sequence[int]:
    """Return the drafts of a selection: in a period those of which the record speaks in it."""
    query = select(Draft.id).where(*_of_draft(selection)).order_by(col(Draft.id))
    if selection.since or selection.until:
        spoken_of = select(AuditEntry.draft_id).where(*_in_period(selection))
        query = query.where(col(Draft.id).in_(spoken_of))
    return [draft_id for draft_id in session.exec(query) if draft_id]


def entries(session: Session, selection: Selection) -> Iterator[StoredEntry]:
    """Yield the entries of a selection as they are stored, in order.

    Those of no draft (a pause of publishing) belong to every period, but to no draft or account.
    """
    conditions = list(_in_period(selection))
    if selection.draft_id is not None or selection.account is not None:
        mine = select(Draft.id).where(*_of_draft(selection))
        conditions.append(col(AuditEntry.draft_id).in_(mine))
    return audit.entries(session, *conditions)


def every_revision(session: Session) -> Iterator[Revision]:
    """Yield every revision of every draft, oldest first; never all at once."""
    query = select(Revision).order_by(col(Revision.id))
    yield from session.exec(query, execution_options={"yield_per": 1_000})


def reviews_of(session: Session, draft_id: int) -> Sequence[ReviewRow]:
    """Return every decision on any revision of a draft, oldest first."""
    query = select(ReviewRow).where(ReviewRow.draft_id == draft_id)
    return session.exec(query.order_by(col(ReviewRow.id))).all()


def count_reviews(session: Session) -> dict[tuple[int, str, str], int]:
    """Return how often who decided what on which draft: (draft, reviewer, decision) → times."""
    what = (col(ReviewRow.draft_id), col(ReviewRow.reviewer), col(ReviewRow.decision))
    found = session.exec(select(*what, func.count()).group_by(*what))
    return {(draft_id, who, decision.value): times for draft_id, who, decision, times in found}


def _of_draft(selection: Selection) -> Iterator[ColumnElement[bool]]:
    if selection.draft_id is not None:
        yield col(Draft.id) == selection.draft_id
    if selection.account is not None:
        yield col(Draft.account) == selection.account


def _in_period(selection: Selection) -> Iterator[ColumnElement[bool]]:
    if selection.since is not None:
        yield col(AuditEntry.at) >= selection.since
    if selection.until is not None:
        yield col(AuditEntry.at) < selection.until
