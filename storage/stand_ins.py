"""Who decides in whose place."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, SQLModel, col, select

from bot.domain.quorum import StandIn
from storage.models import StandInRow

_row = SQLModel.metadata.tables["stand_in"]


def standing(session: Session, now: datetime) -> tuple[StandIn, ...]:
    """Return those who stand in for somebody at this moment, longest first."""
    query = _row.select().where(_row.c.ended_at.is_(None), _row.c.until > now)
    rows = session.connection().execute(query.order_by(_row.c.id))
    return tuple(StandIn(row.reviewer, row.person, row.until) for row in rows)


def of_reviewer(session: Session, reviewer: str) -> StandInRow | None:
    """Return the stand-in whom a reviewer named and whose time was not ended."""
    query = select(StandInRow).where(
        StandInRow.reviewer == reviewer, col(StandInRow.ended_at).is_(None)
    )
    return session.exec(query.with_for_update()).first()


def over(session: Session, now: datetime) -> Sequence[str]:
    """Return the reviewers whose absence is past but was not ended yet."""
    query = select(StandInRow.reviewer).where(
        col(StandInRow.ended_at).is_(None), StandInRow.until <= now
    )
    return session.exec(query).all()


def add(session: Session, stand_in: StandIn, now: datetime) -> None:
    """Write down who decides in whose place from now on."""
    session.add(
        StandInRow(
            reviewer=stand_in.reviewer, person=stand_in.person, since=now, until=stand_in.until
        )
    )
    session.flush()


def end(session: Session, row: StandInRow, now: datetime) -> None:
    """Write down that a reviewer decides alone again."""
    row.ended_at = now
    session.add(row)
    session.flush()
