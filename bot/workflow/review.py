"""Deciding: approve, request changes, reject, revoke."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk, record, tell_author
from bot.domain.audit import Actor, AuditAction
from bot.domain.draft import OPEN, DraftAction, DraftState
from bot.domain.duty import Answer
from bot.domain.finding import Finding, Severity
from bot.domain.publication import PublicationState
from bot.domain.quorum import Decision, Review, Reviewing, VerdictKind, decide, standing
from bot.errors import RefusedError
from bot.stops import Reach, cancel_open, reach
from bot.workflow.discretion import refuse_words
from bot.workflow.scheduling import schedule_approved
from bot.workflow.stopping import refuse
from storage import drafts
from storage import findings as stored
from storage.models import Draft

UNANSWERED = (
    "Please tick every finding, and say in the note why it may go out where one asks for that."
)
STALE = "The text was changed since you saw it. Please look at the new version on the card."
_ACTIONS = {
    Decision.APPROVE: AuditAction.REVIEW_APPROVE,
    Decision.REQUEST_CHANGES: AuditAction.REVIEW_REQUEST_CHANGES,
    Decision.REJECT: AuditAction.REVIEW_REJECT,
    Decision.REVOKE: AuditAction.REVIEW_REVOKE,
}


class UnansweredError(RefusedError):
    """An approval does not cover these findings of its revision yet; nothing was changed."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(UNANSWERED)
        self.findings = findings


def review(
    desk: Desk,
    draft_id: int,
    revision_id: int,
    person: str,
    decision: Decision,
    reason: str = "",
    ticked: Iterable[str] = (),
) -> None:
    """Write down one person's decision on the revision they saw, and act on the verdict.

    `ticked` are the rules whose findings the person acknowledges or attests by approving;
    UnansweredError where some are missing.
    """
    now, actor = desk.clock(), desk.policy.actor(person)
    refuse_words(desk, reason)
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        reviewing, known = drafts.read_reviews(session, draft), reach(session, draft)
        said = _stands(desk, reviewing, person)
        _refuse_person(desk, reviewing, person)
        _refuse_decision(draft, known, revision_id, decision, said)
        if said is not decision:
            answer = _answer(session, draft, reviewing, decision, (ticked, reason))
            word = _write(session, draft, actor, decision, answer, now)
            reviewing = reviewing.plus(word)
        # also after a second click: the quorum may have changed since the first
        if draft.state in OPEN and known is Reach.FREE:
            verdict = decide(desk.policy.quorum, reviewing, now)
            _apply(session, draft, verdict.kind, actor, now)


def refuse_early(
    desk: Desk, draft_id: int, revision_id: int, person: str, decision: Decision
) -> None:
    """Raise RefusedError where `review` would, before somebody types a reason in vain."""
    with desk.database.read() as session:
        draft = drafts.get(session, draft_id)
        reviewing, known = drafts.read_reviews(session, draft), reach(session, draft)
        _refuse_person(desk, reviewing, person)
        said = _stands(desk, reviewing, person)
        _refuse_decision(draft, known, revision_id, decision, said)


def _answer(
    session: Session,
    draft: Draft,
    reviewing: Reviewing,
    decision: Decision,
    said: tuple[Iterable[str], str],
) -> Answer:
    """Return what a person answers to the findings; refused where their decision needs more."""
    ticked, note = said
    if decision is not Decision.APPROVE:
        return Answer(note=note.strip())
    asked = reviewing.reviewed.duty
    answer = asked.answer(ticked, note)
    if not asked.fulfilled(answer):
        findings = stored.of_revision(session, draft.revision_id)
        raise UnansweredError(tuple(f for f in findings if f.severity is not Severity.BLOCK))
    return answer


def _write(
    session: Session, draft: Draft, actor: Actor, decision: Decision, answer: Answer, now: datetime
) -> Review:
    if decision in (Decision.REQUEST_CHANGES, Decision.REJECT) and not answer.note:
        raise RefusedError("Please say why, so that the author can do something about it.")
    word = drafts.add_review(session, draft, actor.id, decision, answer, now)
    answered = " ".join(sorted(answer.acknowledged | answer.attested))
    record(session, now, actor, _ACTIONS[decision], draft, **_answered(answered))
    return word


def _answered(rules: str) -> dict[str, str]:
    return {"answered": rules} if rules else {}


def _refuse_person(desk: Desk, reviewing: Reviewing, person: str) -> None:
    if person in reviewing.reviewed.writers:
        raise RefusedError("You wrote this, so somebody else has to decide on it.")
    if person not in desk.policy.quorum.reviewers:
        raise RefusedError("Only reviewers can decide on a draft, and you are not one of them.")


def _refuse_decision(
    draft: Draft, known: Reach, revision_id: int, decision: Decision, said: Decision | None
) -> None:
    if draft.revision_id != revision_id:
        raise RefusedError(STALE)
    if decision is Decision.REVOKE:
        if said is None:
            raise RefusedError("There is no decision of yours on this version to take back.")
        return
    refuse(known)
    if draft.state is DraftState.DRAFTING:
        raise RefusedError("This draft still has problems that its author must mend first.")
    if draft.state not in OPEN:
        raise RefusedError("This draft is finished; there is nothing to decide any more.")


def _stands(desk: Desk, reviewing: Reviewing, person: str) -> Decision | None:
    """Return what a person's word on the current revision is now, None after a revocation."""
    word = standing(desk.policy.quorum, reviewing, desk.clock()).get(person)
    return None if word is None or word.decision is Decision.REVOKE else word.decision


def _apply(
    session: Session, draft: Draft, verdict: VerdictKind, actor: Actor, now: datetime
) -> None:
    """Move the draft to where the verdict puts it; in flight, the gate sees the verdict itself."""
    match verdict:
        case VerdictKind.COMPLETE:
            if draft.state is not DraftState.APPROVED:
                _approve(session, draft, actor, now)
        case VerdictKind.REJECTED:
            _send_back(session, draft, DraftAction.REJECT, actor, now)
        case VerdictKind.CHANGES:
            if draft.state is not DraftState.CHANGES_REQUESTED:
                _send_back(session, draft, DraftAction.REQUEST_CHANGES, actor, now)
        case VerdictKind.WAITING:
            if draft.state is not DraftState.IN_REVIEW:
                _send_back(session, draft, DraftAction.REOPEN, actor, now)


def _approve(session: Session, draft: Draft, actor: Actor, now: datetime) -> None:
    drafts.move(session, draft, DraftAction.APPROVE)
    wish = drafts.wish(draft)
    state = schedule_approved(session, draft, actor, wish, now) if wish else None
    key = f"approved:{draft.revision_id}:{draft.version}"
    tell_author(session, draft, key, _APPROVED[state], now)


def _send_back(
    session: Session, draft: Draft, action: DraftAction, actor: Actor, now: datetime
) -> None:
    cancel_open(session, draft, actor, now, "the approval does not hold any more")
    drafts.move(session, draft, action)
    words = _WORDS[action].format(person=f"<@{actor.id}>")
    tell_author(session, draft, f"{action}:{draft.revision_id}:{draft.version}", words, now)


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
        "{person} asks for changes; the reason is on the card. Edit your message to answer."
    ),
    DraftAction.REOPEN: "{person} took a decision back: your draft is in review again.",
}
