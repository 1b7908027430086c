"""The append-only record, its checkpoints, and what was purged."""

from datetime import datetime

from sqlmodel import Field

from bot.domain.audit import AuditAction, Role
from storage.models.columns import Row, checked, partial


class AuditEntry(Row, table=True):
    """One entry of the append-only, hash-chained record."""

    __tablename__ = "audit_entry"

    sequence: int = Field(primary_key=True)
    at: datetime
    actor: str
    role: Role = Field(sa_type=checked(Role))
    action: AuditAction = Field(sa_type=checked(AuditAction))
    draft_id: int | None = Field(default=None, index=True)
    fingerprint: str | None = None
    detail: str
    previous: str
    hash: str


class CheckpointRow(Row, table=True):
    """A signed head of the record; `channel` is where it is owed, None where nowhere."""

    __tablename__ = "checkpoint"
    __table_args__ = (
        partial("ix_checkpoint_waiting", "sequence",
                only="channel IS NOT NULL AND delivered_at IS NULL"),
    )  # fmt: skip

    sequence: int = Field(primary_key=True)
    hash: str
    at: datetime
    key: str
    signature: str
    channel: str | None = None
    delivered_at: datetime | None = None
    failures: int = 0
    try_after: datetime | None = None


class Purge(Row, table=True):
    """That a draft's contents were removed: while the row stands, and only then, they may be."""

    __tablename__ = "purge"

    draft_id: int = Field(foreign_key="draft.id", primary_key=True)
    before: datetime
    at: datetime
    actor: str
