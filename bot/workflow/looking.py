"""Looking: at a draft, at what comes, at what waits; nothing is changed."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.cards import agenda as cards
from bot.desk import Desk
from bot.domain.card import DraftCard
from bot.domain.home import Listed, PauseCard
from bot.errors import RefusedError
from storage import drafts, people, stand_ins

STRANGER = (
    "Drafts are shown to those who write them and decide on them. "
    "Write one yourself, or ask a colleague who does."
)


@dataclass(frozen=True, slots=True)
class Queue:
    """What goes out next, and what stops it."""

    drafts: tuple[DraftCard, ...]
    pauses: tuple[PauseCard, ...]


def look(desk: Desk, draft_id: int) -> DraftCard:
    """Return a draft as people see it; RefusedError where there is none."""
    with desk.database.read() as session:
        return desk.card(session, drafts.get(session, draft_id))


def show(desk: Desk, draft_id: int, person: str) -> DraftCard:
    """Return a draft to somebody who asks for it by its number."""
    with desk.database.read() as session:
        if not cards.is_concerned(session, person, desk.team(session)):
            raise RefusedError(STRANGER)
        return desk.card(session, drafts.get(session, draft_id))


def queue(desk: Desk, person: str) -> Queue:
    """Return what goes out next."""
    with desk.database.read() as session:
        if not cards.is_concerned(session, person, desk.team(session)):
            raise RefusedError(STRANGER)
        coming = cards.read_queue(session, desk.policy, desk.clock())
        return Queue(coming, cards.read_pauses(session))


def recurring(desk: Desk, person: str) -> tuple[DraftCard, ...]:
    """Return the drafts that repeat, those that were asked for first first."""
    with desk.database.read() as session:
        if not cards.is_concerned(session, person, desk.team(session)):
            raise RefusedError(STRANGER)
        return cards.read_recurring(session, desk.policy, desk.clock())


def mine(desk: Desk, person: str) -> tuple[Listed, Listed]:
    """Return what waits for somebody, and their own open drafts."""
    with desk.database.read() as session:
        return cards.read_mine(session, person, desk.policy, desk.clock())


def zone_of(desk: Desk, person: str) -> ZoneInfo:
    """Return the zone somebody lives in, that of the first account where it is not known."""
    with desk.database.read() as session:
        return cards.reader_zone(session, person, desk.policy)


def who_is_away(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return each reviewer who is away, and who decides in their place."""
    with desk.database.read() as session:
        standing = stand_ins.standing(session, desk.clock())
        return tuple((stand_in.reviewer, stand_in.person) for stand_in in standing)


def open_home(desk: Desk, person: str) -> None:
    """Note that somebody looks at their Home tab: the Home loop draws it."""
    with desk.write() as session:
        people.open_home(session, person, desk.clock())
