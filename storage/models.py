"""The tables."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, Index, text
from sqlmodel import Field, SQLModel

from bot.domain.audit import AuditAction, Role
from bot.domain.draft import DraftState
from bot.domain.finding import Severity
from bot.domain.publication import AttemptState, PublicationState, Reason
from bot.domain.quorum import Decision

EVERY_ACCOUNT = "*"
"""Key of the pause that stops all accounts."""

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class WishKind(StrEnum):
    """Whether a wish names a time or means as soon as approved."""

    NOW = "now"
    AT = "at"


def _enum(kind: type[StrEnum]) -> Any:
    """Return an enum column as a CHECKed string of the enum's values, on every database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Draft(SQLModel, table=True):
    """A piece of work on its way to being a tweet."""

    __tablename__ = "draft"
    __table_args__ = (
        Index("uq_draft_source", "front", "channel", "ts", unique=True),
        Index("ix_draft_undrawn", "id", sqlite_where=text("version > drawn_version"),
              postgresql_where=text("version > drawn_version")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account: str
    author: str
    front: str
    channel: str
    ts: str
    edited_ts: str = ""
    state: DraftState = Field(sa_type=_enum(DraftState))
    revision_id: int = 0
    fingerprint: str = ""
    wish: WishKind | None = Field(default=None, sa_type=_enum(WishKind))
    wish_at: datetime | None = None
    version: int = 1
    drawn_version: int = 0
    card_channel: str | None = None
    card_ts: str | None = None
    asked_revision: int = 0
    draw_failures: int = 0
    draw_after: datetime | None = None
    created_at: datetime


class Revision(SQLModel, table=True):
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


class FindingRow(SQLModel, table=True):
    """What a check said of a revision."""

    __tablename__ = "finding"

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", index=True)
    rule: str
    severity: Severity = Field(sa_type=_enum(Severity))
    message: str
    part: int | None = None
    start: int | None = None
    end: int | None = None


class ReviewRow(SQLModel, table=True):
    """One person's decision on one revision, immutable; a newer row supersedes an older one."""

    __tablename__ = "review"

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id", index=True)
    revision_id: int = Field(foreign_key="revision.id")
    reviewer: str
    decision: Decision = Field(sa_type=_enum(Decision))
    reason: str = ""
    created_at: datetime


class Publication(SQLModel, table=True):
    """The intent to put a revision on an account at `due_at`.

    `next_at` is set exactly while the loop has something to do for the row (scheduled, in doubt
    and not asking, removing), `lease_until` exactly while it is claimed: both indexes are partial
    on that, in a form that a bound parameter satisfies.
    """

    __tablename__ = "publication"
    __table_args__ = (
        Index("ix_publication_due", "account", "next_at",
              sqlite_where=text("next_at IS NOT NULL"),
              postgresql_where=text("next_at IS NOT NULL")),
        Index("ix_publication_claimed", "account", "lease_until",
              sqlite_where=text("lease_until IS NOT NULL"),
              postgresql_where=text("lease_until IS NOT NULL")),
        Index("uq_publication_open", "draft_id", unique=True,
              sqlite_where=text("state NOT IN ('cancelled', 'removed')"),
              postgresql_where=text("state NOT IN ('cancelled', 'removed')")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id")
    revision_id: int = Field(foreign_key="revision.id")
    account: str
    fingerprint: str
    state: PublicationState = Field(sa_type=_enum(PublicationState))
    reason: Reason | None = Field(default=None, sa_type=_enum(Reason))
    detail: str = ""
    due_at: datetime
    next_at: datetime | None = None
    lease_until: datetime | None = None
    token: int = 0
    stop_asked: bool = False
    refusals: int = 0
    lookups: int = 0
    asks: bool = False
    settle: str | None = None
    settle_by: str | None = None
    created_at: datetime


class PublicationPart(SQLModel, table=True):
    """One tweet of a publication: its id once it is live, and when it was taken down."""

    __tablename__ = "publication_part"

    publication_id: int = Field(foreign_key="publication.id", primary_key=True)
    part: int = Field(primary_key=True)
    tweet_id: str | None = Field(default=None, unique=True)
    returned_text: str | None = None
    live_at: datetime | None = None
    removed_at: datetime | None = None


class Attempt(SQLModel, table=True):
    """One call to X: opened before it, closed by what is known of its result."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("uq_attempt_in_flight", "account", unique=True,
              sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    publication_id: int = Field(foreign_key="publication.id", index=True)
    part: int
    account: str
    token: int
    state: AttemptState = Field(sa_type=_enum(AttemptState))
    started_at: datetime
    deadline: datetime
    since_id: str
    parent_id: str | None = None
    duplicate: bool = False
    tweet_id: str | None = None
    detail: str = ""
    answered_at: datetime | None = None


class AccountRow(SQLModel, table=True):
    """What is known of an X account beside its settings."""

    __tablename__ = "account"

    name: str = Field(primary_key=True)
    newest_id: str = "0"
    clock_ahead_ms: int = 0


class Pause(SQLModel, table=True):
    """A stop for one account, or for all (`*`): while the row stands nothing goes out."""

    __tablename__ = "pause"

    account: str = Field(primary_key=True)
    actor: str
    reason: str
    created_at: datetime


class SourceMark(SQLModel, table=True):
    """An edit or deletion that was seen before its message: the late original cannot undo it."""

    __tablename__ = "source_mark"

    front: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    edited_ts: str = ""
    deleted: bool = False


class ChannelMark(SQLModel, table=True):
    """The newest message seen in a channel: where reading goes on after a gap."""

    __tablename__ = "channel_mark"

    front: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    ts: str


class Notice(SQLModel, table=True):
    """Something that must reach one person; delivered by the card loop."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_waiting", "id",
              sqlite_where=text("delivered_at IS NULL AND given_up_at IS NULL"),
              postgresql_where=text("delivered_at IS NULL AND given_up_at IS NULL")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    person: str
    channel: str
    thread_ts: str | None = None
    text: str
    created_at: datetime
    delivered_at: datetime | None = None
    given_up_at: datetime | None = None
    failures: int = 0
    try_after: datetime | None = None


class AuditEntry(SQLModel, table=True):
    """One entry of the append-only, hash-chained record."""

    __tablename__ = "audit_entry"

    sequence: int = Field(primary_key=True)
    at: datetime
    actor: str
    role: Role = Field(sa_type=_enum(Role))
    action: AuditAction = Field(sa_type=_enum(AuditAction))
    draft_id: int | None = Field(default=None, index=True)
    fingerprint: str | None = None
    detail: str
    previous: str
    hash: str
