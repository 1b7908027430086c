"""Attempts: calls to X, and what is known of their results."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from bot.domain.publication import AttemptState
from storage.models import Attempt


def of_part(session: Session, publication_id: int, part: int) -> Sequence[Attempt]:
    """Return the attempts of one part, oldest first."""
    query = select(Attempt).where(Attempt.publication_id == publication_id, Attempt.part == part)
    return session.exec(query.order_by(col(Attempt.id))).all()


def open_of(session: Session, publication_id: int) -> Attempt | None:
    """Return the attempt of a publication that is in flight."""
    query = select(Attempt).where(
        Attempt.publication_id == publication_id, Attempt.state == AttemptState.OPEN
    )
    return session.exec(query).first()


def account_in_flight(session: Session, account: str) -> bool:
    """Whether a call on the account may be under way."""
    query = select(Attempt.id).where(Attempt.account == account, Attempt.state == AttemptState.OPEN)
    return session.exec(query).first() is not None
