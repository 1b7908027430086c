"""Notices: what must reach one person."""

from datetime import datetime

from sqlalchemy import bindparam, exists, literal
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col, select

from storage.models import Notice

_notice = SQLModel.metadata.tables["notice"]
_ADD = _notice.insert().from_select(
    ["key", "person", "channel", "thread_ts", "text", "created_at", "failures"],
    columns(
        bindparam("key"),
        bindparam("person"),
        bindparam("channel"),
        bindparam("thread_ts"),
        bindparam("text"),
        bindparam("now", type_=_notice.c.created_at.type),
        literal(0),
    ).where(~exists().where(_notice.c.key == bindparam("key"))),
)
_WAITING = (
    select(Notice)
    .where(col(Notice.delivered_at).is_(None), col(Notice.given_up_at).is_(None))
    .where(col(Notice.id) % bindparam("shards") == bindparam("shard"))
    .where((col(Notice.try_after).is_(None)) | (col(Notice.try_after) <= bindparam("now")))
    .order_by(col(Notice.id))
    .limit(1)
)


def add(
    session: Session,
    key: str,
    person: str,
    channel: str,
    thread_ts: str | None,
    text: str,
    now: datetime,
) -> bool:
    """Leave word for a person; the same key is said once. Returns whether it is new."""
    row = {
        "key": key,
        "person": person,
        "channel": channel,
        "thread_ts": thread_ts,
        "text": text,
        "now": now,
    }
    return session.connection().execute(_ADD, row).rowcount == 1


def waiting(session: Session, now: datetime, shard: int, shards: int) -> Notice | None:
    """Return the oldest undelivered notice whose turn has come, of one share of all."""
    whose = {"now": now, "shard": shard, "shards": shards}
    return session.exec(_WAITING, params=whose).first()
