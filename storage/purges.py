"""Purges: drafts that ended long ago, and the emptying of their contents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, delete, select, update

from bot.domain.draft import OPEN
from bot.domain.publication import ENDED
from storage.database import Database
from storage.models import (
    Attempt,
    AuditEntry,
    Blob,
    BlobPiece,
    Draft,
    FindingRow,
    LinkRow,
    LookRow,
    Notice,
    Publication,
    PublicationPart,
    Purge,
    RecurrenceRow,
    Reply,
    ReviewRow,
    Revision,
    SourceFile,
)

AT_ONCE = 8
"""Pieces that are removed in one transaction: overwriting them takes time, and others wait."""


def ended(session: Session, before: datetime) -> Sequence[int]:
    """Return the drafts of which the record says nothing since, and that have their contents."""
    since = (
        select(AuditEntry.draft_id)
        .group_by(col(AuditEntry.draft_id))
        .having(func.max(AuditEntry.at) < before)
    )
    recurring = select(RecurrenceRow.draft_id).where(col(RecurrenceRow.ended_at).is_(None))
    open_still = select(Publication.draft_id).where(col(Publication.state).not_in(ENDED))
    query = (
        select(Draft.id)
        .where(col(Draft.id).in_(since), col(Draft.state).not_in(OPEN))
        .where(col(Draft.id).not_in(open_still), col(Draft.id).not_in(recurring))
        .where(col(Draft.id).not_in(select(Purge.draft_id)))
        .order_by(col(Draft.id))
    )
    return [draft_id for draft_id in session.exec(query) if draft_id]


def purged(session: Session, draft_id: int) -> Purge | None:
    """Return by whom and when a draft's contents were removed, None where they were not."""
    return session.get(Purge, draft_id)


def empty(session: Session, draft_id: int, before: datetime, actor: str, now: datetime) -> None:
    """Remove everything that people and X said in and of a draft; who did what when stays."""
    session.add(Purge(draft_id=draft_id, before=before, at=now, actor=actor))
    session.flush()
    revisions = select(Revision.id).where(Revision.draft_id == draft_id)
    owned = select(Publication.id).where(Publication.draft_id == draft_id)
    for statement in (
        update(FindingRow).where(col(FindingRow.revision_id).in_(revisions)).values(message=""),
        update(Revision).where(col(Revision.draft_id) == draft_id).values(content=""),
        update(ReviewRow).where(col(ReviewRow.draft_id) == draft_id).values(reason=""),
        update(Reply).where(col(Reply.draft_id) == draft_id).values(text=""),
        update(Publication).where(col(Publication.draft_id) == draft_id).values(detail=""),
        update(PublicationPart)
        .where(col(PublicationPart.publication_id).in_(owned))
        .values(returned_text=None),
        update(Attempt).where(col(Attempt.publication_id).in_(owned)).values(detail=""),
        delete(LinkRow).where(col(LinkRow.draft_id) == draft_id),
        delete(LookRow).where(col(LookRow.revision_id).in_(revisions)),
        update(Notice).where(col(Notice.key).startswith(f"{draft_id}:")).values(text=""),
    ):
        session.exec(statement.execution_options(synchronize_session=False))
    mine = delete(SourceFile).where(col(SourceFile.draft_id) == draft_id)
    session.exec(mine.execution_options(synchronize_session=False))


def remove_unneeded(database: Database) -> None:
    """Remove the bytes that no file has any more, a few pieces in each transaction."""
    needed = select(SourceFile.sha256).where(col(SourceFile.sha256).is_not(None))
    unneeded = select(Blob.sha256).where(col(Blob.sha256).not_in(needed))
    left = True
    while left:
        with database.write() as session:
            overwrite_removed(session)
            left = _remove_pieces(session, unneeded)
            if not left:
                session.exec(delete(Blob).where(col(Blob.sha256).in_(unneeded)))


def _remove_pieces(session: Session, of: Any) -> bool:
    """Remove some pieces; False where there were none."""
    some = select(BlobPiece.sha256, BlobPiece.number).where(col(BlobPiece.sha256).in_(of))
    found = session.exec(some.limit(AT_ONCE)).all()
    for sha256, number in found:
        which = col(BlobPiece.sha256) == sha256, col(BlobPiece.number) == number
        session.exec(delete(BlobPiece).where(*which))
    return bool(found)


def overwrite_removed(session: Session) -> None:
    """Let SQLite overwrite what this connection removes, instead of only letting go of it."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete=ON")
