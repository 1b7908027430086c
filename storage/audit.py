"""Appending to the record, in the transaction of what it records."""

import json
from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, SQLModel, col, desc, select

from bot.domain.audit import GENESIS, Actor, AuditAction, Entry, chained
from storage.models import AuditEntry

_ENTRIES = SQLModel.metadata.tables["audit_entry"]
_LAST = select(AuditEntry.sequence, AuditEntry.hash).order_by(desc("sequence")).limit(1)


def append(
    session: Session,
    at: datetime,
    actor: Actor,
    action: AuditAction,
    /,
    *,
    draft_id: int | None = None,
    fingerprint: str | None = None,
    **detail: str | int,
) -> None:
    """Write one entry behind the newest; `detail` holds ids and words of ours, never draft text."""
    last = session.exec(_LAST).first()
    previous, sequence = (last[1], last[0] + 1) if last else (GENESIS, 1)
    entry = Entry(at, actor, action, draft_id, fingerprint, detail)
    session.connection().execute(
        _ENTRIES.insert(),
        {
            "sequence": sequence,
            "at": at,
            "actor": actor.id,
            "role": actor.role,
            "action": action,
            "draft_id": draft_id,
            "fingerprint": fingerprint,
            "detail": json.dumps(detail, sort_keys=True),
            "previous": previous,
            "hash": chained(previous, sequence, entry),
        },
    )


def first_broken(session: Session) -> int | None:
    """Walk the chain; return the sequence of the first entry that does not fit, None if whole."""
    previous, expected = GENESIS, 1
    for row in _in_order(session):
        entry = Entry(
            row.at,
            Actor(row.actor, row.role),
            row.action,
            row.draft_id,
            row.fingerprint,
            json.loads(row.detail),
        )
        fits = row.sequence == expected and row.previous == previous
        if not fits or row.hash != chained(previous, row.sequence, entry):
            return row.sequence
        previous, expected = row.hash, expected + 1
    return None


def _in_order(session: Session) -> Iterator[AuditEntry]:
    yield from session.exec(select(AuditEntry).order_by(col(AuditEntry.sequence)))
