"""When: the wish of a draft, and the publication that fulfils it."""

from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk, record
from bot.domain.audit import Actor, AuditAction
from bot.domain.card import DraftCard
from bot.domain.draft import OPEN, DraftState, Wish
from bot.domain.publication import ENDED, PublicationAction, PublicationState
from bot.errors import RefusedError
from bot.stops import cancel_open, has_been_live, is_out_of_reach, reopen_unapproved
from bot.workflow.stopping import STOPPED_WORDS, refuse_out_of_reach
from storage import contents, drafts, publications
from storage.models import Draft, Publication

STRANGER = "Only its author, a reviewer or an operator can do this."


def set_wish(desk: Desk, draft_id: int, person: str, wish: Wish) -> DraftCard:
    """Say when a draft should go out; an approved one is scheduled at once."""
    now = desk.clock()
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        actor = trusted(desk, session, draft, person)
        if draft.state not in OPEN:
            raise RefusedError("This draft is finished; nothing more of it will go out.")
        refuse_out_of_reach(session, draft)
        if wish.at is not None and wish.at <= now:
            raise RefusedError("That time has passed. Please choose one that is still to come.")
        drafts.set_wish(session, draft, wish)
        at = wish.at.isoformat() if wish.at else "now"
        record(session, now, actor, AuditAction.DRAFT_WISH, draft, at=at)
        if draft.state is DraftState.APPROVED:
            schedule_approved(session, draft, actor, wish, now)
        return desk.card(session, draft)


def schedule_approved(
    session: Session, draft: Draft, actor: Actor, wish: Wish, now: datetime
) -> PublicationState:
    """Put an approved draft on the schedule, or move it there; returns how it stands then.

    A wished time that has passed is missed, whatever the grace: nothing old goes out silently.
    """
    due = wish.due(now)
    publication = publications.of_draft(session, draft.id or 0)
    if publication is None:
        revision = drafts.revision(session, draft.revision_id)
        count = len(contents.loads(revision.content).parts)
        state = PublicationState.MISSED if due < now else PublicationState.SCHEDULED
        publication = publications.add(session, draft, revision, count, due, now, state)
    else:
        _put(session, publication, due)
    drafts.touch(session, draft)
    record(session, now, actor, AuditAction.PUBLICATION_SCHEDULE, draft, due_at=due.isoformat())
    return publication.state


def cancel(desk: Desk, draft_id: int, person: str) -> DraftCard:
    """Take an approved draft off the schedule; it stays approved and waits for a new time."""
    now = desk.clock()
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        actor = trusted(desk, session, draft, person)
        refuse_out_of_reach(session, draft)
        publication = publications.of_draft(session, draft_id)
        if publication is None or publication.state in ENDED:
            raise RefusedError("This draft is not on the schedule.")
        cancel_open(session, draft, actor, now, "somebody took it off the schedule")
        drafts.set_wish(session, draft, None)
        return desk.card(session, draft)


def retry(desk: Desk, draft_id: int, person: str) -> DraftCard:
    """Try a held, missed or failed publication again now; what is live is not sent again."""
    now = desk.clock()
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        actor = trusted(desk, session, draft, person)
        publication = publications.of_draft(session, draft_id)
        if publication is None:
            raise RefusedError("There is nothing to try again.")
        if publication.stop_asked:
            raise RefusedError(STOPPED_WORDS)
        if publication.state is PublicationState.SCHEDULED:
            raise RefusedError("It is on the schedule already; its card says when.")
        _put(session, publication, now)
        drafts.touch(session, draft)
        record(session, now, actor, AuditAction.PUBLICATION_RETRY, draft)
        return desk.card(session, draft)


def lapse_due(desk: Desk) -> None:
    """Return approved drafts to review whose approvals have become too old."""
    now = desk.clock()
    with desk.database.read() as session:
        old = drafts.lapsing(session, now - desk.policy.quorum.lapse)
    for draft_id in old:
        lapse(desk, draft_id)


def lapse(desk: Desk, draft_id: int) -> None:
    """Return one approved draft to review when its approvals do not hold any more."""
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        if not is_out_of_reach(session, draft):
            reopen_unapproved(desk, session, draft, desk.clock())


def _put(session: Session, publication: Publication, due: datetime) -> None:
    publications.move(session, publication, PublicationAction.RESCHEDULE, next_at=due)
    if not has_been_live(session, publication):
        publication.due_at = due
    publication.refusals = 0
    session.flush()


def trusted(desk: Desk, session: Session, draft: Draft, person: str) -> Actor:
    """Return who acts, where they may steer the draft: author, reviewer or operator."""
    team = desk.team(session)
    if not team.trusts(person, draft.author):
        raise RefusedError(STRANGER)
    return team.actor(person, draft.author)
