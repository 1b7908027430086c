"""Marks: what was seen of messages that are not drafts, and how far a channel was read."""

from sqlmodel import Session, SQLModel, select

from bot.domain.draft import MessageRef
from storage.models import ChannelMark, SourceMark

_channel = SQLModel.metadata.tables["channel_mark"]


def source(session: Session, ref: MessageRef) -> SourceMark | None:
    """Return what is known of a message that is no draft."""
    return session.get(SourceMark, (ref.front, ref.channel, ref.ts))


def mark_source(
    session: Session, ref: MessageRef, *, edited_ts: str = "", deleted: bool = False
) -> None:
    """Remember an edit or a deletion that the late original must not undo."""
    mark = source(session, ref) or SourceMark(front=ref.front, channel=ref.channel, ts=ref.ts)
    mark.edited_ts = max(mark.edited_ts, edited_ts)
    mark.deleted = mark.deleted or deleted
    session.add(mark)
    session.flush()


def channel(session: Session, front: str, channel_id: str) -> str | None:
    """Return the newest message seen in a channel, None where it was never read."""
    query = select(ChannelMark.ts).where(
        ChannelMark.front == front, ChannelMark.channel == channel_id
    )
    return session.exec(query).first()


def mark_channel(session: Session, ref: MessageRef) -> None:
    """Remember that a channel was seen up to a message."""
    known = channel(session, ref.front, ref.channel)
    if known is None:
        session.add(ChannelMark(front=ref.front, channel=ref.channel, ts=ref.ts))
        session.flush()
    elif float(ref.ts) > float(known):
        where = (_channel.c.front == ref.front, _channel.c.channel == ref.channel)
        session.connection().execute(_channel.update().where(*where).values(ts=ref.ts))
