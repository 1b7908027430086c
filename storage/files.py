"""The files of messages: which a draft has now, which wait to be fetched, what became of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, or_, select

from bot.domain.draft import OPEN
from bot.domain.media import Media
from storage.models import Draft, SourceFile

_KNOWN = (
    select(SourceFile)
    .where(SourceFile.draft_id == bindparam("draft_id"))
    .order_by(col(SourceFile.id))
)
_NEXT = (
    select(SourceFile)
    .join(Draft, col(Draft.id) == col(SourceFile.draft_id))
    .where(col(SourceFile.sha256).is_(None), col(SourceFile.refusal).is_(None))
    .where(col(SourceFile.place).is_not(None), col(Draft.state).in_(OPEN))
    .where(or_(col(SourceFile.try_after).is_(None), col(SourceFile.try_after) <= bindparam("now")))
    .order_by(col(SourceFile.id))
    .limit(1)
)


def current(session: Session, draft_id: int) -> Sequence[SourceFile]:
    """Return the files that are with a draft's message, in their order."""
    return sorted(
        (row for row in known(session, draft_id) if row.place is not None),
        key=lambda row: row.place or 0,
    )


def put(session: Session, draft_id: int, refs: Sequence[str]) -> Sequence[SourceFile]:
    """Write down which files are with a draft's message now; new ones wait to be fetched."""
    rows = {row.ref: row for row in known(session, draft_id)}
    for row in rows.values():
        row.place = refs.index(row.ref) if row.ref in refs else None
    fresh = (ref for ref in refs if ref not in rows)
    session.add_all(SourceFile(draft_id=draft_id, ref=r, place=refs.index(r)) for r in fresh)
    session.flush()
    return current(session, draft_id)


def waiting(session: Session, now: datetime) -> SourceFile | None:
    """Return a file that should be fetched now, of a draft that may still change."""
    return session.exec(_NEXT, params={"now": now}).first()


def is_waiting(row: SourceFile) -> bool:
    """Whether a file is neither stored nor refused yet."""
    return row.sha256 is None and row.refusal is None


def as_media(row: SourceFile) -> Media | None:
    """Return the picture in a file without its alt text, None where none is stored."""
    if row.sha256 is None or row.kind is None or row.format is None:
        return None
    return Media(row.sha256, row.kind, row.format)


def known(session: Session, draft_id: int) -> Sequence[SourceFile]:
    """Return every file that ever was with a draft's message."""
    return session.exec(_KNOWN, params={"draft_id": draft_id}).all()
