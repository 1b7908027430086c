"""The bytes of pictures, stored once under their hash (ADR 12)."""

import hashlib

from sqlmodel import Session, select

from storage.models import Blob


def put(session: Session, sha256: str, content: bytes) -> None:
    """Store bytes under their hash; the same ones a second time change nothing."""
    if session.exec(select(Blob.sha256).where(Blob.sha256 == sha256)).first() is None:
        session.add(Blob(sha256=sha256, content=content))
        session.flush()


def read(session: Session, sha256: str) -> bytes | None:
    """Return the bytes with this hash, None where they are gone or not what was stored."""
    row = session.get(Blob, sha256)
    if row is None or hashlib.sha256(row.content).hexdigest() != sha256:
        return None
    return row.content
