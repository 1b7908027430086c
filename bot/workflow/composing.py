"""Drafts that are written in a form: judged before anything is kept, and changed there later."""

from collections.abc import Sequence
from dataclasses import replace

from bot.desk import Desk
from bot.domain.beside import Beside, tidy, with_beside
from bot.domain.content import Content, split_parts
from bot.domain.draft import OPEN, FileRef, NewDraft
from bot.domain.finding import Finding
from bot.errors import RefusedError
from bot.guidelines import examine
from bot.guidelines.foreseeing import foreseen
from bot.workflow.discretion import refuse_edit
from bot.workflow.exposing import exposed_in, refuse_form
from bot.workflow.intake import CLOSED, take_edit
from bot.workflow.review import STALE
from bot.workflow.stopping import refuse_out_of_reach
from storage import contents, drafts
from storage.models import Draft

NOT_YOURS = "Only its author can change this text."


def judge_form(
    desk: Desk, account: str, text: str, beside: Beside, attached: Sequence[FileRef] = ()
) -> tuple[Finding, ...]:
    """Return what the checks say of what a form gives, before it is anybody's draft.

    RefusedError where it must not even be kept.
    """
    refuse_form(desk, text, beside)
    pictured = [file.part for file in attached]
    content = with_beside(Content(account, split_parts(text, pictured)), tidy(beside))
    found = examine(content, desk.guidelines, fetching=bool(attached))
    return (*found, *foreseen(content, pictured))


def rewrite(desk: Desk, draft_id: int, revision_id: int, written: NewDraft) -> None:
    """Take over what the author of a posted message wrote in a form."""
    refuse_form(desk, written.text, written.beside or Beside())
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        if written.author != draft.author or not draft.posted:
            raise RefusedError(NOT_YOURS)
        if draft.state not in OPEN:
            raise RefusedError(CLOSED)
        refuse_out_of_reach(session, draft)
        if draft.revision_id != revision_id:
            raise RefusedError(STALE)
        take_edit(desk, session, draft, _given(desk, draft, written), ())


def unstate(desk: Desk, draft_id: int, revision_id: int, written: NewDraft) -> bool:
    """Refuse the edit by which an author takes back an authorization that its text still needs.

    It voids the approval as every refused edit does, and stops what still goes out. False where
    it is no such edit.
    """
    beside = written.beside or Beside()
    private = exposed_in(desk, written.text, beside)
    if not private or tidy(beside).authorization:
        return False
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        before = contents.loads(drafts.revision(session, draft.revision_id).content)
        if not before.authorization:
            return False
        if written.author != draft.author or not draft.posted:
            raise RefusedError(NOT_YOURS)
        if draft.revision_id != revision_id:
            raise RefusedError(STALE)
        refuse_edit(desk, session, draft, _given(desk, draft, written), private)
        return True


def _given(desk: Desk, draft: Draft, written: NewDraft) -> NewDraft:
    """Return what the author of a draft gives by a form now."""
    last = float(draft.edited_ts or 0)  # a clock that was set back must not make an edit too late
    stamp = f"{max(desk.clock().timestamp(), last + 1e-6):.6f}"
    return replace(written, ref=drafts.source(draft), edited_ts=stamp, posted=True)
