"""Why a publication stands where it stands, and what a person can do about it, in words."""

from bot.domain.card_parts import PublicationCard
from bot.domain.publication import Reason

_WHY = {
    Reason.PAUSED: "publishing is paused",
    Reason.LATE: "its due time has passed",
    Reason.TOO_EARLY: "it is not due yet",
    Reason.STOP_ASKED: "its message was changed or deleted",
    Reason.NOT_APPROVED: "its approval does not hold any more",
    Reason.CHANGED: "it is not what was approved any more",
    Reason.UNREADABLE: "I was away and could not read its message again",
    Reason.ACCESS: "X does not let me publish for this account",
    Reason.CREDITS: "the X account has no credits left",
    Reason.NO_ACCOUNT: "I do not publish for this account any more",
    Reason.REFUSED: "X refused it",
    Reason.DUPLICATE: "the account says this already",
    Reason.DEAD_LINK: "one of its links leads nowhere now",
    Reason.STRAY_LINK: "one of its links leads elsewhere now, where a rule objects",
    Reason.SETTLED: "it is settled that X did not take it",
    Reason.ASKED: "somebody asked for it",
}
_NEXT = {
    Reason.PAUSED: "It goes on when an operator types `/tweet resume`.",
    Reason.UNREADABLE: "Please look at the message, then choose *Publish now* or a new time.",
    Reason.ACCESS: "An operator has to mend the keys; then choose *Publish now*.",
    Reason.NO_ACCOUNT: (
        "An operator has to put it back into countersign.toml and start me again; then choose "
        "*Publish now*."
    ),
    Reason.DEAD_LINK: (
        "Please open the link. *Publish now* sends it all the same; at a new time, chosen with "
        "*When*, I look at the link again."
    ),
    Reason.STRAY_LINK: (
        "Please open the link. *Publish now* sends it all the same, unless the rule stops it; at a "
        "new time, chosen with *When*, I look at the link again."
    ),
    Reason.CREDITS: "An operator has to top them up; then choose *Publish now*.",
}


def why(publication: PublicationCard) -> str:
    """Return why it is held, missed or not published; goes on a sentence."""
    return _WHY[publication.reason] if publication.reason else "something went wrong"


def next_step(publication: PublicationCard) -> str | None:
    """Return what helps against its reason, None where any of the card's buttons may."""
    return _NEXT.get(publication.reason) if publication.reason else None
