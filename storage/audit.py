"""Appending to the record, in the transaction of what it records, and reading it."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, String, func, type_coerce
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col, desc, select

from bot.domain.audit import GENESIS, Actor, AuditAction, Entry, chained
from bot.domain.chain import StoredEntry
from storage.models import AuditEntry

PAGE = 5_000
"""How many entries are read at once."""

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


def entries(session: Session, *conditions: ColumnElement[bool]) -> Iterator[StoredEntry]:
    """Yield the entries as they are stored, in the order of the numbers; never all at once."""
    query = _AS_STORED.where(*conditions)
    found = session.connection().execute(query, execution_options={"yield_per": PAGE})
    for page in found.partitions():
        yield from page


def count(session: Session) -> int:
    """Return how many entries there are."""
    return session.exec(select(func.count()).select_from(AuditEntry)).one()


def head(session: Session) -> tuple[int, str]:
    """Return number and hash of the newest entry; number 0 where there is none."""
    last = session.connection().execute(_LAST).first()
    return (last[0], last[1]) if last else (0, GENESIS)


def of_draft(session: Session, draft_id: int) -> Sequence[AuditEntry]:
    """Return what the record says of a draft, oldest first."""
    query = select(AuditEntry).where(AuditEntry.draft_id == draft_id)
    return session.exec(query.order_by(col(AuditEntry.sequence))).all()
