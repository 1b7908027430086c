"""The reminding loop: whoever is waited for is reminded, and in the end somebody else is told.

A reminder is a notice whose key names the draft, the wait, the step and the person: no restart
repeats one, and none is forgotten, since the row says when to look again. People are reminded by
day only, in the zone they live in.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk, record
from bot.domain.audit import BOT, AuditAction
from bot.domain.card import DraftCard
from bot.domain.reminding import awake, next_reminder, reached
from bot.ports import DIRECT
from storage import asking, drafts, notices, people
from storage.models import Draft

WAITS = "Draft {id} by <@{author}> has waited for your decision for {waited}.{where}"
ESCALATED = (
    "Draft {id} by <@{author}> has waited for {stages} for {waited}, and {people} did not decide. "
    "Please see who can.{where}"
)


@dataclass(frozen=True, slots=True)
class Reminders:
    """Looks after one draft whose time has come in each step."""

    desk: Desk

    def step(self) -> bool:
        """Remind the people one draft waits for; False when no draft's time has come."""
        now = self.desk.clock()
        with self.desk.database.read() as session:
            draft_id = asking.due(session, now)
        if draft_id is None:
            return False
        with self.desk.write() as session:
            _look_after(self.desk, session, drafts.get(session, draft_id), now)
        return True


def _look_after(desk: Desk, session: Session, draft: Draft, now: datetime) -> None:
    """Leave the reminders that are due, and note when to look again; never while nobody waits."""
    card, since, draft.remind_at = desk.card(session, draft), draft.asked_at, None
    if since is None or not card.missing or card.asked_revision != card.revision_id:
        return
    plan = desk.policy.reminding
    step = reached(plan.after, now - since)
    words = _words(card, since, now) if step else {}
    if step == len(plan.after):
        words = dict.fromkeys(_escalation(desk, card), _escalated(card, since, now)) | words
    looks = [next_reminder(plan.after, since, now)]
    told = 0
    for person, text in words.items():
        zone = people.zone(session, person) or desk.policy.zone_of(draft.account)
        if (morning := awake(now, zone)) > now:
            looks.append(morning)
            continue
        key = f"{draft.id}:remind:{draft.revision_id}:{since}:{step}:{person}"
        told += notices.add(session, key, person, DIRECT, None, text, now)
    draft.remind_at = min((look for look in looks if look), default=None)
    session.add(draft)
    if told:
        record(session, now, BOT, AuditAction.REVIEW_REMIND, draft, step=step, people=told)


def _words(card: DraftCard, since: datetime, now: datetime) -> dict[str, str]:
    """Return what each of those who are waited for is told."""
    text = WAITS.format(
        id=card.id, author=card.author, waited=_span(since, now), where=_where(card)
    )
    return dict.fromkeys(card.missing, text)


def _escalation(desk: Desk, card: DraftCard) -> list[str]:
    """Return who is told after the last reminder: the groups of the stages that still wait."""
    waiting = (stage.stage for stage in card.verdict.stages if not stage.complete)
    return sorted(frozenset().union(*map(desk.policy.reminding.told_of, waiting)))


def _escalated(card: DraftCard, since: datetime, now: datetime) -> str:
    waiting = (stage.stage for stage in card.verdict.stages if not stage.complete)
    return ESCALATED.format(
        id=card.id,
        author=card.author,
        stages=" and ".join(waiting),
        waited=_span(since, now),
        people=", ".join(f"<@{person}>" for person in card.missing[:10]),
        where=_where(card),
    )


def _where(card: DraftCard) -> str:
    return f" {card.link}" if card.link else ""


def _span(since: datetime, now: datetime) -> str:
    """Return how long ago something was, as people say it."""
    hours = round((now - since).total_seconds() / 3600)
    if hours < 1:
        return "less than an hour"
    if hours < 48:
        return f"{hours} hour{'s' if hours > 1 else ''}"
    return f"{hours // 24} days"
