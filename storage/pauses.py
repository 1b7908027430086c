"""Pauses: while one stands, nothing goes out."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from bot.domain.policy import EVERY_ACCOUNT
from storage.models import Pause


def standing(session: Session, account: str) -> Pause | None:
    """Return the pause that stops an account, its own or the one for all."""
    query = select(Pause).where(col(Pause.account).in_((EVERY_ACCOUNT, account)))
    return session.exec(query).first()


def every(session: Session) -> Sequence[Pause]:
    """Return all pauses."""
    return session.exec(select(Pause)).all()


def put(session: Session, account: str, actor: str, reason: str, now: datetime) -> None:
    """Stop an account, or all; a newer word replaces an older one."""
    session.merge(Pause(account=account, actor=actor, reason=reason, created_at=now))
    session.flush()


def lift(session: Session, account: str) -> bool:
    """Let an account go on, or all; False where nothing was paused."""
    pause = session.get(Pause, account)
    if pause is None:
        return False
    session.delete(pause)
    session.flush()
    return True
