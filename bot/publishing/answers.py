"""T3: what is known of a call is written down, whenever the answer comes."""

from datetime import datetime, timedelta
from typing import assert_never

from sqlmodel import Session

from bot.desk import Desk, record, tell_operators
from bot.domain.audit import BOT, AuditAction
from bot.domain.publication import (
    AttemptState,
    Duplicate,
    Live,
    NotLive,
    Outcome,
    PublicationState,
    Unknown,
)
from bot.publishing.endings import bind, doubt, go_on, refuse
from storage import drafts, publications
from storage.models import Attempt, Draft, Publication

DUPLICATE = "X says that the account has this text already."


def write_answer(desk: Desk, attempt_id: int, outcome: Outcome) -> None:
    """Record an outcome on its attempt, and let the publication follow where it still may.

    A late answer comes here too: it settles a publication that is in doubt; where it contradicts
    what was settled since, operators are alarmed; otherwise a stale token changes nothing.
    """
    now = desk.clock()
    with desk.write() as session:
        attempt = session.get_one(Attempt, attempt_id)
        if attempt.state in (AttemptState.LIVE, AttemptState.REFUSED):
            return
        publication = publications.get(session, attempt.publication_id)
        draft = drafts.get(session, publication.draft_id)
        follows = _follows(publication, attempt)
        late = attempt.state is AttemptState.UNKNOWN
        _close(session, attempt, outcome, now)
        said: dict[str, str | int]
        said = {"attempt": attempt_id, "outcome": attempt.state.value, "late": int(late)}
        record(session, now, BOT, AuditAction.PUBLICATION_OUTCOME, draft, **said)
        if isinstance(outcome, Live):
            _live(desk, session, draft, publication, attempt, outcome, follows=follows)
        elif follows:
            _not_live(desk, session, draft, publication, outcome, late=late)


def _not_live(
    desk: Desk,
    session: Session,
    draft: Draft,
    publication: Publication,
    outcome: NotLive | Duplicate | Unknown,
    *,
    late: bool,
) -> None:
    """Go on without an id; a late word that settles nothing changes nothing."""
    now = desk.clock()
    match outcome:
        case NotLive():
            refuse(desk, session, draft, publication, outcome, now)
        case Duplicate() if not late:
            doubt(session, draft, publication, DUPLICATE, now)
        case Unknown() if not late:
            doubt(session, draft, publication, outcome.detail, _first_look(desk, now))
        case Duplicate() | Unknown():
            return
        case _:
            assert_never(outcome)


def _follows(publication: Publication, attempt: Attempt) -> bool:
    """Whether the publication still waits for this answer."""
    waits = publication.state in (PublicationState.PUBLISHING, PublicationState.IN_DOUBT)
    return waits and publication.token == attempt.token


def _first_look(desk: Desk, now: datetime) -> datetime:
    return now + timedelta(seconds=next(iter(desk.policy.waits.lookups), 0.0))


def _close(session: Session, attempt: Attempt, outcome: Outcome, now: datetime) -> None:
    attempt.answered_at = now
    match outcome:
        case Live():
            attempt.state, attempt.tweet_id = AttemptState.LIVE, outcome.id
        case NotLive():
            attempt.state, attempt.detail = AttemptState.REFUSED, outcome.detail
        case Duplicate():
            attempt.state, attempt.duplicate = AttemptState.UNKNOWN, True
        case Unknown():
            attempt.state, attempt.detail = AttemptState.UNKNOWN, outcome.detail
        case _:
            assert_never(outcome)
    session.add(attempt)
    session.flush()


def _live(
    desk: Desk,
    session: Session,
    draft: Draft,
    publication: Publication,
    attempt: Attempt,
    outcome: Live,
    *,
    follows: bool,
) -> None:
    now = desk.clock()
    row = publications.parts(session, publication.id or 0)[attempt.part]
    before = known = row.tweet_id
    if known is None and not publications.bound(session, [outcome.id]):
        bind(session, draft, publication, attempt.part, outcome.id, outcome.text, now)
        known = outcome.id
    if follows and known == outcome.id:
        go_on(desk, session, draft, publication, now)
        return
    if before == outcome.id:
        return
    record(session, now, BOT, AuditAction.PUBLICATION_CONTRADICTED, draft, tweet_id=outcome.id)
    words = (
        f"X confirmed late that tweet {outcome.id} is public, but this had been settled otherwise. "
        "Please look at the account and at the card, and take down what is too much."
    )
    tell_operators(desk, session, draft, f"contradicted:{attempt.id}", words, now)
