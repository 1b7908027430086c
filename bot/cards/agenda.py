"""What a person has to do with, from the rows: their Home tab, the queue, their drafts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.cards.reading import read_card
from bot.cards.slots import read_free
from bot.domain.card import DraftCard
from bot.domain.home import FreeSlot, Home, Listed, PauseCard, by_day
from bot.domain.policy import EVERY_ACCOUNT, Policy
from bot.domain.quorum import decide, waited_for
from storage import agenda, drafts, pauses, people, recurrences, stand_ins

SHOWN = 7
"""The most drafts of one kind on a Home tab; a view holds 100 blocks."""

SHOWN_COMING, SHOWN_PUBLISHED = 14, 4
SHOWN_RECURRING, SHOWN_OF_ALL = 3, 20
"""The most drafts that repeat, of one person on their tab and of everybody in an answer."""

LOOKED_AT = 100
"""The most drafts in review that are searched for what waits for one person."""

AHEAD = timedelta(days=7)


def read_home(session: Session, person: str, policy: Policy, now: datetime) -> Home:
    """Return everything that somebody's Home tab shows at this moment."""
    team = policy.as_of_now(stand_ins.standing(session, now))
    accounts = [account.name for account in policy.accounts]
    concerned = is_concerned(session, person, team)
    zone = reader_zone(session, person, policy)
    coming = agenda.coming(session, accounts, now + AHEAD, SHOWN_COMING) if concerned else ()
    free = _free(session, policy, now) if concerned else ()
    again = recurrences.sources(session, SHOWN_RECURRING + 1, person)
    published = agenda.published(session, accounts, SHOWN_PUBLISHED)
    return Home(
        person=person,
        zone=zone,
        concerned=concerned,
        pauses=read_pauses(session),
        waiting=_listed(session, list(_waiting(session, person, team, now)), policy, now),
        mine=_listed(session, agenda.of_author(session, person, LOOKED_AT), policy, now),
        days=by_day(_cards(session, coming, policy, now), free, zone),
        published=_cards(session, published, policy, now),
        recurring=_cards(session, again[:SHOWN_RECURRING], policy, now),
        more_recurring=len(again) > SHOWN_RECURRING,
    )


def read_queue(session: Session, policy: Policy, now: datetime) -> tuple[DraftCard, ...]:
    """Return what goes out next, in the order of its time."""
    accounts = [account.name for account in policy.accounts]
    far = now + timedelta(days=3650)
    coming = agenda.coming(session, accounts, far, SHOWN_COMING)
    return _cards(session, coming, policy, now)


def read_recurring(session: Session, policy: Policy, now: datetime) -> tuple[DraftCard, ...]:
    """Return the drafts of everybody that repeat."""
    return _cards(session, recurrences.sources(session, SHOWN_OF_ALL), policy, now)


def read_mine(
    session: Session, person: str, policy: Policy, now: datetime
) -> tuple[Listed, Listed]:
    """Return what waits for somebody, and their own open drafts."""
    team = policy.as_of_now(stand_ins.standing(session, now))
    waiting = list(_waiting(session, person, team, now))
    mine = agenda.of_author(session, person, LOOKED_AT)
    return _listed(session, waiting, policy, now), _listed(session, mine, policy, now)


def read_pauses(session: Session) -> tuple[PauseCard, ...]:
    """Return what stops publishing now."""
    return tuple(
        PauseCard(
            None if row.account == EVERY_ACCOUNT else row.account,
            row.actor,
            row.reason,
            row.created_at,
        )
        for row in pauses.every(session)
    )


def is_concerned(session: Session, person: str, team: Policy) -> bool:
    """Whether somebody writes or decides here: unpublished drafts are shown to nobody else."""
    return team.trusts(person) or agenda.has_written(session, person)


def reader_zone(session: Session, person: str, policy: Policy) -> ZoneInfo:
    """Return the zone somebody lives in, that of the first account where it is not known."""
    return people.zone(session, person) or policy.default_account.zone


def _waiting(session: Session, person: str, team: Policy, now: datetime) -> Iterator[int]:
    """Yield the drafts that somebody should do something about: decide, settle, choose a time."""
    for draft in agenda.in_review(session, LOOKED_AT) if person in team.quorum.reviewers else ():
        reviewing = drafts.read_reviews(session, draft)
        verdict = decide(team.quorum, reviewing, now)
        if draft.id and person in waited_for(team.quorum, reviewing, verdict):
            yield draft.id
    accounts = [account.name for account in team.accounts]
    for draft_id in agenda.stuck(session, accounts, LOOKED_AT):
        author = agenda.draft(session, draft_id).author
        if person == author or person in team.operators:
            yield draft_id


def _free(session: Session, policy: Policy, now: datetime) -> Sequence[FreeSlot]:
    """Return the slots of the days ahead that nobody has, of all accounts, earliest first."""
    found = [
        FreeSlot(account.handle, at)
        for account in policy.accounts
        for at in read_free(session, account, now, now + AHEAD)
    ]
    return sorted(found, key=attrgetter("at"))


def _listed(session: Session, found: Sequence[int], policy: Policy, now: datetime) -> Listed:
    return Listed(_cards(session, found[:SHOWN], policy, now), max(len(found) - SHOWN, 0))


def _cards(
    session: Session, found: Iterable[int], policy: Policy, now: datetime
) -> tuple[DraftCard, ...]:
    return tuple(read_card(session, agenda.draft(session, one), policy, now) for one in found)
