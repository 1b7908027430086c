"""The publication: its states, its attempts, and what is known of their results."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.machine import Machine


class PublicationState(StrEnum):
    """Where the intent to put a revision on an account stands."""

    SCHEDULED = "scheduled"
    PUBLISHING = "publishing"
    IN_DOUBT = "in_doubt"
    HELD = "held"
    MISSED = "missed"
    FAILED = "failed"
    PUBLISHED = "published"
    REMOVING = "removing"
    REMOVED = "removed"
    CANCELLED = "cancelled"


class PublicationAction(StrEnum):
    """What may happen to a publication."""

    RESCHEDULE = "be_scheduled"
    CLAIM = "be_claimed"
    REQUEUE = "be_tried_later"
    DOUBT = "fall_in_doubt"
    HOLD = "be_held"
    MISS = "be_missed"
    FAIL = "fail"
    FINISH = "be_published"
    CANCEL = "be_cancelled"
    REMOVE = "be_taken_down"
    REMOVED = "be_gone"


_S, _A = PublicationState, PublicationAction

PUBLICATION = Machine(
    "publication",
    {
        (_S.SCHEDULED, _A.RESCHEDULE): _S.SCHEDULED,
        (_S.SCHEDULED, _A.CLAIM): _S.PUBLISHING,
        (_S.SCHEDULED, _A.HOLD): _S.HELD,
        (_S.SCHEDULED, _A.MISS): _S.MISSED,
        (_S.SCHEDULED, _A.CANCEL): _S.CANCELLED,
        (_S.SCHEDULED, _A.FAIL): _S.FAILED,
        (_S.PUBLISHING, _A.FINISH): _S.PUBLISHED,
        (_S.PUBLISHING, _A.HOLD): _S.HELD,
        (_S.PUBLISHING, _A.MISS): _S.MISSED,
        (_S.PUBLISHING, _A.CANCEL): _S.CANCELLED,
        (_S.PUBLISHING, _A.FAIL): _S.FAILED,
        (_S.PUBLISHING, _A.REQUEUE): _S.SCHEDULED,
        (_S.PUBLISHING, _A.DOUBT): _S.IN_DOUBT,
        (_S.IN_DOUBT, _A.FINISH): _S.PUBLISHED,
        (_S.IN_DOUBT, _A.REQUEUE): _S.SCHEDULED,
        (_S.IN_DOUBT, _A.FAIL): _S.FAILED,
        (_S.HELD, _A.RESCHEDULE): _S.SCHEDULED,
        (_S.HELD, _A.CANCEL): _S.CANCELLED,
        (_S.MISSED, _A.RESCHEDULE): _S.SCHEDULED,
        (_S.MISSED, _A.CANCEL): _S.CANCELLED,
        (_S.FAILED, _A.RESCHEDULE): _S.SCHEDULED,
        (_S.FAILED, _A.CANCEL): _S.CANCELLED,
        (_S.FAILED, _A.REMOVE): _S.REMOVING,
        (_S.PUBLISHED, _A.REMOVE): _S.REMOVING,
        (_S.REMOVING, _A.REMOVED): _S.REMOVED,
    },
)

ENDED = (_S.CANCELLED, _S.PUBLISHED, _S.REMOVING, _S.REMOVED)
"""States from which nothing more goes out; a draft has at most one publication in another one."""

IN_FLIGHT = (_S.PUBLISHING, _S.IN_DOUBT)
"""States in which a part may be live without our knowing: the draft cannot be changed."""


class Reason(StrEnum):
    """Why a publication is held, missed, cancelled or failed."""

    PAUSED = "paused"
    LATE = "late"
    TOO_EARLY = "too_early"
    STOP_ASKED = "stop_asked"
    NOT_APPROVED = "not_approved"
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    ACCESS = "access"
    CREDITS = "credits"
    NO_ACCOUNT = "no_account"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    DEAD_LINK = "dead_link"
    STRAY_LINK = "stray_link"
    SETTLED = "settled"
    ASKED = "asked"


class AttemptState(StrEnum):
    """What is known of one call to X."""

    OPEN = "open"
    LIVE = "live"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Live:
    """X confirmed: the tweet exists, with this id and the text as X returned it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class NotLive:
    """X surely did not take it; `retry_at` is set where a later try may succeed."""

    reason: Reason
    detail: str
    retry: bool = False
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """X says the account has this text already: whose it is, a lookup decides."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It cannot be known from this answer whether X accepted."""

    detail: str


Outcome = Live | NotLive | Duplicate | Unknown
