"""What follows from a verdict: the draft moves, and its author hears of it."""

from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk, record, tell_author
from bot.domain.audit import Actor, AuditAction
from bot.domain.draft import DraftAction, DraftState
from bot.domain.publication import PublicationState
from bot.domain.quorum import Decision, Verdict, VerdictKind
from bot.stops import cancel_open
from bot.workflow.scheduling import schedule_approved
from storage import asking, drafts
from storage.models import Draft


def judge(
    desk: Desk,
    session: Session,
    draft: Draft,
    actor: Actor,
    verdict: Verdict,
    new: Decision | None,
    now: datetime,
) -> None:
    """Act on the verdict; `new` is what was just decided.

    None after a second click: the quorum may have changed since the first.
    """
    before = draft.state
    _apply(desk, session, draft, verdict.kind, actor, now)
    moved = draft.state is not before
    if moved and new is None:
        record(session, now, actor, AuditAction.DRAFT_JUDGE, draft)
    if new and not moved:
        _tell_decision(session, draft, actor, new, verdict, now)


def _apply(
    desk: Desk, session: Session, draft: Draft, verdict: VerdictKind, actor: Actor, now: datetime
) -> None:
    """Move the draft to where the verdict puts it; in flight, the gate sees the verdict itself."""
    match verdict:
        case VerdictKind.COMPLETE:
            if draft.state is not DraftState.APPROVED:
                _approve(desk, session, draft, actor, now)
        case VerdictKind.REJECTED:
            _send_back(session, draft, DraftAction.REJECT, actor, now)
        case VerdictKind.CHANGES:
            if draft.state is not DraftState.CHANGES_REQUESTED:
                _send_back(session, draft, DraftAction.REQUEST_CHANGES, actor, now)
        case VerdictKind.WAITING:
            if draft.state is not DraftState.IN_REVIEW:
                _send_back(session, draft, DraftAction.REOPEN, actor, now)


def _approve(desk: Desk, session: Session, draft: Draft, actor: Actor, now: datetime) -> None:
    drafts.move(session, draft, DraftAction.APPROVE)
    wish = drafts.wish(draft)
    state = schedule_approved(desk, session, draft, actor, wish, now) if wish else None
    key = f"approved:{draft.revision_id}:{draft.version}"
    tell_author(session, draft, key, _APPROVED[state], now)


def _send_back(
    session: Session, draft: Draft, action: DraftAction, actor: Actor, now: datetime
) -> None:
    cancel_open(session, draft, actor, now, "the approval does not hold any more")
    drafts.move(session, draft, action)
    if action is DraftAction.REOPEN:
        asking.begin(draft, now)
    words = _WORDS[action].format(person=f"<@{actor.id}>")
    tell_author(session, draft, f"{action}:{draft.revision_id}:{draft.version}", words, now)


def _tell_decision(
    session: Session,
    draft: Draft,
    actor: Actor,
    decision: Decision,
    verdict: Verdict,
    now: datetime,
) -> None:
    """Let the author hear of a decision that leaves the draft where it is."""
    words = f"{_UNMOVED[decision].format(person=f'<@{actor.id}>')} {_stand(verdict)}"
    key = f"{decision}:{draft.revision_id}:{draft.version}"
    tell_author(session, draft, key, words, now)


def _stand(verdict: Verdict) -> str:
    """Return what the author's draft waits for."""
    waiting = (stage.stage for stage in verdict.stages if not stage.complete)
    return _STANDS.get(verdict.kind) or f"It waits for {' and '.join(waiting)}."


_UNMOVED = {
    Decision.APPROVE: "{person} approved your draft.",
    Decision.REQUEST_CHANGES: "{person} asks for changes to your draft.",
    Decision.REVOKE: "{person} took back a decision on your draft.",
}
_STANDS = {
    VerdictKind.CHANGES: "Changes are asked for: the card says which. Change the text to answer.",
    VerdictKind.COMPLETE: "It is approved.",
}
_APPROVED = {
    None: "Your draft is approved. Use *When* on its card to say when it should go out.",
    PublicationState.SCHEDULED: "Your draft is approved and on its way; its card says when.",
    PublicationState.MISSED: (
        "Your draft is approved, but the time that was wished for it has passed. "
        "Please choose a new one on its card."
    ),
}
_WORDS = {
    DraftAction.REJECT: "{person} rejected your draft; the reason is on its card.",
    DraftAction.REQUEST_CHANGES: (
        "{person} asks for changes; the reason is on the card. Change the text to answer."
    ),
    DraftAction.REOPEN: "{person} took a decision back: your draft is in review again.",
}
