"""What speaks against a time: said at once, and settled by a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from sqlmodel import Session

from bot.cards.slots import read_objections, read_slot
from bot.desk import Desk
from bot.domain.draft import DraftState, Wish
from bot.domain.policy import Account
from bot.domain.slots import Objection
from bot.errors import RefusedError
from storage.models import Draft

INSIST = "Please choose the time again; I ask you then whether you mean it."


class ObjectedError(RefusedError):
    """Something speaks against a time; whoever was told of it may insist."""


@dataclass(frozen=True, slots=True)
class Foresight:
    """What a wish would mean now: the moment, and what speaks against it, in words too."""

    wish: Wish
    at: datetime | None
    """The slot of a wish for the next one, the time of one for a time."""
    objections: tuple[Objection, ...]
    words: tuple[str, ...]


def object_to(
    desk: Desk,
    session: Session,
    draft: Draft,
    wish: Wish,
    now: datetime,
    despite: frozenset[Objection],
) -> None:
    """Raise ObjectedError where something speaks against a wish that `despite` does not name."""
    seen = foreseen(desk, session, draft, wish, now)
    if not despite.issuperset(seen.objections):
        raise ObjectedError(f"{' '.join(seen.words)} {INSIST}")


def foreseen(desk: Desk, session: Session, draft: Draft, wish: Wish, now: datetime) -> Foresight:
    """Return what a wish would mean for a draft."""
    if wish.slot:
        return Foresight(wish, read_slot(session, desk.policy, draft, now), (), ())
    at = wish.at or (now if draft.state is DraftState.APPROVED else None)
    account = desk.policy.account(draft.account)
    if at is None or account is None:
        return Foresight(wish, wish.at, (), ())
    found = read_objections(session, desk.policy, draft, at)
    return Foresight(wish, wish.at, found, tuple(_words(account, o, at) for o in found))


def _words(account: Account, objection: Objection, at: datetime) -> str:
    local = at.astimezone(account.zone)
    match objection:
        case Objection.QUIET:
            quiet = account.calendar.quiet
            hours = f"{quiet.begins:%H:%M} to {quiet.ends:%H:%M}" if quiet else "now"
            return f"@{account.handle} is quiet from {hours} ({account.zone})."
        case Objection.BLACKOUT:
            day = f"{local:%A}, {local.day} {local:%B}"
            return f"{day}, is a blackout date of @{account.handle}."
        case Objection.GAP:
            minutes = round(account.calendar.gap.total_seconds() / 60)
            return f"Another tweet of @{account.handle} is less than {minutes} minutes away."
        case _:
            assert_never(objection)
