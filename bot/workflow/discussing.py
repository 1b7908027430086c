"""Discussion: what people say of a draft in its thread is kept with it, as it stands now.

This is the one place that stores words which nobody wants published; whoever takes their words
back is obeyed: that something was said stays, what it was does not.
"""

from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk, record
from bot.domain.audit import AuditAction
from bot.domain.draft import MessageRef
from storage import drafts, marks, replies
from storage.models import Draft, Reply


def discuss(
    desk: Desk, thread: MessageRef, ref: MessageRef, person: str, text: str, edited_ts: str = ""
) -> None:
    """Keep what somebody says in a thread, or says in other words now; the newest words count."""
    if not text.strip():
        return
    now = desk.clock()
    with desk.write() as session:
        mark, known = marks.source(session, ref), replies.get(session, ref)
        if mark is not None and mark.deleted:
            return
        if known is not None:
            _say_again(desk, session, known, text, edited_ts, now)
        elif draft := replies.draft_of(session, thread):
            replies.add(session, draft, ref, person, text, edited_ts, now)
            _note(desk, session, draft, person, "said", now)


def take_back(desk: Desk, ref: MessageRef) -> None:
    """Forget what a reply said that was deleted, or that is still to come and was."""
    now = desk.clock()
    with desk.write() as session:
        marks.mark_source(session, ref, deleted=True)
        reply = replies.get(session, ref)
        if reply is None or reply.deleted_at is not None:
            return
        reply.text, reply.deleted_at = "", now
        session.add(reply)
        _note(desk, session, drafts.get(session, reply.draft_id), reply.person, "deleted", now)


def _say_again(
    desk: Desk, session: Session, reply: Reply, text: str, edited_ts: str, now: datetime
) -> None:
    if edited_ts <= reply.edited_ts or reply.text == text:
        return
    reply.text, reply.edited_ts = text, edited_ts
    session.add(reply)
    _note(desk, session, drafts.get(session, reply.draft_id), reply.person, "changed", now)


def _note(
    desk: Desk, session: Session, draft: Draft, person: str, what: str, now: datetime
) -> None:
    actor = desk.team(session).actor(person, draft.author)
    drafts.touch(session, draft)
    record(session, now, actor, AuditAction.DRAFT_DISCUSS, draft, what=what)
