"""The one gate that every way to X passes: at the claim, and again at the intent of each part."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.publication import PublicationAction, Reason
from bot.domain.quorum import VerdictKind


@dataclass(frozen=True, slots=True)
class GateFacts:
    """What the rows say at this moment, read in the transaction that acts on the answer."""

    approved: str
    """Fingerprint that the publication was made for."""
    actual: str
    """Fingerprint recomputed from the stored content now."""
    is_current: bool
    """Whether the publication's revision is the draft's current one."""
    verdict: VerdictKind
    paused: bool
    set_up: bool
    """Whether the team still has the publication's account."""
    stop_asked: bool
    due_at: datetime
    live_parts: int


@dataclass(frozen=True, slots=True)
class Stop:
    """The publication may not go on: what becomes of it, and why."""

    action: PublicationAction
    reason: Reason


def gate(facts: GateFacts, now: datetime, grace: timedelta) -> Stop | None:
    """Return None when the next part may go out now; otherwise what becomes of the publication."""
    reason = _reason(facts, now, grace)
    if reason is None:
        return None
    if facts.live_parts and reason is not Reason.TOO_EARLY:
        return Stop(PublicationAction.FAIL, reason)
    return Stop(_ACTIONS[reason], reason)


_ACTIONS = {
    Reason.CHANGED: PublicationAction.CANCEL,
    Reason.NOT_APPROVED: PublicationAction.CANCEL,
    Reason.STOP_ASKED: PublicationAction.CANCEL,
    Reason.PAUSED: PublicationAction.HOLD,
    Reason.NO_ACCOUNT: PublicationAction.HOLD,
    Reason.LATE: PublicationAction.MISS,
    Reason.TOO_EARLY: PublicationAction.REQUEUE,
}


def _reason(facts: GateFacts, now: datetime, grace: timedelta) -> Reason | None:
    if facts.actual != facts.approved or not facts.is_current:
        return Reason.CHANGED
    if facts.verdict is not VerdictKind.COMPLETE:
        return Reason.NOT_APPROVED
    if facts.stop_asked:
        return Reason.STOP_ASKED
    if now < facts.due_at:
        return Reason.TOO_EARLY
    if facts.paused:
        return Reason.PAUSED
    if not facts.set_up:
        return Reason.NO_ACCOUNT
    if now - facts.due_at > grace and not facts.live_parts:
        return Reason.LATE
    return None
