"""From a chat message to a draft: its text, its edits, its deletion.

Everything here may arrive twice, late, or in the wrong order; the rows decide.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk, record, tell_author
from bot.domain.audit import Actor, AuditAction
from bot.domain.content import Content, split_parts
from bot.domain.draft import OPEN, DraftAction, DraftState, MessageRef, NewDraft
from bot.domain.finding import Finding, Severity, blocks
from bot.errors import RefusedError
from bot.guidelines import examine
from bot.guidelines.judging import Exposure
from bot.stops import cancel_open, is_out_of_reach
from bot.workflow.discretion import exposed, refuse_edit, refuse_message, refuse_words
from bot.workflow.repeating import RULE as REPEAT
from bot.workflow.repeating import repeats
from bot.workflow.review import STALE
from bot.workflow.stopping import ask_to_stop, refuse_out_of_reach
from storage import drafts, marks
from storage import findings as stored
from storage.models import Draft

NOT_YOURS = "Only its author can change this text."
CLOSED = "This draft is finished, so the edit changes nothing. Please write a new message."


def submit(desk: Desk, new: NewDraft) -> int | None:
    """Turn a message into a draft; returns its id.

    None where it is one already, was deleted since, or holds patient data.
    """
    now, private = desk.clock(), exposed(desk, new.text)
    with desk.write() as session:
        _seen(desk, session, new.ref)
        mark = marks.source(session, new.ref)
        stale = mark is not None and (mark.deleted or new.edited_ts <= mark.edited_ts)
        if stale or drafts.by_source(session, new.ref):
            return None
        if private:
            refuse_message(desk, session, new, private)
            return None
        return _create(session, desk, new, now).id


def stops(desk: Desk, account: str, text: str) -> tuple[Finding, ...]:
    """Return the findings that would block a text, before it is anybody's draft.

    RefusedError where it must not even be kept.
    """
    refuse_words(desk, text)
    content = Content(account, split_parts(text))
    found = examine(content, desk.guidelines)
    return tuple(finding for finding in found if finding.severity is Severity.BLOCK)


def revise(desk: Desk, new: NewDraft) -> None:
    """Take over an edit, unless it changes nothing or comes too late to matter."""
    private = exposed(desk, new.text)
    with desk.write() as session:
        draft = drafts.by_source(session, new.ref)
        if draft is not None:
            _revise(desk, session, draft, new, private)
            return
    submit(desk, new)


def rewrite(desk: Desk, draft_id: int, revision_id: int, person: str, text: str) -> None:
    """Take over the text that the author of a posted message wrote in a form."""
    now = desk.clock()
    refuse_words(desk, text)
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        if person != draft.author or not draft.posted:
            raise RefusedError(NOT_YOURS)
        if draft.state not in OPEN:
            raise RefusedError(CLOSED)
        refuse_out_of_reach(session, draft)
        if draft.revision_id != revision_id:
            raise RefusedError(STALE)
        stamp = f"{now.timestamp():.6f}"
        new = NewDraft(drafts.source(draft), person, text, (), stamp, posted=True)
        _revise(desk, session, draft, new, ())


def is_source(desk: Desk, ref: MessageRef) -> bool:
    """Whether a message has become a draft."""
    with desk.database.read() as session:
        return drafts.by_source(session, ref) is not None


def remove_source(desk: Desk, ref: MessageRef) -> None:
    """Take over the deletion of a message: withdraw its draft, or stop what still goes out."""
    now = desk.clock()
    with desk.write() as session:
        marks.mark_source(session, ref, deleted=True)
        draft = drafts.by_source(session, ref)
        if draft is not None:
            withdraw_source(desk, session, draft, now, "its message was deleted")


def become_chat(desk: Desk, ref: MessageRef, edited_ts: str) -> None:
    """Take over an edit that says the message is no tweet (`//` before it)."""
    now = desk.clock()
    with desk.write() as session:
        marks.mark_source(session, ref, edited_ts=edited_ts)
        draft = drafts.by_source(session, ref)
        if draft is not None and not draft.posted and edited_ts > draft.edited_ts:
            draft.edited_ts = edited_ts
            withdraw_source(desk, session, draft, now, "its message was turned into chat")


def withdraw_source(desk: Desk, session: Session, draft: Draft, now: datetime, why: str) -> None:
    """Withdraw a draft whose message is gone, or stop its parts that are not out yet."""
    actor = desk.policy.actor(draft.author, draft.author)
    if is_out_of_reach(session, draft):
        ask_to_stop(session, draft, actor, now, why)
    elif draft.state in OPEN:
        cancel_open(session, draft, actor, now, why)
        drafts.move(session, draft, DraftAction.WITHDRAW)
        record(session, now, actor, AuditAction.DRAFT_WITHDRAW, draft, why=why)


def _revise(
    desk: Desk, session: Session, draft: Draft, new: NewDraft, private: Sequence[Exposure]
) -> None:
    if draft.posted and not new.posted:
        return  # the message only shows what its author wrote in a form
    now = desk.clock()
    if private:
        if new.edited_ts > draft.edited_ts:
            refuse_edit(desk, session, draft, new, private)
        return
    content = Content(draft.account, split_parts(new.text))
    findings = _examine(desk, content, new)
    if new.edited_ts <= draft.edited_ts or _same(session, draft, content, findings):
        draft.edited_ts = max(draft.edited_ts, new.edited_ts)
        return
    draft.edited_ts = new.edited_ts
    if is_out_of_reach(session, draft):
        actor = desk.policy.actor(new.author, draft.author)
        ask_to_stop(session, draft, actor, now, "its message was edited")
    elif draft.state in OPEN:
        _write_revision(desk, session, draft, new.author, content, findings)
    else:
        tell_author(session, draft, f"closed:{new.edited_ts}", CLOSED, now)


def _write_revision(
    desk: Desk,
    session: Session,
    draft: Draft,
    author: str,
    content: Content,
    findings: tuple[Finding, ...],
) -> None:
    now, actor = desk.clock(), desk.policy.actor(author, draft.author)
    cancel_open(session, draft, actor, now, "the text was changed")
    findings = (*findings, *repeats(desk, session, draft, content, now))
    drafts.add_revision(session, draft, author, content, findings, now)
    step = DraftAction.BLOCK if blocks(findings) else DraftAction.REVISE
    drafts.move(session, draft, step)
    _record(desk, session, draft, actor, AuditAction.DRAFT_REVISE, findings)


def _create(session: Session, desk: Desk, new: NewDraft, now: datetime) -> Draft:
    account = new.account or desk.policy.default_account.name
    content = Content(account, split_parts(new.text))
    findings = _examine(desk, content, new)
    draft = Draft(
        account=account,
        author=new.author,
        front=new.ref.front,
        channel=new.ref.channel,
        ts=new.ref.ts,
        edited_ts=new.edited_ts,
        posted=new.posted,
        state=DraftState.DRAFTING if blocks(findings) else DraftState.IN_REVIEW,
        created_at=now,
    )
    session.add(draft)
    session.flush()
    findings = (*findings, *repeats(desk, session, draft, content, now))
    drafts.add_revision(session, draft, new.author, content, findings, now)
    actor = desk.policy.actor(new.author, new.author)
    _record(desk, session, draft, actor, AuditAction.DRAFT_SUBMIT, findings)
    return draft


def _examine(desk: Desk, content: Content, new: NewDraft) -> tuple[Finding, ...]:
    return (*new.findings, *examine(content, desk.guidelines))


def _record(
    desk: Desk,
    session: Session,
    draft: Draft,
    actor: Actor,
    action: AuditAction,
    findings: tuple[Finding, ...],
) -> None:
    """Record a new revision, and what judged it."""
    judged = desk.guidelines.version
    record(session, desk.clock(), actor, action, draft, findings=len(findings), judged_by=judged)


def _same(session: Session, draft: Draft, content: Content, findings: tuple[Finding, ...]) -> bool:
    revision = drafts.revision(session, draft.revision_id)
    same_text = revision.content == drafts.dumps(content)
    # what other drafts say changes with the days; that is no edit of this one
    known = tuple(f for f in stored.of_revision(session, draft.revision_id) if f.rule != REPEAT)
    return same_text and _outline(known) == _outline(findings)


def _outline(findings: tuple[Finding, ...]) -> list[tuple[object, ...]]:
    """Return what was found where, whatever the version of the pack that says so."""
    return [(f.rule, f.severity, f.part, f.start, f.end) for f in findings]


def _seen(desk: Desk, session: Session, ref: MessageRef) -> None:
    """Move the reading mark, but never over a gap that is not read yet."""
    if desk.caught_up:
        marks.mark_channel(session, ref)
