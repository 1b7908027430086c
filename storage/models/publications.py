"""Publications, their parts, and every call to X."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from bot.domain.publication import AttemptState, PublicationState, Reason
from storage.models.columns import Row, checked, partial


class Publication(Row, table=True):
    """The intent to put a revision on an account at `due_at`.

    `next_at` is set exactly while the loop has something to do for the row (scheduled, in doubt
    and not asking, removing), `lease_until` exactly while it is claimed: both indexes are partial
    on that, in a form that a bound parameter satisfies.
    """

    __tablename__ = "publication"
    __table_args__ = (
        Index("ix_publication_state", "account", "state"),
        Index("ix_publication_calendar", "account", "due_at"),
        partial("ix_publication_due", "account", "next_at", only="next_at IS NOT NULL"),
        partial("ix_publication_claimed", "account", "lease_until", only="lease_until IS NOT NULL"),
        partial("uq_publication_open", "draft_id", unique=True,
                only="state NOT IN ('cancelled', 'removed')"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id", index=True)
    revision_id: int = Field(foreign_key="revision.id")
    account: str
    fingerprint: str
    state: PublicationState = Field(sa_type=checked(PublicationState))
    reason: Reason | None = Field(default=None, sa_type=checked(Reason))
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


class PublicationPart(Row, table=True):
    """One tweet of a publication: its id once it is live, and when it was taken down."""

    __tablename__ = "publication_part"

    publication_id: int = Field(foreign_key="publication.id", primary_key=True)
    part: int = Field(primary_key=True)
    tweet_id: str | None = Field(default=None, unique=True)
    returned_text: str | None = None
    live_at: datetime | None = None
    removed_at: datetime | None = None


class Attempt(Row, table=True):
    """One call to X: opened before it, closed by what is known of its result."""

    __tablename__ = "attempt"
    __table_args__ = (
        partial("uq_attempt_in_flight", "account", only="state = 'open'", unique=True),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    publication_id: int = Field(foreign_key="publication.id", index=True)
    part: int
    account: str
    token: int
    state: AttemptState = Field(sa_type=checked(AttemptState))
    started_at: datetime
    deadline: datetime
    since_id: str
    parent_id: str | None = None
    duplicate: bool = False
    tweet_id: str | None = None
    detail: str = ""
    answered_at: datetime | None = None
