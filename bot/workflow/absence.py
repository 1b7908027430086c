"""Being away: a reviewer names who decides in their place, until a moment or until they are back.

The quorum is as of now: once the time is over the stand-in's approvals do not count any more, as
those of anybody who lost the role, and what was approved with them returns to review at once.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.desk import Desk
from bot.domain.audit import BOT, Actor, AuditAction
from bot.domain.quorum import StandIn, can_complete
from bot.errors import RefusedError
from bot.ports import DIRECT
from bot.stops import is_out_of_reach, reopen_unapproved
from storage import asking, audit, drafts, notices, stand_ins

LONGEST = timedelta(days=92)

NOT_A_REVIEWER = "Only reviewers can name a stand-in, and you are not one of them."
NOT_ONESELF = "You cannot stand in for yourself. Please name a colleague."
PAST = "That time has passed. Please name a day that is still to come."
TOO_LONG = (
    "That is more than three months away. "
    "For so long an operator should change the reviewers in countersign.toml."
)
BOTH_AWAY = "<@{person}> is away, too. Please name somebody who is here."
TOO_FEW = (
    "With <@{person}> in your place the stages would have too few people: one person counts for "
    "one stage. Please name somebody else."
)
NOT_AWAY = "Nobody stands in for you at the moment."

_COVERING = (
    "You decide in the place of <@{reviewer}> until {until}: please look at the drafts that wait "
    "for you with `/tweet mine` or on my Home tab. Drafts that you wrote yourself stay with others."
)
_OVER = (
    "You do not decide in the place of <@{reviewer}> any more. Approvals that you gave for them "
    "do not count from now on. Thank you."
)
_BACK = "<@{person}> does not decide in your place any more: drafts wait for you again."


def away(desk: Desk, reviewer: str, person: str, until: datetime) -> None:
    """Let `person` decide in the place of a reviewer until a moment; replaces an earlier word."""
    now, stand_in = desk.clock(), StandIn(reviewer, person, until)
    with desk.write() as session:
        _refuse(desk, session, stand_in, now)
        if earlier := stand_ins.of_reviewer(session, reviewer):
            stand_ins.end(session, earlier, now)
        stand_ins.add(session, stand_in, now)
        actor = desk.policy.actor(reviewer)
        audit.append(
            session,
            now,
            actor,
            AuditAction.REVIEWER_AWAY,
            stand_in=person,
            until=until.isoformat(),
        )
        key, words = f"covers:{reviewer}:{person}:{now}", _COVERING
        text = words.format(reviewer=reviewer, until=_moment(until))
        notices.add(session, key, person, DIRECT, None, text, now)
        _judge_anew(desk, session, now)


def back(desk: Desk, reviewer: str) -> None:
    """Let a reviewer decide alone again, before the time they named."""
    with desk.write() as session:
        if not _end(desk, session, reviewer, desk.policy.actor(reviewer)):
            raise RefusedError(NOT_AWAY)


def end_absences(desk: Desk) -> None:
    """Act on every absence whose time is over."""
    with desk.database.read() as session:
        over = stand_ins.over(session, desk.clock())
    for reviewer in over:
        with desk.write() as session:
            _end(desk, session, reviewer, BOT)


def _refuse(desk: Desk, session: Session, stand_in: StandIn, now: datetime) -> None:
    """Raise RefusedError in words where somebody cannot stand in."""
    quorum, person = desk.policy.quorum, stand_in.person
    if stand_in.reviewer not in quorum.members:
        raise RefusedError(NOT_A_REVIEWER)
    if person == stand_in.reviewer:
        raise RefusedError(NOT_ONESELF)
    if stand_in.until <= now:
        raise RefusedError(PAST)
    if stand_in.until > now + LONGEST:
        raise RefusedError(TOO_LONG)
    standing = stand_ins.standing(session, now)
    others = tuple(one for one in standing if one.reviewer != stand_in.reviewer)
    if any(one.reviewer == person for one in others):
        raise RefusedError(BOTH_AWAY.format(person=person))
    if not can_complete(replace(quorum, stand_ins=(*others, stand_in))):
        raise RefusedError(TOO_FEW.format(person=person))


def _end(desk: Desk, session: Session, reviewer: str, actor: Actor) -> bool:
    """End an absence; False where there is none."""
    now, row = desk.clock(), stand_ins.of_reviewer(session, reviewer)
    if row is None:
        return False
    stand_ins.end(session, row, now)
    audit.append(
        session,
        now,
        actor,
        AuditAction.REVIEWER_BACK,
        reviewer=reviewer,
        stand_in=row.person,
    )
    for person, other, words in ((row.person, reviewer, _OVER), (reviewer, row.person, _BACK)):
        text = words.format(reviewer=other, person=other)
        notices.add(session, f"over:{row.id}:{person}", person, DIRECT, None, text, now)
    _judge_anew(desk, session, now)
    return True


def _judge_anew(desk: Desk, session: Session, now: datetime) -> None:
    """Redraw what can be decided on, and reopen what is not approved any more."""
    asking.redraw_decidable(session)
    for draft_id in asking.approved(session):
        draft = drafts.get(session, draft_id)
        if not is_out_of_reach(session, draft):
            reopen_unapproved(desk, session, draft, now)


def _moment(at: datetime) -> str:
    """Return a moment as the chat shows it in each reader's own zone."""
    return (
        f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{at:%Y-%m-%d %H:%M} UTC>"
    )
