"""Making a draft recurring, and ending that; what is drafted again is approved as any other."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.desk import Desk, record
from bot.domain.audit import Actor, AuditAction
from bot.domain.beside import beside_of
from bot.domain.card import DraftCard
from bot.domain.content import joined
from bot.domain.draft import DraftState
from bot.domain.publication import PublicationState
from bot.domain.recurrence import Recurrence, occurrences
from bot.errors import RefusedError
from bot.workflow.exposing import exposed
from bot.workflow.scheduling import trusted
from storage import contents, drafts, files, publications, recurrences
from storage.models import Draft, RecurrenceRow

ALREADY = "This draft repeats already; *Stop repeating* on its card ends that."
NOT_REPEATING = "This draft does not repeat, or does not any more."
UNFIT = "This draft cannot repeat, because {why}."
UNMENDED = "it needs mending first"
PICTURES = "it has pictures, which do not come along"
ANSWER = "it answers a tweet"
STATED = "its authorization must be stated for each tweet anew"
PRIVATE = "it seems to hold patient data"
NO_ACCOUNT = "its account is not among those of the team"
PASSED = "The first time has passed. Please choose a later day or time."
TOO_FAR = "That is too far away. Please choose a day within the next years."
NEVER = "Nothing is left between the first day and the last one. Please choose a later last day."
ITS_OWN = "That is when this draft itself is meant to go out. Please choose a later first day."
_FURTHEST = timedelta(days=5 * 366)
_ENDS = {
    DraftState.REJECTED: "it was rejected",
    DraftState.WITHDRAWN: "it was withdrawn",
}
_DOWN = (PublicationState.REMOVING, PublicationState.REMOVED)


def may_repeat(desk: Desk, draft_id: int, person: str) -> DraftCard:
    """Return a draft to somebody who may make it recurring; refuses as `repeat`."""
    with desk.database.read() as session:
        draft = drafts.get(session, draft_id)
        _refuse(desk, session, draft, person)
        return desk.card(session, draft)


def repeat(desk: Desk, draft_id: int, person: str, wanted: Recurrence) -> DraftCard:
    """Make a draft recurring: some days before each time a new draft of it is made."""
    now = desk.clock()
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        actor = _refuse(desk, session, draft, person)
        _refuse_times(desk, session, draft, wanted, now)
        recurrences.add(session, draft, person, wanted, now)
        drafts.touch(session, draft)
        record(session, now, actor, AuditAction.DRAFT_REPEAT, draft, **_said(wanted))
        return desk.card(session, draft)


def stop_repeating(desk: Desk, draft_id: int, person: str) -> None:
    """Let no further drafts be made; those that are there already stay."""
    now = desk.clock()
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        actor = trusted(desk, session, draft, person)
        row = recurrences.open_of(session, draft_id)
        if row is None:
            raise RefusedError(NOT_REPEATING)
        end(session, row, actor, now, "somebody stopped it")


def end(session: Session, row: RecurrenceRow, actor: Actor, now: datetime, why: str) -> None:
    """Let a recurrence end, inside a transaction that is open already."""
    recurrences.end(session, row, now)
    source = drafts.get(session, row.draft_id)
    record(session, now, actor, AuditAction.DRAFT_REPEAT_NO_MORE, source, why=why)


def obstacle(desk: Desk, session: Session, draft: Draft) -> str:
    """Return why a draft cannot be drafted again (any more), empty where it can."""
    publication = publications.of_draft(session, draft.id or 0)
    content = contents.loads(drafts.revision(session, draft.revision_id).content)
    if draft.state in _ENDS:
        return _ENDS[draft.state]
    if publication is not None and publication.state in _DOWN:
        return "it was taken down"
    if files.current(session, draft.id or 0):
        return PICTURES
    if content.reply_to:
        return ANSWER
    if content.authorization:
        return STATED
    if exposed(desk, "\n".join((joined(content), *beside_of(content).words))):
        return PRIVATE
    return "" if desk.policy.account(draft.account) else NO_ACCOUNT


def _refuse(desk: Desk, session: Session, draft: Draft, person: str) -> Actor:
    """Return who acts; RefusedError where it is not theirs to ask, or not for this draft."""
    actor = trusted(desk, session, draft, person)
    if recurrences.open_of(session, draft.id or 0) is not None:
        raise RefusedError(ALREADY)
    why = obstacle(desk, session, draft)
    if why or draft.state is DraftState.DRAFTING:
        raise RefusedError(UNFIT.format(why=why or UNMENDED))
    return actor


def _refuse_times(
    desk: Desk, session: Session, draft: Draft, wanted: Recurrence, now: datetime
) -> None:
    if abs(wanted.first - now.date()) > _FURTHEST:
        raise RefusedError(PASSED if wanted.first < now.date() else TOO_FAR)
    zone = desk.policy.zone_of(draft.account)
    first = next(occurrences(wanted, zone, wanted.first - timedelta(days=1)), None)
    if first is None:
        raise RefusedError(NEVER)
    if first.at <= now:
        raise RefusedError(PASSED)
    publication = publications.of_draft(session, draft.id or 0)
    own = publication.due_at if publication else draft.wish_at
    if first.at == own:
        raise RefusedError(ITS_OWN)


def _said(wanted: Recurrence) -> dict[str, str]:
    first = f"{wanted.first.isoformat()} {wanted.at:%H:%M}"
    until = {"until": wanted.until.isoformat()} if wanted.until else {}
    return {"rhythm": wanted.rhythm.value, "first": first} | until
