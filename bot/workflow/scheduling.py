"""When: the wish of a draft, and the publication that fulfils it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.cards.slots import read_slot
from bot.desk import Desk, record
from bot.domain.audit import Actor, AuditAction
from bot.domain.card import DraftCard
from bot.domain.draft import OPEN, DraftState, Wish
from bot.domain.publication import ENDED, PublicationAction, PublicationState, Reason
from bot.domain.slots import Objection, upcoming
from bot.errors import RefusedError
from bot.stops import cancel_open, has_been_live, is_out_of_reach, reopen_unapproved
from bot.workflow.objecting import Foresight, foreseen, object_to
from bot.workflow.stopping import STOPPED_WORDS, refuse_out_of_reach
from storage import accounts, contents, drafts, links, publications, slots
from storage.models import Draft, Publication

STRANGER = "Only its author, a reviewer or an operator can do this."
NO_SLOT = "This account has no free slot. Please choose a time of your own."

STOPPED_LINK = (
    "Where one of its links leads now, a rule lets nobody publish it ({rules}). Please change the "
    "text, or withdraw it."
)
_SLOT_PASSED = timedelta(minutes=2)
"""How far back a passed slot is looked for; longer than the time between two looks."""


def set_wish(
    desk: Desk,
    draft_id: int,
    person: str,
    wish: Wish,
    *,
    despite: frozenset[Objection] = frozenset(),
) -> DraftCard:
    """Say when a draft should go out; an approved one is scheduled at once.

    ObjectedError where something speaks against the time that the person was not told of yet.
    """
    now = desk.clock()
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        actor = _refuse_wish(desk, session, draft, person, wish)
        object_to(desk, session, draft, wish, now, despite)
        drafts.set_wish(session, draft, wish)
        said = {"at": _name(wish)} | ({"despite": ",".join(sorted(despite))} if despite else {})
        record(session, now, actor, AuditAction.DRAFT_WISH, draft, **said)
        if draft.state is DraftState.APPROVED:
            schedule_approved(desk, session, draft, actor, wish, now)
        return desk.card(session, draft)


def foresee(
    desk: Desk, draft_id: int, person: str, wishes: Sequence[Wish]
) -> tuple[Foresight, ...]:
    """Return what each wish would mean, before anything is committed; refuses as `set_wish`."""
    now = desk.clock()
    with desk.database.read() as session:
        draft = drafts.get(session, draft_id)
        for wish in wishes:
            _refuse_wish(desk, session, draft, person, wish)
        return tuple(foreseen(desk, session, draft, wish, now) for wish in wishes)


def _refuse_wish(desk: Desk, session: Session, draft: Draft, person: str, wish: Wish) -> Actor:
    """Return who acts; RefusedError where the wish is not theirs to have, or cannot be."""
    now, actor = desk.clock(), trusted(desk, session, draft, person)
    if draft.state not in OPEN:
        raise RefusedError("This draft is finished; nothing more of it will go out.")
    refuse_out_of_reach(session, draft)
    if wish.at is not None and wish.at <= now:
        raise RefusedError("That time has passed. Please choose one that is still to come.")
    if wish.slot and read_slot(session, desk.policy, draft, now) is None:
        raise RefusedError(NO_SLOT)
    return actor


def schedule_approved(
    desk: Desk, session: Session, draft: Draft, actor: Actor, wish: Wish, now: datetime
) -> PublicationState | None:
    """Put an approved draft on the schedule, or move it there; returns how it stands then.

    A wished time that has passed is missed, whatever the grace: nothing old goes out silently.
    The next slot is chosen here, so that nobody else gets it; None where none is left.
    """
    due = _due(desk, session, draft, wish, now)
    if due is None:
        drafts.set_wish(session, draft, None)
        return None
    publication = publications.of_draft(session, draft.id or 0)
    if publication is None:
        revision = drafts.revision(session, draft.revision_id)
        count = len(contents.loads(revision.content).parts)
        state = PublicationState.MISSED if due < now else PublicationState.SCHEDULED
        publication = publications.add(session, draft, revision, count, due, now, state)
    else:
        _put(session, publication, due)
    drafts.touch(session, draft)
    slots.redraw_waiting(session, draft.account, draft.id or 0)
    record(session, now, actor, AuditAction.PUBLICATION_SCHEDULE, draft, due_at=due.isoformat())
    return publication.state


def redraw_passed_slots(desk: Desk) -> None:
    """Redraw the cards that name a slot which has just passed without an approval."""
    now = desk.clock()
    for account in desk.policy.accounts:
        passed = upcoming(account.calendar, account.zone, now - _SLOT_PASSED, now)
        if next(passed, None) is not None:
            with desk.write() as session:
                slots.redraw_waiting(session, account.name)


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
        despite = _accepted(desk, session, publication)
        _put(session, publication, now)
        drafts.touch(session, draft)
        record(session, now, actor, AuditAction.PUBLICATION_RETRY, draft, **despite)
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


def _accepted(desk: Desk, session: Session, publication: Publication) -> dict[str, str]:
    """Note that whoever publishes a draft held for a link answers for it; what the record says.

    RefusedError where it leads to what a rule lets nobody publish.
    """
    if publication.reason not in (Reason.DEAD_LINK, Reason.STRAY_LINK):
        return {}
    rows = links.of_draft(session, publication.draft_id)
    if stopped := [one for one in rows if desk.guidelines.stops(one.breaks.split())]:
        raise RefusedError(STOPPED_LINK.format(rules=" ".join(one.breaks for one in stopped)))
    links.accept(rows)
    return {"despite": publication.reason.value}


def _due(desk: Desk, session: Session, draft: Draft, wish: Wish, now: datetime) -> datetime | None:
    if not wish.slot:
        return wish.at or now
    accounts.lock(session, draft.account)
    return read_slot(session, desk.policy, draft, now)


def _name(wish: Wish) -> str:
    if wish.slot:
        return "the next slot"
    return wish.at.isoformat() if wish.at else "now"


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
