"""What people know of one draft: what was written, approved and asked, and when."""

from dataclasses import dataclass, field

from tests.crash.cards import Card
from tests.crash.plan import DraftPlan, Mood

MOST_RETRIES = 4
"""How often somebody tries again before leaving a card as it is."""


@dataclass(slots=True)
class Wording:
    """A version of the text, and when it stood in the channel (Unix seconds)."""

    texts: tuple[str, ...]
    since: float
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody clicked Approve below this wording."""

    person: str
    texts: tuple[str, ...]
    at: float
    acked_by: float | None
    """When Slack had told that it was acknowledged, None where nobody said so."""


@dataclass(slots=True)
class Tale:
    """One draft as its author and its reviewers remember it."""

    plan: DraftPlan
    ts: str = ""
    wordings: list[Wording] = field(default_factory=list)
    approvals: list[Approval] = field(default_factory=list)
    gone_at: float | None = None
    """When its message was deleted."""
    taken_back: bool = False
    """Whether its author has withdrawn it or deleted its message."""
    changed_late: bool = False
    """Whether it was changed after it had been approved."""
    takes_down: bool = False
    acted: bool = False
    """Whether its author has done everything that was planned."""
    retries: int = 0
    questions: int = 0


def waits_for_people(tale: Tale, card: Card) -> bool:
    """Whether the card visibly asks somebody for something."""
    if card.headline in ("Not published", "On hold", "Missed", "Partly published", "In doubt"):
        return bool(card.buttons & {"retry", "settle_live"}) or stopped(tale, card)
    return card.headline == "In review" and tale.plan.mood is Mood.HALF


def stopped(tale: Tale, card: Card) -> bool:
    """Whether it stays as it is because its author changed their mind in the middle of it."""
    asked = tale.changed_late or tale.gone_at is not None
    return asked and card.headline == "Partly published" and "take_down" in card.buttons


def is_ended(tale: Tale, card: Card) -> bool:
    """Whether the card says that all is done, as its author wanted it."""
    match card.headline:
        case "Published":
            return all(part.tweet_id for part in card.parts)
        case "Taken down":
            return tale.takes_down
        case "Withdrawn":  # also by an edit in the middle: its new text is a new message
            return tale.taken_back or tale.changed_late
        case _:
            return False


def rests(tale: Tale, card: Card) -> bool:
    """Whether nothing more happens to a draft, unless somebody does something new."""
    if is_ended(tale, card):
        return tale.acted
    tired = tale.retries >= MOST_RETRIES or "retry" not in card.buttons
    return tale.acted and waits_for_people(tale, card) and tired and card.headline != "In doubt"
