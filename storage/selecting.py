"""Selecting from the record: which drafts and entries somebody asks for."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from bot.domain.chain import StoredEntry
from bot.domain.selection import Selection
from storage import audit
from storage.models import AuditEntry, Draft


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
