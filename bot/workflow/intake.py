"""From a chat message to a draft: its text, its edits, its deletion.

Everything here may arrive twice, late, or in the wrong order; the rows decide.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk, record, tell_author
from bot.domain.audit import BOT, AuditAction
from bot.domain.beside import Beside, beside_of, tidy, with_beside
from bot.domain.content import Content, split_parts, told
from bot.domain.draft import OPEN, DraftAction, DraftState, FileRef, MessageRef, NewDraft
from bot.domain.finding import Finding
from bot.guidelines.judging import Exposure
from bot.revising import (
    Version,
    alt_texts,
    freeze,
    lasting,
    record_version,
    version,
    with_links,
    with_repeats,
    write,
)
from bot.stops import cancel_open, is_out_of_reach
from bot.workflow.discretion import refuse_edit, refuse_message
from bot.workflow.exposing import exposed, exposed_in
from bot.workflow.stopping import ask_to_stop
from storage import contents, drafts, files, marks, recurrences
from storage import findings as stored
from storage.models import Draft

CLOSED = "This draft is finished, so the edit changes nothing. Please write a new message."


def submit(desk: Desk, new: NewDraft) -> int | None:
    """Turn a message into a draft; returns its id.

    None where it is one already, was deleted since, or holds patient data.
    """
    now, private = desk.clock(), exposed_in(desk, new.text, new.beside)
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


def revise(desk: Desk, new: NewDraft) -> None:
    """Take over an edit, unless it changes nothing or comes too late to matter."""
    private = exposed_in(desk, new.text, new.beside)
    with desk.write() as session:
        draft = drafts.by_source(session, new.ref)
        if draft is not None:
            take_edit(desk, session, draft, new, private)
            return
    submit(desk, new)


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


def take_edit(
    desk: Desk, session: Session, draft: Draft, new: NewDraft, private: Sequence[Exposure]
) -> None:
    """Take over what a draft says now, or refuse it, or stop what it can stop no more."""
    if draft.posted and not new.posted:
        return  # the message only shows what its author wrote in a form
    if private:
        if new.edited_ts > draft.edited_ts:
            refuse_edit(desk, session, draft, new, private)
        return
    now, new = desk.clock(), _without_removed(session, draft, new)
    lost = set(new.files) < set(_files(session, draft))
    stale = new.edited_ts <= draft.edited_ts
    edited = _version(desk, session, draft, new)
    if (stale and not lost) or _same(desk, session, draft, new, edited):
        draft.edited_ts = max(draft.edited_ts, new.edited_ts)
        return
    draft.edited_ts = max(draft.edited_ts, new.edited_ts)
    if is_out_of_reach(session, draft):
        actor = desk.policy.actor(new.author, draft.author)
        ask_to_stop(session, draft, actor, now, "its message was edited")
    elif draft.state in OPEN:
        files.put(session, draft, new.files)
        actor = desk.policy.actor(new.author, draft.author)
        write(desk, session, draft, actor, new.author, edited, "the message was changed")
    else:
        tell_author(session, draft, f"closed:{new.edited_ts}", CLOSED, now)


def _create(session: Session, desk: Desk, new: NewDraft, now: datetime) -> Draft:
    account = new.account or desk.policy.default_account.name
    first = _first(desk, session, _content(account, new, Beside()), new)
    draft = Draft(
        account=account,
        author=new.author,
        front=new.ref.front,
        channel=new.ref.channel,
        ts=new.ref.ts,
        edited_ts=new.edited_ts,
        posted=new.posted,
        state=DraftState.DRAFTING,
        created_at=now,
    )
    session.add(draft)
    session.flush()
    files.put(session, draft, new.files)
    said = {"files": len(new.files)} if new.files else {}
    if new.occurrence:
        said["repeats_draft"] = recurrences.became(session, new.occurrence, draft, now)
    first = with_links(desk, session, draft, with_repeats(desk, session, draft, first))
    draft.state = DraftState.IN_REVIEW if first.is_reviewable else DraftState.DRAFTING
    writer = new.wrote or new.author
    freeze(session, draft, writer, first, now)
    actor = BOT if new.occurrence else desk.policy.actor(new.author, new.author)
    record_version(desk, session, draft, actor, AuditAction.DRAFT_SUBMIT, first, **said)
    return draft


def _first(desk: Desk, session: Session, content: Content, new: NewDraft) -> Version:
    """Return what a new draft says: at once with the pictures that another one has already.

    Their alt texts come with them, unless they are patient data beside this text.
    """
    known = files.stored(session, new.ref.front, new.files)
    attached = [(file.part, known.get(file.ref)) for file in new.files]
    owners = dict.fromkeys(row.draft_id for row in known.values())
    alts: dict[str, str] = {}
    for owner in owners:
        alts |= alt_texts(session, drafts.get(session, owner))
    first = version(desk, content, new.findings, attached, alts)
    stated = bool(content.authorization)
    if alts and exposed(desk, told(first.content), authorized=stated):
        return version(desk, content, new.findings, attached, {})
    return first


def _version(desk: Desk, session: Session, draft: Draft, new: NewDraft) -> Version:
    """Return what an edited message amounts to, with the files of it that were seen before."""
    rows = files.stored(session, draft.front, new.files)
    rows |= {row.ref: row for row in files.known(session, draft.id or 0)}
    before = contents.loads(drafts.revision(session, draft.revision_id).content)
    content = _content(draft.account, new, beside_of(before))
    attached = [(file.part, rows.get(file.ref)) for file in new.files]
    return version(desk, content, new.findings, attached, alt_texts(session, draft))


def _content(account: str, new: NewDraft, standing: Beside) -> Content:
    """Return what a message says; what stands beside its text stays where it cannot say that."""
    text = Content(account, split_parts(new.text, {file.part for file in new.files}))
    return with_beside(text, standing if new.beside is None else tidy(new.beside))


def _without_removed(session: Session, draft: Draft, new: NewDraft) -> NewDraft:
    """Leave out what was taken off the message before: a file never comes back to it."""
    rows = files.known(session, draft.id or 0)
    gone = {row.ref for row in rows if row.place is None}
    return replace(new, files=tuple(f for f in new.files if f.ref not in gone))


def _same(desk: Desk, session: Session, draft: Draft, new: NewDraft, edited: Version) -> bool:
    revision = drafts.revision(session, draft.revision_id)
    same_content = revision.content == contents.dumps(edited.content)
    # what other drafts and the network say changes with the days; that is no edit of this one
    known = lasting(desk, stored.of_revision(session, draft.revision_id))
    same_findings = _outline(known) == _outline(edited.findings)
    return same_content and same_findings and _files(session, draft) == new.files


def _outline(findings: tuple[Finding, ...]) -> list[tuple[object, ...]]:
    """Return what was found where, whatever the version of the pack that says so."""
    return [(f.rule, f.severity, f.part, f.start, f.end) for f in findings]


def _files(session: Session, draft: Draft) -> tuple[FileRef, ...]:
    rows = files.current(session, draft.id or 0)
    return tuple(FileRef(row.ref, files.part_of(row)) for row in rows)


def _seen(desk: Desk, session: Session, ref: MessageRef) -> None:
    """Move the reading mark, but never over a gap that is not read yet."""
    if desk.caught_up:
        marks.mark_channel(session, ref)
