"""Patient data is refused: not stored, not repeated, and its author is told where it stands."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk, record
from bot.domain.audit import Actor, AuditAction
from bot.domain.draft import OPEN, DraftAction, MessageRef, NewDraft
from bot.guidelines.judging import Exposure
from bot.guidelines.telling import is_unsearched, places
from bot.revising import REFUSED, UNSEARCHED, is_void
from bot.stops import cancel_open, is_out_of_reach
from bot.workflow.exposing import way_out
from bot.workflow.stopping import ask_to_stop
from storage import audit, contents, drafts, marks, notices, refusals, replies
from storage.models import Draft

NOT_TAKEN = (
    "I did not take your message: it seems to hold patient data.\n{places}\n"
    "I kept nothing of it. Please delete the message now, and write it again without that."
)
EDIT_NOT_TAKEN = (
    "I did not take your edit of draft {draft}: it seems to hold patient data.\n{places}\n"
    "I kept nothing of it, and nothing of this draft goes out any more. Please take it out of the "
    "message now, or delete the message; whatever is approved after that is approved anew."
)
UNSTATED = (
    "You took back the authorization that draft {draft} needs, so I did not take your edit: it "
    "seems to hold patient data.\n{places}\n"
    "Nothing of this draft goes out any more. Please take that out with *Edit* on its card, or "
    "withdraw the draft; whatever is approved after that is approved anew."
)
REPLY_NOT_TAKEN = (
    "I did not keep your reply: it seems to hold patient data.\n{places}\n"
    "Please delete it now, and say it again without that."
)
UNSEARCHED_WORDS = (
    "I could not look for names in {what}, so I kept nothing of it.{more} Please write it again "
    "in a minute; if that does not help, an operator can ask `countersign doctor` why."
)
NOTHING_GOES = " Nothing of this draft goes out any more."


def refuse_message(desk: Desk, session: Session, new: NewDraft, found: Sequence[Exposure]) -> None:
    """Refuse a message that is no draft; a later edit without patient data may become one."""
    now = desk.clock()
    marks.mark_source(session, new.ref, edited_ts=new.edited_ts)
    if refusals.is_newest(session, new):
        return
    refusals.add(session, new, _offsets(found), now)
    actor = desk.policy.actor(new.author, new.author)
    audit.append(session, now, actor, AuditAction.DRAFT_REFUSE, rules=_rules(found))
    words = f"{NOT_TAKEN.format(places=places(new.words, found))} {way_out(found)}".strip()
    if is_unsearched(found):
        words = UNSEARCHED_WORDS.format(what="your message", more="")
    _tell(session, new, words, now)


def refuse_edit(
    desk: Desk, session: Session, draft: Draft, new: NewDraft, found: Sequence[Exposure]
) -> None:
    """Refuse an edit of a draft: its approval is void, and nothing more of it goes out."""
    now, actor = desk.clock(), desk.policy.actor(new.author, draft.author)
    draft.edited_ts = new.edited_ts
    can_change = draft.state in OPEN and not is_out_of_reach(session, draft)
    if refusals.is_newest(session, new) and (is_void(session, draft) or not can_change):
        return  # after a gap the same edit is read again, with a rounder time
    refusals.add(session, new, _offsets(found), now, draft.id)
    record(session, now, actor, AuditAction.DRAFT_REFUSE, draft, rules=_rules(found))
    if can_change:
        _void(session, draft, actor, found, now)
    elif is_out_of_reach(session, draft):
        ask_to_stop(session, draft, actor, now, "its message was edited")
    words = UNSTATED if new.posted else f"{EDIT_NOT_TAKEN} {way_out(found)}".strip()
    words = words.format(draft=draft.id, places=places(new.words, found))
    if is_unsearched(found):
        what = f"your edit of draft {draft.id}"
        words = UNSEARCHED_WORDS.format(what=what, more=NOTHING_GOES)
    _tell(session, new, words, now)


def refuse_reply(
    desk: Desk,
    session: Session,
    draft: Draft,
    thread: MessageRef,
    said: NewDraft,
    found: Sequence[Exposure],
) -> None:
    """Refuse what somebody says of a draft; what they said before in its place goes as well."""
    now, actor = desk.clock(), desk.team(session).actor(said.author, draft.author)
    marks.mark_source(session, said.ref, edited_ts=said.edited_ts)
    refusals.add(session, said, _offsets(found), now, draft.id)
    if known := replies.get(session, said.ref):
        known.text, known.deleted_at = "", now
        session.add(known)
        drafts.touch(session, draft)
    record(session, now, actor, AuditAction.DRAFT_REFUSE, draft, rules=_rules(found), of="a reply")
    words = REPLY_NOT_TAKEN.format(places=places(said.words, found))
    if is_unsearched(found):
        words = UNSEARCHED_WORDS.format(what="your reply", more="")
    _tell(session, said, words, now, thread.ts)


def _void(
    session: Session, draft: Draft, actor: Actor, found: Sequence[Exposure], now: datetime
) -> None:
    """Let no review count any more: reviews are of a revision, so there is a new one.

    Its content is the last one that was taken over. An edit that takes the patient data out again
    is a new revision too, even where it brings that very text back: the finding is gone.
    """
    unsearched = is_unsearched(found)
    why = "could not be looked through for names" if unsearched else "holds patient data"
    cancel_open(session, draft, actor, now, f"its message {why}")
    if not is_void(session, draft):
        content = contents.loads(drafts.revision(session, draft.revision_id).content)
        said = UNSEARCHED if unsearched else REFUSED
        drafts.add_revision(session, draft, actor.id, content, (said,), now)
        drafts.move(session, draft, DraftAction.BLOCK)


def _tell(
    session: Session, new: NewDraft, words: str, now: datetime, thread_ts: str | None = None
) -> None:
    key = f"refused:{new.ref.channel}:{new.ref.ts}:{new.edited_ts}"
    notices.add(session, key, new.author, new.ref.channel, thread_ts or new.ref.ts, words, now)


def _offsets(found: Sequence[Exposure]) -> list[tuple[str, int, int]]:
    return [(one.rule, one.start, one.end) for one in found]


def _rules(found: Sequence[Exposure]) -> str:
    return " ".join(sorted({one.rule for one in found}))
