"""Stopping what is on its way: cancelling, asking a running publication to stop, pausing."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from sqlmodel import Session

from bot.desk import Desk, record, tell_author
from bot.domain.audit import Actor, AuditAction, Role
from bot.domain.card import DraftCard
from bot.domain.draft import DraftAction
from bot.domain.policy import EVERY_ACCOUNT
from bot.domain.publication import PublicationAction, PublicationState, Reason
from bot.errors import RefusedError
from bot.guidelines import Tweet
from bot.stops import Reach, cancel_open, has_been_live, reach
from storage import audit, drafts, pauses, publications
from storage.models import Draft, Publication

IN_FLIGHT_WORDS = "It is being published at this moment, so it cannot be changed any more."
LIVE_WORDS = (
    "Part of it is public already, so the text cannot be changed. "
    "Use *Take down* on the card, or write a new message."
)

LATE_WORDS = (
    "The time of your tweet passed during a pause, so nothing went out. "
    "Please choose a new time on its card."
)
WITHHELD = "(the reason was not kept: it may hold patient data)"
NOT_KEPT = "I did not keep your reason: it may hold patient data. The pause holds without it."
STOPPED_WORDS = (
    "Its message was changed or deleted, so nothing more of it goes out. "
    "Please write a new message."
)


def refuse_out_of_reach(session: Session, draft: Draft) -> None:
    """Raise RefusedError in words where the draft cannot be changed any more."""
    refuse(reach(session, draft))


def refuse(known: Reach) -> None:
    """Raise RefusedError in words where a draft is out of reach."""
    match known:
        case Reach.LIVE:
            raise RefusedError(LIVE_WORDS)
        case Reach.IN_FLIGHT:
            raise RefusedError(IN_FLIGHT_WORDS)
        case Reach.STOPPED:
            raise RefusedError(STOPPED_WORDS)
        case Reach.FREE:
            return
        case _:
            assert_never(known)


def ask_to_stop(session: Session, draft: Draft, actor: Actor, now: datetime, why: str) -> None:
    """Let no further part go out, and tell the author what is live."""
    publication = publications.of_draft(session, draft.id or 0)
    if publication is None or publication.stop_asked:
        return
    publication.stop_asked = True
    parts = publications.parts(session, publication.id or 0)
    live = sum(1 for part in parts if part.tweet_id and not part.removed_at)
    record(session, now, actor, AuditAction.PUBLICATION_STOP, draft, why=why, live=live)
    drafts.touch(session, draft)
    words = (
        f"I saw that {why}. {live} of {len(parts)} parts are public already and stay as they are; "
        "nothing more of it will go out. To remove them use *Take down* on the card; "
        "a new text is a new message."
    )
    tell_author(session, draft, f"stop:{publication.id}", words, now)


def withdraw(desk: Desk, draft_id: int, person: str) -> DraftCard:
    """Take a draft back, by its author or an operator."""
    now = desk.clock()
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        actor = desk.policy.actor(person, draft.author)
        if actor.role not in (Role.AUTHOR, Role.OPERATOR):
            raise RefusedError("Only its author or an operator can withdraw a draft.")
        refuse_out_of_reach(session, draft)
        cancel_open(session, draft, actor, now, "the draft was withdrawn")
        drafts.move(session, draft, DraftAction.WITHDRAW)
        record(session, now, actor, AuditAction.DRAFT_WITHDRAW, draft)
        return desk.card(session, draft)


def pause(desk: Desk, person: str, reason: str, account: str = EVERY_ACCOUNT) -> bool:
    """Stop an account, or all, at once; any reviewer or operator may.

    False where the reason was not kept because it may hold patient data: nobody who wants
    to stop something should have to find other words first.
    """
    actor = desk.policy.actor(person)
    if actor.role not in (Role.OPERATOR, Role.REVIEWER):
        raise RefusedError("Only reviewers and operators can pause. Please ask one of them.")
    return pause_by(desk, actor, reason, account)


def pause_by(desk: Desk, actor: Actor, reason: str, account: str = EVERY_ACCOUNT) -> bool:
    """Do what `pause` does for somebody whose right to it is known."""
    now, kept = desk.clock(), not desk.guidelines.exposures(Tweet(reason))
    with desk.write() as session:
        pauses.put(session, account, actor.id, reason if kept else WITHHELD, now)
        audit.append(session, now, actor, AuditAction.ACCOUNT_PAUSE, account=account)
    return kept


@dataclass(frozen=True, slots=True)
class Resumed:
    """What the end of a pause did: how many are on their way, and what became too late."""

    released: int
    late: tuple[DraftCard, ...]


def resume(desk: Desk, person: str, account: str = EVERY_ACCOUNT) -> Resumed:
    """Let an account go on, or all; what became too late waits for a person's word."""
    actor = desk.policy.actor(person)
    if actor.role is not Role.OPERATOR:
        raise RefusedError("Only operators can resume. Please ask one of them.")
    return resume_by(desk, actor, account)


