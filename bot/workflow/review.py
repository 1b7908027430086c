"""Deciding: approve, request changes, reject, revoke."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk, record
from bot.domain.audit import Actor, AuditAction
from bot.domain.draft import OPEN, DraftState
from bot.domain.duty import Answer
from bot.domain.finding import Finding, Severity
from bot.domain.quorum import (
    Decision,
    Quorum,
    Review,
    Reviewing,
    decide,
    standing,
)
from bot.errors import RefusedError
from bot.stops import Reach, reach
from bot.workflow.exposing import refuse_words
from bot.workflow.judging import judge
from bot.workflow.stopping import refuse
from storage import contents, drafts
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

    def __init__(self, findings: tuple[Finding, ...], authorization: str) -> None:
        super().__init__(UNANSWERED)
        self.findings = findings
        self.authorization = authorization


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

    Approving answers the rules that are `ticked`; UnansweredError where some are missing.
    """
    now = desk.clock()
    refuse_words(desk, reason)
    with desk.write() as session:
        team = desk.team(session)
        actor, quorum = team.actor(person), team.quorum
        draft = drafts.get(session, draft_id)
        reviewing, known = drafts.read_reviews(session, draft), reach(session, draft)
        said = _stands(quorum, reviewing, person, now)
        _refuse_person(quorum, reviewing, person)
        _refuse_decision(draft, known, revision_id, decision, said)
        new = decision if said is not decision else None
        if new:
            answer = _answer(session, draft, reviewing, new, (ticked, reason))
            reviewing = reviewing.plus(_write(session, draft, actor, new, answer, now))
        if draft.state in OPEN and known is Reach.FREE:
            judge(desk, session, draft, actor, decide(quorum, reviewing, now), new, now)


def refuse_early(
    desk: Desk, draft_id: int, revision_id: int, person: str, decision: Decision
) -> None:
    """Raise RefusedError where `review` would, before somebody types a reason in vain."""
    with desk.database.read() as session:
        quorum = desk.team(session).quorum
        draft = drafts.get(session, draft_id)
        reviewing, known = drafts.read_reviews(session, draft), reach(session, draft)
        _refuse_person(quorum, reviewing, person)
        said = _stands(quorum, reviewing, person, desk.clock())
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
        asking = tuple(f for f in findings if f.severity is not Severity.BLOCK)
        content = contents.loads(drafts.revision(session, draft.revision_id).content)
        raise UnansweredError(asking, content.authorization)
    return answer


def _write(
    session: Session, draft: Draft, actor: Actor, decision: Decision, answer: Answer, now: datetime
) -> Review:
    if decision in (Decision.REQUEST_CHANGES, Decision.REJECT) and not answer.note:
        raise RefusedError("Please say why, so that the author can do something about it.")
    word = drafts.add_review(session, draft, actor.id, decision, answer, now)
    record(session, now, actor, _ACTIONS[decision], draft, **answer.detail())
    return word


def _refuse_person(quorum: Quorum, reviewing: Reviewing, person: str) -> None:
    if person in reviewing.reviewed.writers:
        raise RefusedError("You wrote this, so somebody else has to decide on it.")
    if person not in quorum.reviewers:
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


def _stands(quorum: Quorum, reviewing: Reviewing, person: str, now: datetime) -> Decision | None:
    """Return what a person's word on the current revision is now, None after a revocation."""
    word = standing(quorum, reviewing, now).get(person)
    return None if word is None or word.decision is Decision.REVOKE else word.decision
