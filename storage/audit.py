"""Appending to the record, in the transaction of what it records."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, String, type_coerce
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, desc

from bot.domain.audit import GENESIS, Actor, AuditAction, Entry, Role, chained

_ENTRIES = SQLModel.metadata.tables["audit_entry"]
_LAST = columns(_ENTRIES.c.sequence, _ENTRIES.c.hash).order_by(desc("sequence")).limit(1)
# whoever edits the file by hand may write what neither an enum nor a moment can be read from
_AS_STORED = columns(
    *(
        type_coerce(column, String).label(column.name)
        if column.name in ("at", "role", "action")
        else column
        for column in _ENTRIES.c
    )
).order_by(_ENTRIES.c.sequence)


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
    last = session.connection().execute(_LAST).first()
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
    for row in session.connection().execute(_AS_STORED):
        fits = row.sequence == expected and row.previous == previous
        if not fits or row.hash != _hash_of(previous, row):
            return int(row.sequence)
        previous, expected = row.hash, expected + 1
    return None


def _hash_of(previous: str, row: Row[Any]) -> str | None:
    """Return the hash that a row must have, None where it holds what no entry can hold."""
    try:
        detail = json.loads(row.detail)
        at = datetime.fromisoformat(str(row.at))
        entry = Entry(
            at if at.tzinfo else at.replace(tzinfo=UTC),
            Actor(row.actor, Role(row.role)),
            AuditAction(row.action),
            row.draft_id,
            row.fingerprint,
            detail,
        )
        is_canonical = row.detail == json.dumps(detail, sort_keys=True)
        return chained(previous, row.sequence, entry) if is_canonical else None
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