def resume_by(desk: Desk, actor: Actor, account: str = EVERY_ACCOUNT) -> Resumed:
    """Do what `resume` does for somebody whose right to it is known."""
    now = desk.clock()
    with desk.write() as session:
        if not pauses.lift(session, account):
            raise RefusedError(_not_paused(session))
        audit.append(session, now, actor, AuditAction.ACCOUNT_RESUME, account=account)
        return _release(desk, session, account, actor, now)


def _not_paused(session: Session) -> str:
    """Return why there is nothing to lift, and what would lift what does stand."""
    others = [row.account for row in pauses.every(session)]
    if not others:
        return "Nothing is paused."
    if EVERY_ACCOUNT in others:
        return "Every account is paused: `/tweet resume` lets all of them go on."
    known = " or ".join(f"`/tweet resume {account}`" for account in sorted(others))
    return f"Nothing is paused as a whole. One account is: {known}."


def _release(desk: Desk, session: Session, account: str, actor: Actor, now: datetime) -> Resumed:
    """Put back what the pause held; what became too late meanwhile is missed at once."""
    held = publications.held_by_pause(session, None if account == EVERY_ACCOUNT else account)
    free = [row for row in held if not pauses.standing(session, row.account)]
    late: list[DraftCard] = []
    for publication in free:
        draft = drafts.get(session, publication.draft_id)
        publications.move(
            session, publication, PublicationAction.RESCHEDULE, next_at=publication.due_at
        )
        drafts.touch(session, draft)
        record(session, now, actor, AuditAction.PUBLICATION_SCHEDULE, draft, why="resumed")
        if now - publication.due_at > desk.policy.waits.grace:
            _miss(session, draft, publication, actor, now)
            late.append(desk.card(session, draft))
    return Resumed(len(free) - len(late), tuple(late))


def _miss(
    session: Session, draft: Draft, publication: Publication, actor: Actor, now: datetime
) -> None:
    publications.move(session, publication, PublicationAction.MISS, reason=Reason.LATE)
    record(session, now, actor, AuditAction.PUBLICATION_STOP, draft, why=Reason.LATE.value)
    key = f"{PublicationAction.MISS}:{publication.id}:{publication.token}:{publication.due_at}"
    tell_author(session, draft, key, LATE_WORDS, now)


def hold_unreadable(session: Session, draft: Draft, actor: Actor, now: datetime) -> None:
    """Hold the publication of a draft whose message cannot be read after a gap."""
    publication = publications.of_draft(session, draft.id or 0)
    if publication is None:
        return
    match publication.state:
        case PublicationState.HELD if publication.reason is not Reason.UNREADABLE:
            publication.reason = Reason.UNREADABLE  # the end of a pause must not let it go
        case PublicationState.SCHEDULED if not has_been_live(session, publication):
            why = Reason.UNREADABLE
            publications.move(session, publication, PublicationAction.HOLD, reason=why)
        case PublicationState.SCHEDULED if not publication.stop_asked:
            publication.stop_asked = True
        case _:
            return
    drafts.touch(session, draft)
    record(session, now, actor, AuditAction.PUBLICATION_STOP, draft, why=Reason.UNREADABLE.value)
