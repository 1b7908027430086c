"""Checkpoints: signed heads of the record, and which of them the chat still owes."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from bot.domain.checkpoint import Checkpoint, Head
from storage.models import CheckpointRow


def add(session: Session, checkpoint: Checkpoint, channel: str | None) -> None:
    """Write a checkpoint down, and where it must be posted (None: nowhere)."""
    head = checkpoint.head
    row = CheckpointRow(
        sequence=head.sequence,
        hash=head.hash,
        at=head.at,
        key=checkpoint.key,
        signature=checkpoint.signature,
        channel=channel,
    )
    session.add(row)
    session.flush()


def every(session: Session) -> Sequence[Checkpoint]:
    """Return all checkpoints, oldest first."""
    rows = session.exec(select(CheckpointRow).order_by(col(CheckpointRow.sequence)))
    return [as_value(row) for row in rows]


def newest(session: Session) -> Checkpoint | None:
    """Return the newest checkpoint."""
    query = select(CheckpointRow).order_by(col(CheckpointRow.sequence).desc()).limit(1)
    row = session.exec(query).first()
    return as_value(row) if row else None


def waiting(session: Session, now: datetime) -> CheckpointRow | None:
    """Return the oldest checkpoint that must still be posted and whose turn has come."""
    query = (
        select(CheckpointRow)
        .where(col(CheckpointRow.channel).is_not(None), col(CheckpointRow.delivered_at).is_(None))
        .where(col(CheckpointRow.try_after).is_(None) | (col(CheckpointRow.try_after) <= now))
        .order_by(col(CheckpointRow.sequence))
        .limit(1)
    )
    return session.exec(query).first()


def as_value(row: CheckpointRow) -> Checkpoint:
    """Return a row as the value that it holds."""
    return Checkpoint(Head(row.sequence, row.hash, row.at), row.key, row.signature)
