"""The bytes of pictures and videos, stored once under their hash, in numbered pieces (ADR 12, 18).

A video is half a gigabyte at most: each piece is written and read by itself, so that nobody waits
for a transaction and no more than one piece is in memory.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from storage.database import Database
from storage.models import Blob, BlobPiece

PIECE = 2_000_000
"""Bytes of a piece; also what X is given at a time."""


@dataclass(frozen=True, slots=True)
class Verified:
    """Bytes that were read from the first to the last and have the hash that they should have.

    Each piece has a hash of its own since then: what is read again must be what was verified.
    """

    sha256: str
    size: int
    pieces: tuple[bytes, ...]


class ChangedError(Exception):
    """Stored bytes are gone, or not those that were verified."""


def store(
    database: Database,
    sha256: str,
    size: int,
    pieces: Iterable[bytes],
    seconds: float | None = None,
) -> None:
    """Store bytes under their hash; the same ones a second time change nothing.

    Each piece in a transaction of its own. What a process left half-done is completed, and nobody
    knows of it before a file names it.
    """
    with database.write() as session:
        if is_whole(session, sha256):
            return
        length = None if seconds is None else round(seconds * 1000)
        session.merge(Blob(sha256=sha256, size=size, length_ms=length))
    number = -1
    for number, piece in enumerate(pieces):
        with database.write() as session:
            session.merge(BlobPiece(sha256=sha256, number=number, content=piece))
    with database.write() as session:
        others = col(BlobPiece.sha256) == sha256, col(BlobPiece.number) > number
        session.exec(delete(BlobPiece).where(*others))


def is_whole(session: Session, sha256: str) -> bool:
    """Whether every byte is there; whether they are the right ones is for `verify` to say."""
    row = session.get(Blob, sha256)
    there = select(func.sum(func.length(BlobPiece.content))).where(BlobPiece.sha256 == sha256)
    return row is not None and session.exec(there).one() == row.size


def verify(session: Session, sha256: str) -> Verified | None:
    """Read bytes through; None where they are gone or not what was stored."""
    row = session.get(Blob, sha256)
    whole, hashes, size = hashlib.sha256(), [], 0
    for piece in read(session, sha256):
        whole.update(piece)
        hashes.append(hashlib.sha256(piece).digest())
        size += len(piece)
    if row is None or not hashes or whole.hexdigest() != sha256:
        return None
    return Verified(sha256, size, tuple(hashes))


def read(session: Session, sha256: str) -> Iterator[bytes]:
    """Yield stored bytes piece by piece, as they are now."""
    numbers = (
        select(BlobPiece.number).where(BlobPiece.sha256 == sha256).order_by(col(BlobPiece.number))
    )
    for number in session.exec(numbers).all():
        query = select(BlobPiece.content).where(
            BlobPiece.sha256 == sha256, BlobPiece.number == number
        )
        yield session.exec(query).one()


def again(database: Database, verified: Verified) -> Iterator[bytes]:
    """Yield verified bytes piece by piece, with no transaction open meanwhile; ChangedError."""
    for number, expected in enumerate(verified.pieces):
        with database.read() as session:
            found = session.get(BlobPiece, (verified.sha256, number))
            piece = b"" if found is None else found.content
        if hashlib.sha256(piece).digest() != expected:
            raise ChangedError
        yield piece


def about(session: Session, hashes: Sequence[str]) -> dict[str, Blob]:
    """Return what is known of stored bytes, by their hashes."""
    if not hashes:
        return {}
    found = session.exec(select(Blob).where(col(Blob.sha256).in_(hashes)))
    return {row.sha256: row for row in found}
