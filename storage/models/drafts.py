"""Drafts, their revisions, what was found, and what reviewers said."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from bot.domain.draft import DraftState
from bot.domain.finding import Severity
from bot.domain.quorum import Decision
from storage.models.columns import Row, checked, partial


class WishKind(StrEnum):
    """Whether a wish names a time, a slot still to be chosen, or means as soon as approved."""

    NOW = "now"
    AT = "at"
    SLOT = "slot"


class Draft(Row, table=True):
    """A piece of work on its way to being a tweet."""

    __tablename__ = "draft"
    __table_args__ = (
        Index("uq_draft_source", "front", "channel", "ts", unique=True),
        partial("ix_draft_slot", "account", only="wish = 'slot'"),
        partial("ix_draft_undrawn", "id", only="version > drawn_version"),
        Index("ix_draft_state", "state"),
        Index("ix_draft_author", "author", "state"),
        Index("ix_draft_card", "card_channel", "card_ts"),
        partial("ix_draft_remind", "remind_at", only="remind_at IS NOT NULL"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account: str
    author: str
    front: str
    channel: str
    ts: str
    edited_ts: str = ""
    posted: bool = False
    state: DraftState = Field(sa_type=checked(DraftState))
    revision_id: int = 0
    fingerprint: str = ""
    wish: WishKind | None = Field(default=None, sa_type=checked(WishKind))
    wish_at: datetime | None = None
    version: int = 1
    drawn_version: int = 0
    card_channel: str | None = None
    card_ts: str | None = None
    card_link: str | None = None
    status_ts: str | None = None
    asked_revision: int = 0
    asked_at: datetime | None = None
    remind_at: datetime | None = None
    draw_failures: int = 0
    draw_after: datetime | None = None
    created_at: datetime


class Revision(Row, table=True):
    """An immutable version of a draft's content."""

    __tablename__ = "revision"
    __table_args__ = (Index("uq_revision_number", "draft_id", "number", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id")
    number: int
    author: str
    content: str
    fingerprint: str
    created_at: datetime


class FindingRow(Row, table=True):
    """What a check said of a revision."""

    __tablename__ = "finding"

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", index=True)
    rule: str
    severity: Severity = Field(sa_type=checked(Severity))
    message: str
    part: int | None = None
    start: int | None = None
    end: int | None = None
    title: str = ""
    citation: str = ""
    pack: str = ""
    wants_note: bool = False


class ReviewRow(Row, table=True):
    """One person's decision on one revision, immutable; a newer row supersedes an older one."""

    __tablename__ = "review"

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id", index=True)
    revision_id: int = Field(foreign_key="revision.id")
    reviewer: str
    decision: Decision = Field(sa_type=checked(Decision))
    reason: str = ""
    acknowledged: str = "[]"
    attested: str = "[]"
    created_at: datetime


class Reply(Row, table=True):
    """What somebody said of a draft in its thread, as it stands now."""

    __tablename__ = "reply"
    __table_args__ = (Index("uq_reply_message", "front", "channel", "ts", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id", index=True)
    front: str
    channel: str
    ts: str
    person: str
    text: str
    edited_ts: str = ""
    created_at: datetime
    deleted_at: datetime | None = None
