"""What people say of drafts in their threads."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from bot.domain.draft import MessageRef
from storage.models import Draft, Reply

_COUNT = select(func.count(col(Reply.id))).where(
    Reply.draft_id == bindparam("draft_id"), col(Reply.deleted_at).is_(None)
)


def draft_of(session: Session, thread: MessageRef) -> Draft | None:
    """Return the draft that a thread is about: it began with its message or with its card."""
    began = select(Draft).where(
        Draft.front == thread.front, Draft.channel == thread.channel, Draft.ts == thread.ts
    )
    card = select(Draft).where(
        Draft.front == thread.front,
        Draft.card_channel == thread.channel,
        Draft.card_ts == thread.ts,
    )
    return (
        session.exec(began.with_for_update()).first()
        or session.exec(card.with_for_update()).first()
    )


def get(session: Session, ref: MessageRef) -> Reply | None:
    """Return a reply that is kept, by its message."""
    query = select(Reply).where(
        Reply.front == ref.front, Reply.channel == ref.channel, Reply.ts == ref.ts
    )
    return session.exec(query.with_for_update()).first()


def add(
    session: Session,
    draft: Draft,
    ref: MessageRef,
    person: str,
    text: str,
    edited_ts: str,
    now: datetime,
) -> None:
    """Keep what somebody said of a draft."""
    reply = Reply(
        draft_id=draft.id or 0,
        front=ref.front,
        channel=ref.channel,
        ts=ref.ts,
        person=person,
        text=text,
        edited_ts=edited_ts,
        created_at=now,
    )
    session.add(reply)
    session.flush()


def of_draft(session: Session, draft_id: int) -> Sequence[Reply]:
    """Return everything that was said of a draft, oldest first, also what was taken back."""
    query = select(Reply).where(Reply.draft_id == draft_id)
    return session.exec(query.order_by(col(Reply.ts), col(Reply.id))).all()


def count(session: Session, draft_id: int) -> int:
    """Return how many replies to a draft stand."""
    return session.exec(_COUNT, params={"draft_id": draft_id}).one()
