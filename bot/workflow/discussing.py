"""Discussion: what people say of a draft in its thread is kept with it, as it stands now.

This is the one place that stores words which nobody wants published; whoever takes their words
back is obeyed: that something was said stays, what it was does not. Patient data is not kept here
either.
"""

from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk, record
from bot.domain.audit import AuditAction
from bot.domain.draft import MessageRef, NewDraft
from bot.workflow.discretion import refuse_reply
from bot.workflow.exposing import exposed
from storage import drafts, marks, replies
from storage.models import Draft, Reply


def discuss(
    desk: Desk, thread: MessageRef, ref: MessageRef, person: str, text: str, edited_ts: str = ""
) -> None:
    """Keep what somebody says in a thread, or says in other words now; the newest words count."""
    if not text.strip():
        return
    said, private = NewDraft(ref, person, text, edited_ts=edited_ts), exposed(desk, text)
    with desk.write() as session:
        known = replies.get(session, ref)
        draft = drafts.get(session, known.draft_id) if known else replies.draft_of(session, thread)
        if draft is None or _is_late(session, known, said):
            return
        if private:
            refuse_reply(desk, session, draft, thread, said, private)
        elif known is None:
            now = desk.clock()
            replies.add(session, draft, ref, person, text, edited_ts, now)
            _note(desk, session, draft, person, "said", now)
        elif known.text != text:
            _say_again(desk, session, draft, known, said)


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


def _is_late(session: Session, known: Reply | None, said: NewDraft) -> bool:
    """Whether newer words were seen already, kept or refused, or the message was deleted."""
    mark = marks.source(session, said.ref)
    if mark is not None and (mark.deleted or said.edited_ts <= mark.edited_ts):
        return True
    return known is not None and said.edited_ts <= known.edited_ts


def _say_again(desk: Desk, session: Session, draft: Draft, reply: Reply, said: NewDraft) -> None:
    reply.text, reply.edited_ts, reply.deleted_at = said.text, said.edited_ts, None
    session.add(reply)
    _note(desk, session, draft, reply.person, "changed", desk.clock())


def _note(
    desk: Desk, session: Session, draft: Draft, person: str, what: str, now: datetime
) -> None:
    actor = desk.team(session).actor(person, draft.author)
    drafts.touch(session, draft)
    record(session, now, actor, AuditAction.DRAFT_DISCUSS, draft, what=what)
