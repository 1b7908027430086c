"""The files of drafts: which one has now, which wait to be fetched, what became of them.

The place of a file is a hundred times its part, and where it stands in it: those of a message, of
which there are at most ten, all belong to the first part.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam
from sqlmodel import Session, col, or_, select

from bot.domain.draft import OPEN, FileRef
from bot.domain.media import Media
from storage.models import Draft, SourceFile

_PLACES = 100
"""So many places has each part."""

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
    .where(col(SourceFile.id) % bindparam("shards", type_=Integer) == bindparam("shard"))
    .order_by(col(SourceFile.id))
    .limit(1)
)


_STORED = (
    select(SourceFile)
    .join(Draft, col(Draft.id) == col(SourceFile.draft_id))
    .where(col(SourceFile.ref).in_(bindparam("refs", expanding=True)))
    .where(col(SourceFile.sha256).is_not(None), col(Draft.front) == bindparam("front"))
    .order_by(col(SourceFile.id))
)


def current(session: Session, draft_id: int) -> Sequence[SourceFile]:
    """Return the files that are with a draft, in their order."""
    return sorted(
        (row for row in known(session, draft_id) if row.place is not None),
        key=lambda row: row.place or 0,
    )


def put(session: Session, draft: Draft, files: Sequence[FileRef]) -> None:
    """Write down which files are with a draft now.

    What another draft has of the same file is stored already; the others wait to be fetched.
    """
    rows = {row.ref: row for row in known(session, draft.id or 0)}
    elsewhere = stored(session, draft.front, files)
    for row in rows.values():
        row.place = None
    for number, file in enumerate(files):
        row = rows.get(file.ref) or _fresh(draft, file.ref, elsewhere.get(file.ref))
        row.place = file.part * _PLACES + number
        session.add(row)
    session.flush()


def stored(session: Session, front: str, files: Sequence[FileRef]) -> dict[str, SourceFile]:
    """Return those of some files that any draft has the picture of, by the chat's id."""
    named = {"front": front, "refs": [file.ref for file in files]}
    return {row.ref: row for row in session.exec(_STORED, params=named)} if files else {}


def part_of(row: SourceFile) -> int:
    """Return the part that a file of a draft belongs to, counted from 0."""
    return (row.place or 0) // _PLACES


def _fresh(draft: Draft, ref: str, twin: SourceFile | None) -> SourceFile:
    row = SourceFile(draft_id=draft.id or 0, ref=ref)
    if twin is not None:
        row.sha256, row.kind, row.format = twin.sha256, twin.kind, twin.format
    return row


def waiting(session: Session, now: datetime, shard: int = 0, shards: int = 1) -> SourceFile | None:
    """Return a file that should be fetched now, of a draft that may still change.

    `shard` says which of so many shares it belongs to.
    """
    named = {"now": now, "shard": shard, "shards": shards}
    return session.exec(_NEXT, params=named).first()


def is_waiting(row: SourceFile) -> bool:
    """Whether a file is neither stored nor refused yet."""
    return row.sha256 is None and row.refusal is None


def as_media(row: SourceFile) -> Media | None:
    """Return the picture in a file without its alt text, None where none is stored."""
    if row.sha256 is None or row.kind is None or row.format is None:
        return None
    return Media(row.sha256, row.kind, row.format)


def known(session: Session, draft_id: int) -> Sequence[SourceFile]:
    """Return every file that ever was with a draft."""
    return session.exec(_KNOWN, params={"draft_id": draft_id}).all()
