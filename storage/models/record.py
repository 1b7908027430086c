"""The append-only record."""

from datetime import datetime

from sqlmodel import Field

from bot.domain.audit import AuditAction, Role
from storage.models.columns import Row, checked


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
