"""What ends the way of a draft to X, inside a transaction that is open already."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from bot.cards.reading import read_verdict
from bot.desk import Desk, record, tell_author
from bot.domain.audit import BOT, Actor, AuditAction
from bot.domain.draft import OPEN, DraftAction, DraftState
from bot.domain.publication import ENDED, IN_FLIGHT, PublicationAction, Reason
from bot.domain.quorum import VerdictKind
from storage import asking, drafts, publications, slots
from storage.models import Draft, Publication


class Reach(StrEnum):
    """Whether a draft can still be changed."""

    FREE = "free"
    IN_FLIGHT = "in_flight"
    STOPPED = "stopped"
    LIVE = "live"


def reach(session: Session, draft: Draft) -> Reach:
    """Return whether a part is or was live, may be going live now, or was asked to stop."""
    publication = publications.of_draft(session, draft.id or 0)
    if publication is None:
        return Reach.FREE
    if has_been_live(session, publication):
        return Reach.LIVE
    if publication.stop_asked:
        return Reach.STOPPED
    return Reach.IN_FLIGHT if publication.state in IN_FLIGHT else Reach.FREE


def is_out_of_reach(session: Session, draft: Draft) -> bool:
    """Whether a draft cannot be changed any more."""
    return reach(session, draft) is not Reach.FREE


def has_been_live(session: Session, publication: Publication) -> bool:
    """Whether any part of a publication is or was public."""
    return any(part.tweet_id for part in publications.parts(session, publication.id or 0))


def cancel_open(session: Session, draft: Draft, actor: Actor, now: datetime, why: str) -> None:
    """Cancel the publication of a draft that has one nothing of which is out."""
    publication = publications.of_draft(session, draft.id or 0)
    if publication is None or publication.state in ENDED:
        return
    publications.move(session, publication, PublicationAction.CANCEL, reason=Reason.ASKED)
    slots.redraw_waiting(session, draft.account, draft.id or 0)
    record(session, now, actor, AuditAction.PUBLICATION_CANCEL, draft, why=why)


def obey_stop(session: Session, draft: Draft, publication: Publication, now: datetime) -> None:
    """Withdraw a draft whose message was changed during a call, now that surely nothing is out.

    Its text is not what the message says any more: nobody may put it on the schedule again.
    """
    if not publication.stop_asked or publication.state in IN_FLIGHT or draft.state not in OPEN:
        return
    if has_been_live(session, publication):
        return
    why = "its message was changed while it was being published"
    cancel_open(session, draft, BOT, now, why)
    drafts.move(session, draft, DraftAction.WITHDRAW)
    record(session, now, BOT, AuditAction.DRAFT_WITHDRAW, draft, why=why)


def reopen_unapproved(desk: Desk, session: Session, draft: Draft, now: datetime) -> None:
    """Return an approved draft to review when its approvals do not hold any more."""
    if draft.state is not DraftState.APPROVED:
        return
    if read_verdict(session, draft, desk.policy, now).kind is VerdictKind.COMPLETE:
        return
    publication = publications.of_draft(session, draft.id or 0)
    if publication is not None and publication.state not in ENDED:
        cancel_open(session, draft, BOT, now, "the approval lapsed")
    drafts.move(session, draft, DraftAction.REOPEN)
    asking.begin(draft, now)
    record(session, now, BOT, AuditAction.DRAFT_LAPSE, draft)
    words = "The approval of your draft does not hold any more; it waits for its reviewers again."
    tell_author(session, draft, f"lapse:{draft.version}", words, now)
