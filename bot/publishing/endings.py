"""How a publication goes on or ends, inside a transaction that is open already."""

from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk, record, tell_author, tell_operators
from bot.domain.address import tweet_address
from bot.domain.audit import BOT, AuditAction
from bot.domain.draft import DRAFT, DraftAction
from bot.domain.gate import Stop
from bot.domain.publication import (
    NotLive,
    PublicationAction,
    PublicationState,
    Reason,
)
from bot.domain.retry import next_try
from bot.stops import has_been_live, obey_stop, reopen_unapproved
from storage import accounts, drafts, publications
from storage.models import Draft, Publication

_STOPPED = {
    PublicationAction.HOLD: "Your tweet is held; its card says why. Nothing went out.",
    PublicationAction.MISS: (
        "The time of your tweet passed before I could publish it, so nothing went out. "
        "Please choose a new time on its card."
    ),
    PublicationAction.FAIL: (
        "Only a part of your thread is public: I stopped before the rest. "
        "The card shows what is out, and what can be done."
    ),
}
NOT_WHAT_WAS_APPROVED = (
    "I stopped a publication: its stored text is not what was approved. Nothing of it goes out. "
    "Somebody may have changed the database by hand; please look at it."
)
A_LINK_DIED = (
    "I hold a tweet because one of its links leads nowhere now. Its card says which, and lets its "
    "author or a reviewer publish it all the same."
)
A_LINK_STRAYED = (
    "I hold a tweet because one of its links leads elsewhere now, where a rule objects. Its card "
    "says where; its author or a reviewer can look and decide."
)
_ALARMS = {
    Reason.CHANGED: NOT_WHAT_WAS_APPROVED,
    Reason.DEAD_LINK: A_LINK_DIED,
    Reason.STRAY_LINK: A_LINK_STRAYED,
}
_HOLDING = (Reason.ACCESS, Reason.CREDITS)


def stop(
    desk: Desk,
    session: Session,
    draft: Draft,
    publication: Publication,
    verdict: Stop,
    now: datetime,
) -> None:
    """Do what the gate decided."""
    if verdict.action is PublicationAction.REQUEUE:
        _wait_for_due(session, draft, publication, now)
        return
    publications.move(session, publication, verdict.action, reason=verdict.reason)
    drafts.touch(session, draft)
    record(session, now, BOT, AuditAction.PUBLICATION_STOP, draft, why=verdict.reason.value)
    key = f"{verdict.action}:{publication.id}:{publication.token}:{publication.due_at}"
    if verdict.action in _STOPPED:
        tell_author(session, draft, key, _STOPPED[verdict.action], now)
    if verdict.reason in _ALARMS:
        tell_operators(desk, session, draft, key, _ALARMS[verdict.reason], now)
    obey_stop(session, draft, publication, now)
    reopen_unapproved(desk, session, draft, now)


def bind(
    session: Session,
    draft: Draft,
    publication: Publication,
    part: int,
    tweet_id: str,
    text: str,
    now: datetime,
) -> None:
    """Write down that a part is live: from here on the draft cannot change any more."""
    row = publications.parts(session, publication.id or 0)[part]
    row.tweet_id, row.returned_text, row.live_at = tweet_id, text, now
    session.add(row)
    accounts.note_newest(session, publication.account, tweet_id)
    if DRAFT.allows(draft.state, DraftAction.GO_LIVE):
        drafts.move(session, draft, DraftAction.GO_LIVE)
    drafts.touch(session, draft)


def go_on(
    desk: Desk, session: Session, draft: Draft, publication: Publication, now: datetime
) -> bool:
    """Finish a publication all of whose parts are live; False where parts remain."""
    rows = publications.parts(session, publication.id or 0)
    _clear_question(publication)
    if any(row.tweet_id is None for row in rows):
        if publication.state is PublicationState.IN_DOUBT:
            publications.move(session, publication, PublicationAction.REQUEUE, next_at=now)
            drafts.touch(session, draft)
        return False
    publications.move(session, publication, PublicationAction.FINISH)
    drafts.touch(session, draft)
    address = tweet_address(rows[0].tweet_id or "", desk.policy.handle(publication.account))
    words = f"Your tweet is public: {address}"
    tell_author(session, draft, f"published:{publication.id}", words, now)
    return True


def refuse(
    desk: Desk,
    session: Session,
    draft: Draft,
    publication: Publication,
    outcome: NotLive,
    now: datetime,
) -> None:
    """X surely did not take it: try later, hold, or give up and say so."""
    _clear_question(publication)
    if outcome.retry:
        publication.refusals += 1
        session.flush()
        again = next_try(publication.refusals, now, outcome.retry_at)
        action, when = PublicationAction.REQUEUE, again
    else:
        action, when = _final(session, publication, outcome), None
        words = f"X refused your tweet: {outcome.detail} The card shows what can be done."
        tell_author(session, draft, f"refused:{publication.id}:{publication.token}", words, now)
    publications.move(
        session, publication, action, reason=outcome.reason, detail=outcome.detail, next_at=when
    )
    drafts.touch(session, draft)
    if outcome.reason in _HOLDING and not outcome.retry:
        words = f"X does not let me publish: {outcome.detail}"
        tell_operators(desk, session, draft, f"access:{publication.token}", words, now)
    obey_stop(session, draft, publication, now)


def doubt(
    session: Session, draft: Draft, publication: Publication, detail: str, next_at: datetime
) -> None:
    """Note that nobody knows whether X accepted: look on the timeline, from `next_at` on."""
    publications.move(session, publication, PublicationAction.DOUBT, detail=detail, next_at=next_at)
    publication.lookups = 0
    publication.asks = False
    drafts.touch(session, draft)


def ask(
    desk: Desk, session: Session, draft: Draft, publication: Publication, now: datetime
) -> None:
    """Ask the author and the operators: looking did not settle the doubt."""
    publication.asks, publication.next_at, publication.settle = True, None, None
    drafts.touch(session, draft)
    words = (
        "I do not know whether X took this tweet, and I will not send it again by myself. "
        "Please look at the account on X and answer on the card."
    )
    key = f"ask:{publication.id}:{publication.token}:{publication.lookups}"
    tell_author(session, draft, key, words, now)
    tell_operators(desk, session, draft, key, words, now)


def _final(session: Session, publication: Publication, outcome: NotLive) -> PublicationAction:
    may_hold = publication.state is PublicationState.PUBLISHING
    if outcome.reason in _HOLDING and may_hold and not has_been_live(session, publication):
        return PublicationAction.HOLD
    return PublicationAction.FAIL


def _wait_for_due(session: Session, draft: Draft, publication: Publication, now: datetime) -> None:
    if publication.state is PublicationState.SCHEDULED:
        publication.next_at = publication.due_at
        session.add(publication)
        return
    publications.move(session, publication, PublicationAction.REQUEUE, next_at=publication.due_at)
    why = Reason.TOO_EARLY.value
    record(session, now, BOT, AuditAction.PUBLICATION_POSTPONE, draft, why=why)


def _clear_question(publication: Publication) -> None:
    publication.asks, publication.settle, publication.settle_by = False, None, None
