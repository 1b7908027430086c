"""What was refused for holding patient data: never the text."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.models.columns import Row


class Refusal(Row, table=True):
    """A message that was not taken in: which rules, at which offsets, and a keyed hash of it."""

    __tablename__ = "refusal"
    __table_args__ = (
        Index("uq_refusal_source", "front", "channel", "ts", "edited_ts", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int | None = Field(default=None, foreign_key="draft.id", index=True)
    author: str
    front: str
    channel: str
    ts: str
    edited_ts: str
    rules: str
    places: str
    seal: str
    created_at: datetime


class RefusalKey(Row, table=True):
    """The key of the hashes, made at the first refusal; there is one row."""

    __tablename__ = "refusal_key"

    id: int = Field(default=1, primary_key=True)
    key: str
