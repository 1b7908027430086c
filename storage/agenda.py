"""Which drafts people have to do with: what waits, what is theirs, what comes, what is out."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from bot.domain.draft import OPEN, DraftState
from bot.domain.publication import PublicationState
from storage.models import AuditEntry, Draft, Publication

NEEDS_A_PERSON = (
    PublicationState.HELD,
    PublicationState.MISSED,
    PublicationState.FAILED,
    PublicationState.IN_DOUBT,
)
"""States that a publication may stay in until somebody decides."""

_MARK = select(func.coalesce(func.max(AuditEntry.sequence), 0))


def mark(session: Session) -> int:
    """Return the newest sequence of the record: whatever changed since has a higher one."""
    return session.exec(_MARK).one()


def draft(session: Session, draft_id: int) -> Draft:
    """Return a draft that is known to exist, to look at."""
    return session.get_one(Draft, draft_id)


def in_review(session: Session, most: int) -> Sequence[Draft]:
    """Return the drafts that wait for reviewers, oldest first."""
    query = select(Draft).where(Draft.state == DraftState.IN_REVIEW)
    return session.exec(query.order_by(col(Draft.id)).limit(most)).all()


def of_author(session: Session, author: str, most: int) -> Sequence[int]:
    """Return the open drafts of somebody, newest first."""
    query = select(Draft.id).where(Draft.author == author, col(Draft.state).in_(OPEN))
    found = session.exec(query.order_by(col(Draft.id).desc()).limit(most))
    return [draft_id for draft_id in found if draft_id]


def has_written(session: Session, person: str) -> bool:
    """Whether somebody is the author of any draft."""
    return session.exec(select(Draft.id).where(Draft.author == person).limit(1)).first() is not None


def stuck(session: Session, accounts: Iterable[str], most: int) -> Sequence[int]:
    """Return the drafts whose publication waits for a person, oldest first."""
    return _drafts(session, accounts, NEEDS_A_PERSON, most, newest=False)


def published(session: Session, accounts: Iterable[str], most: int) -> Sequence[int]:
    """Return the drafts that were published last, newest first."""
    return _drafts(session, accounts, (PublicationState.PUBLISHED,), most, newest=True)


def coming(session: Session, accounts: Iterable[str], before: datetime, most: int) -> Sequence[int]:
    """Return the drafts that go out before a moment, in the order of their time."""
    rows: list[tuple[datetime, int]] = []
    for account in accounts:
        query = (
            select(Publication.due_at, Publication.draft_id)
            .where(Publication.account == account, col(Publication.next_at) < before)
            .where(Publication.state == PublicationState.SCHEDULED)
            .order_by(col(Publication.next_at))
            .limit(most)
        )
        rows += session.exec(query)
    return [draft_id for _, draft_id in sorted(rows)[:most]]


def _drafts(
    session: Session,
    accounts: Iterable[str],
    states: Iterable[PublicationState],
    most: int,
    *,
    newest: bool,
) -> list[int]:
    """Return drafts by the state of their publication, from one index search for each state."""
    found: set[tuple[int, int]] = set()
    key = col(Publication.id).desc() if newest else col(Publication.id)
    for account in accounts:
        for state in states:
            query = select(Publication.id, Publication.draft_id).where(
                Publication.account == account, Publication.state == state
            )
            rows = session.exec(query.order_by(key).limit(most))
            found |= {(row_id, draft_id) for row_id, draft_id in rows if row_id}
    ordered = sorted(found, reverse=newest)
    return list(dict.fromkeys(draft_id for _, draft_id in ordered))[:most]
