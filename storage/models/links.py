"""Where the links of drafts lead."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from bot.domain.destination import Condition, Trust
from storage.models.columns import Row, checked, partial


class LinkRow(Row, table=True):
    """A link of a draft's current content and where it led; `condition` is None before a look.

    `breaks` names the rules that its destination breaks, in one line. `accepted` says that people
    answer for a link which is known to be dead, `answered` (host and rules) for where one leads.
    `looks` counts since its draft was last written.
    """

    __tablename__ = "link"
    __table_args__ = (
        Index("uq_link", "draft_id", "url", unique=True),
        partial("ix_link_waiting", "id", only="condition IS NULL"),
        partial("ix_link_dead", "looked_at", only="condition = 'dead'"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id")
    place: int
    url: str
    condition: Condition | None = Field(default=None, sa_type=checked(Condition))
    host: str = ""
    title: str = ""
    why: str = ""
    trust: Trust = Field(default=Trust.UNKNOWN, sa_type=checked(Trust))
    breaks: str = ""
    accepted: bool = False
    answered: str = ""
    looks: int = 0
    looked_at: datetime | None = None


class LookRow(Row, table=True):
    """Where a link of a revision led at some moment: before people decided, or before it went out.

    Never changed; removed with the contents of its draft.
    """

    __tablename__ = "look"
    __table_args__ = (Index("ix_look_revision_id", "revision_id"),)

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id")
    place: int
    url: str
    condition: Condition = Field(sa_type=checked(Condition))
    host: str
    title: str
    why: str
    trust: Trust = Field(sa_type=checked(Trust))
    breaks: str
    looked_at: datetime
