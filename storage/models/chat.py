"""What was seen of the chat, and what must reach somebody there."""

from datetime import datetime

from sqlmodel import Field

from storage.models.columns import Row, partial


class SourceMark(Row, table=True):
    """An edit or deletion that was seen before its message: the late original cannot undo it."""

    __tablename__ = "source_mark"

    front: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    edited_ts: str = ""
    deleted: bool = False


class ChannelMark(Row, table=True):
    """The newest message seen in a channel: where reading goes on after a gap."""

    __tablename__ = "channel_mark"

    front: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    ts: str


class Notice(Row, table=True):
    """Something that must reach one person; delivered by the card loop."""

    __tablename__ = "notice"
    __table_args__ = (
        partial("ix_notice_waiting", "id", only="delivered_at IS NULL AND given_up_at IS NULL"),
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
