"""The delivery protocol: T1 claim, T2 intent, T3 record. No network call happens in here."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.cards.reading import read_verdict
from bot.desk import Desk, record
from bot.domain.audit import BOT, AuditAction
from bot.domain.draft import DraftState
from bot.domain.fingerprint import fingerprint
from bot.domain.gate import GateFacts, Stop, gate
from bot.domain.publication import AttemptState, PublicationAction, PublicationState
from bot.domain.timeline import snowflake_at
from bot.ports import Outgoing
from bot.publishing.endings import go_on, stop
from storage import accounts, attempts, contents, drafts, pauses, publications
from storage.models import Attempt, Draft, Publication

SAME_TEXT_WAIT = timedelta(seconds=5)
"""Before another look at a publication whose text stands in doubt elsewhere on its account."""

BUSY_WAIT = timedelta(seconds=1)
"""Before another try on an account that has a call in flight."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to publish one publication until its lease ends; `token` fences a stale one."""

    publication_id: int
    token: int
    todo: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Intent:
    """One part that is about to be sent: the point of no return is committed."""

    attempt_id: int
    outgoing: Outgoing


def claim(desk: Desk, publication_id: int) -> Claim | None:
    """T1: take a due publication through the whole gate; None where it may not go on."""
    now = desk.clock()
    with desk.write() as session:
        publication = publications.get(session, publication_id)
        if publication.state is not PublicationState.SCHEDULED:
            return None
        if _text_in_doubt(session, publication):
            publication.next_at = now + SAME_TEXT_WAIT
            return None
        draft = drafts.get(session, publication.draft_id)
        rows = publications.parts(session, publication_id)
        todo = tuple(row.part for row in rows if row.tweet_id is None)
        # with every id written down (an answer came late) nothing goes out, so nobody is asked
        verdict = judge(desk, session, draft, publication, now) if todo else None
        if verdict is not None:
            stop(desk, session, draft, publication, verdict, now)
            return None
        publications.move(session, publication, PublicationAction.CLAIM)
        publication.token += 1
        publication.lease_until = now + desk.policy.waits.lease
        drafts.touch(session, draft)
        record(session, now, BOT, AuditAction.PUBLICATION_CLAIM, draft, token=publication.token)
        if not todo:
            go_on(desk, session, draft, publication, now)
        return Claim(publication_id, publication.token, todo)


def intend(desk: Desk, held: Claim, part: int, media_ids: tuple[str, ...] = ()) -> Intent | None:
    """T2: write the attempt before the call, if token, lease and gate still allow it."""
    now = desk.clock()
    with desk.write() as session:
        publication = publications.get(session, held.publication_id)
        if not holds(publication, held):
            return None
        draft = drafts.get(session, publication.draft_id)
        verdict = judge(desk, session, draft, publication, now)
        if verdict is not None:
            stop(desk, session, draft, publication, verdict, now)
            return None
        busy = attempts.account_in_flight(session, publication.account)
        if busy or _text_in_doubt(session, publication):
            again = now + BUSY_WAIT
            publications.move(session, publication, PublicationAction.REQUEUE, next_at=again)
            why = "a call on the account is under way" if busy else "its text is in doubt elsewhere"
            record(session, now, BOT, AuditAction.PUBLICATION_POSTPONE, draft, why=why)
            return None
        publication.lease_until = now + desk.policy.waits.lease
        outgoing = replace(_outgoing(session, publication, part), media_ids=media_ids)
        attempt = _open(desk, session, publication, part, outgoing, now)
        detail = {"part": part, "attempt": attempt.id or 0}
        record(session, now, BOT, AuditAction.PUBLICATION_INTENT, draft, **detail)
        return Intent(attempt.id or 0, outgoing)


def holds(publication: Publication, held: Claim) -> bool:
    """Whether a claim is still the current one."""
    return publication.state is PublicationState.PUBLISHING and publication.token == held.token


def judge(
    desk: Desk, session: Session, draft: Draft, publication: Publication, now: datetime
) -> Stop | None:
    """Ask the gate, with everything read in this transaction."""
    content = contents.loads(drafts.revision(session, publication.revision_id).content)
    rows = publications.parts(session, publication.id or 0)
    live = sum(1 for row in rows if row.tweet_id)
    # a draft is closed by its first live part: one of another publication closes the way of this
    approved_state = draft.state is (DraftState.CLOSED if live else DraftState.APPROVED)
    facts = GateFacts(
        approved=publication.fingerprint,
        actual=fingerprint(content),
        is_current=approved_state and draft.revision_id == publication.revision_id,
        verdict=read_verdict(session, draft, desk.policy, now).kind,
        paused=pauses.standing(session, publication.account) is not None,
        set_up=desk.policy.account(publication.account) is not None,
        stop_asked=publication.stop_asked,
        due_at=publication.due_at,
        live_parts=live,
    )
    return gate(facts, now, desk.policy.waits.grace)


def _open(
    desk: Desk,
    session: Session,
    publication: Publication,
    part: int,
    outgoing: Outgoing,
    now: datetime,
) -> Attempt:
    account = accounts.get(session, publication.account)
    start = now + timedelta(milliseconds=account.clock_ahead_ms)
    known = int(account.newest_id)
    attempt = Attempt(
        publication_id=publication.id or 0,
        part=part,
        account=publication.account,
        token=publication.token,
        state=AttemptState.OPEN,
        started_at=start,
        deadline=start + desk.policy.waits.deadline,
        since_id=str(known or snowflake_at(start - timedelta(minutes=15))),
        parent_id=outgoing.reply_to,
    )
    session.add(attempt)
    session.flush()
    return attempt


def _outgoing(session: Session, publication: Publication, part: int) -> Outgoing:
    content = contents.loads(drafts.revision(session, publication.revision_id).content)
    rows = publications.parts(session, publication.id or 0)
    parent = rows[part - 1].tweet_id if part else content.reply_to or None
    return Outgoing(content.parts[part].text, parent, poll=content.parts[part].poll)


def _text_in_doubt(session: Session, publication: Publication) -> bool:
    """Whether a part of this publication may be live already under another one in doubt.

    On a timeline pictures cannot be told apart, only counted, and of a poll no answer is seen.
    """
    mine = _looks(session, publication)
    doubtful = publications.in_doubt(session, publication.account)
    return any(mine & _looks(session, other) for other in doubtful)


def _looks(session: Session, publication: Publication) -> set[tuple[str, int, bool]]:
    content = contents.loads(drafts.revision(session, publication.revision_id).content)
    return {(part.text, len(part.media), part.poll is not None) for part in content.parts}
