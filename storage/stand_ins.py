"""Who decides in whose place."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col, select

from bot.domain.quorum import StandIn
from storage.models import StandInRow

_row = SQLModel.metadata.tables["stand_in"]
_STANDING = (
    columns(_row.c.reviewer, _row.c.person, _row.c.until)
    .where(_row.c.ended_at.is_(None), _row.c.until > bindparam("now"))
    .order_by(_row.c.id)
)


def standing(session: Session, now: datetime) -> tuple[StandIn, ...]:
    """Return those who stand in for somebody at this moment, longest first."""
    return tuple(StandIn(*row) for row in session.connection().execute(_STANDING, {"now": now}))


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
