"""Selecting for those who audit: drafts, entries, every text and every decision."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, String, func, type_coerce
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col, select

from bot.domain.chain import StoredEntry
from bot.domain.selection import Selection
from storage import audit
from storage.models import AuditEntry, Draft, ReviewRow, Revision

_review, _revision = (SQLModel.metadata.tables[name] for name in ("review", "revision"))
# as it is stored: whoever edits the file by hand may write a decision that there is not
_DECIDED = columns(
    _review.c.draft_id,
    _review.c.reviewer,
    type_coerce(_review.c.decision, String),
    _review.c.acknowledged,
    _review.c.attested,
)
_TEXTS = columns(
    _revision.c.draft_id, _revision.c.number, _revision.c.content, _revision.c.fingerprint
).order_by(_revision.c.id)


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


StoredText = Sequence[Any]
"""Draft, number, content and fingerprint of a revision, as they are stored."""


def every_text(session: Session) -> Iterator[StoredText]:
    """Yield what every revision of every draft says, oldest first; never all at once."""
    yield from session.connection().execute(_TEXTS, execution_options={"yield_per": 1_000})


def count_texts(session: Session) -> int:
    """Return how many revisions there are."""
    return session.exec(select(func.count()).select_from(Revision)).one()


def reviews_of(session: Session, draft_id: int) -> Sequence[ReviewRow]:
    """Return every decision on any revision of a draft, oldest first."""
    query = select(ReviewRow).where(ReviewRow.draft_id == draft_id)
    return session.exec(query.order_by(col(ReviewRow.id))).all()


Decided = tuple[int, str, str, str, str]
"""Draft, reviewer, decision, and the rules that were acknowledged and attested by it."""


def count_reviews(session: Session) -> Counter[Decided]:
    """Return how often who decided what on which draft, answering what."""
    rows = session.connection().execute(_DECIDED, execution_options={"yield_per": audit.PAGE})
    return Counter(
        (draft_id, reviewer, decision, _rules(acknowledged), _rules(attested))
        for draft_id, reviewer, decision, acknowledged, attested in rows
    )


@lru_cache(maxsize=4096)
def _rules(stored: str) -> str:
    """Return stored rules as the record names them."""
    try:
        return " ".join(json.loads(stored))
    except (ValueError, TypeError):
        return stored


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
