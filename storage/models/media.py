"""Pictures and videos: the files that came with messages and forms, and the bytes that go out."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from bot.domain.media import MediaFormat, MediaKind
from storage.models.columns import Row, checked, partial


class SourceFile(Row, table=True):
    """A file of a draft's message: it waits to be fetched, is stored (`sha256`), or is refused.

    `place` says of which part it is and where in it (see `storage.files`), and is None once the
    file is no longer with the draft.
    """

    __tablename__ = "source_file"
    __table_args__ = (
        Index("uq_source_file", "draft_id", "ref", unique=True),
        partial("ix_source_file_waiting", "id", only="sha256 IS NULL AND refusal IS NULL"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id")
    ref: str
    place: int | None = None
    sha256: str | None = Field(default=None, foreign_key="blob.sha256")
    kind: MediaKind | None = Field(default=None, sa_type=checked(MediaKind))
    format: MediaFormat | None = Field(default=None, sa_type=checked(MediaFormat))
    refusal: str | None = None
    failures: int = 0
    try_after: datetime | None = None


class Blob(Row, table=True):
    """The bytes of a picture or a video, under their own hash: reading them verifies them."""

    __tablename__ = "blob"

    sha256: str = Field(primary_key=True)
    size: int
    length_ms: int | None = None
    """How long a video is, in milliseconds."""


class BlobPiece(Row, table=True):
    """A piece of them, counted from 0: half a gigabyte is never in one row, nor in memory."""

    __tablename__ = "blob_piece"

    sha256: str = Field(primary_key=True, foreign_key="blob.sha256")
    number: int = Field(primary_key=True)
    content: bytes
