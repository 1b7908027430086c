"""The draft: its states, where it was written, and when its author wants it out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.beside import Beside
from bot.domain.finding import Finding
from bot.domain.machine import Machine


class DraftState(StrEnum):
    """Where a draft stands on its way to being a tweet."""

    DRAFTING = "drafting"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class DraftAction(StrEnum):
    """What may happen to a draft."""

    BLOCK = "be_blocked"
    REVISE = "be_revised"
    REQUEST_CHANGES = "be_sent_back"
    REOPEN = "return_to_review"
    APPROVE = "be_approved"
    REJECT = "be_rejected"
    WITHDRAW = "be_withdrawn"
    GO_LIVE = "go_live"


_S, _A = DraftState, DraftAction
OPEN = (_S.DRAFTING, _S.IN_REVIEW, _S.CHANGES_REQUESTED, _S.APPROVED)
"""States in which the content may still change."""

_REVIEWABLE = (_S.IN_REVIEW, _S.CHANGES_REQUESTED, _S.APPROVED)

DRAFT = Machine(
    "draft",
    {
        **{(state, _A.BLOCK): _S.DRAFTING for state in OPEN},
        **{(state, _A.REVISE): _S.IN_REVIEW for state in OPEN},
        (_S.IN_REVIEW, _A.REQUEST_CHANGES): _S.CHANGES_REQUESTED,
        (_S.APPROVED, _A.REQUEST_CHANGES): _S.CHANGES_REQUESTED,
        (_S.CHANGES_REQUESTED, _A.REOPEN): _S.IN_REVIEW,
        (_S.APPROVED, _A.REOPEN): _S.IN_REVIEW,
        (_S.IN_REVIEW, _A.APPROVE): _S.APPROVED,
        (_S.CHANGES_REQUESTED, _A.APPROVE): _S.APPROVED,
        **{(state, _A.REJECT): _S.REJECTED for state in _REVIEWABLE},
        **{(state, _A.WITHDRAW): _S.WITHDRAWN for state in OPEN},
        # a late answer of X may come when the draft has moved on
        **{(state, _A.GO_LIVE): _S.CLOSED for state in OPEN},
    },
)


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One chat message: the front it is on, its channel, and its own id there."""

    front: str
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class FileRef:
    """One file: the chat's own id of it, and the part that it belongs to, counted from 0."""

    ref: str
    part: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """When a draft should go out: at a time, in the next free slot, or as soon as approved."""

    at: datetime | None
    slot: bool = False
    """Whether the slot is chosen at the approval; `at` is None then."""


NOW = Wish(None)
NEXT_SLOT = Wish(None, slot=True)


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A message that wants to become a tweet, decoded from its front."""

    ref: MessageRef
    author: str
    text: str
    findings: tuple[Finding, ...] = ()
    """What could not be carried over from the chat text."""
    edited_ts: str = ""
    """The chat's own mark of the newest edit, empty where the message was never edited."""
    account: str = ""
    """Whose tweet it is to be; empty for the first account of the policy."""
    posted: bool = False
    """Whether the bot posted the message for its author, who changes the text by a form."""
    files: tuple[FileRef, ...] = ()
    """What is attached, in order; what comes with a message belongs to the first part."""
    beside: Beside | None = None
    """What a form gives beside the text; None where none does: then what stands there stays."""

    wrote: str = ""
    """Who wrote the text, where its author only asked for it again."""
    occurrence: int = 0
    """The occurrence of a recurrence that it is made for, 0 where it is for none."""

    @property
    def words(self) -> str:
        """Everything that a person typed: what must be looked at before any of it is stored."""
        return "\n".join((self.text, *(self.beside.words if self.beside else ())))
