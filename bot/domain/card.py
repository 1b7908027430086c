"""The card: everything that a chat message shows of a draft, and what it offers to do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.content import Content
from bot.domain.draft import DraftState, MessageRef, Wish
from bot.domain.finding import Finding
from bot.domain.publication import PublicationState, Reason
from bot.domain.quorum import Verdict


class Offer(StrEnum):
    """A button on a card."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"
    REVOKE = "revoke"
    WITHDRAW = "withdraw"
    WHEN = "when"
    CANCEL = "cancel"
    RETRY = "retry"
    SETTLE_LIVE = "settle_live"
    SETTLE_NOT_LIVE = "settle_not_live"
    TAKE_DOWN = "take_down"


@dataclass(frozen=True, slots=True)
class PartCard:
    """One part as it will be public, its weighted length, and its tweet id once it is live."""

    text: str
    length: int
    tweet_id: str | None
    removed: bool


@dataclass(frozen=True, slots=True)
class PublicationCard:
    """Where the publication stands; `asks` says that a person must settle a doubt."""

    id: int
    state: PublicationState
    reason: Reason | None
    detail: str
    due_at: datetime
    asks: bool
    settling: bool
    stop_asked: bool


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft as people see it, at one version of its row."""

    id: int
    version: int
    revision_id: int
    revision: int
    state: DraftState
    author: str
    source: MessageRef
    card: MessageRef | None
    handle: str
    content: Content
    parts: tuple[PartCard, ...]
    findings: tuple[Finding, ...]
    verdict: Verdict
    missing: tuple[str, ...]
    """People of the stages that still wait, who could approve and have not."""
    requests: tuple[tuple[str, str], ...]
    """Who asked for changes or rejected, and their reason."""
    wish: Wish | None
    publication: PublicationCard | None
    asked_revision: int
    """The newest revision whose reviewers were called; they are called once a revision."""

    @property
    def live(self) -> bool:
        """Whether any part is public now."""
        return any(part.tweet_id and not part.removed for part in self.parts)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The buttons that the card shows, in order."""
        return offers(self)


def offers(card: DraftCard) -> tuple[Offer, ...]:
    """Decide what can be done with a draft now; who may do it is judged at the click."""
    if card.publication and (special := _of_publication(card)):
        return special
    return _of_draft(card)


def _of_publication(card: DraftCard) -> tuple[Offer, ...]:
    publication = card.publication
    if publication is None or publication.settling:
        return ()
    match publication.state:
        case PublicationState.IN_DOUBT:
            return (Offer.SETTLE_LIVE, Offer.SETTLE_NOT_LIVE) if publication.asks else ()
        case PublicationState.PUBLISHED:
            return (Offer.TAKE_DOWN,)
        case PublicationState.FAILED if card.live:
            again = () if publication.stop_asked else (Offer.RETRY,)
            return (*again, Offer.TAKE_DOWN)
        case PublicationState.HELD | PublicationState.MISSED | PublicationState.FAILED:
            return (Offer.RETRY, Offer.WHEN, Offer.CANCEL, Offer.REVOKE, Offer.WITHDRAW)
        case PublicationState.SCHEDULED:
            if card.live:
                return ()
            return (Offer.WHEN, Offer.CANCEL, Offer.REVOKE, Offer.REQUEST_CHANGES, Offer.WITHDRAW)
    return ()


def _of_draft(card: DraftCard) -> tuple[Offer, ...]:
    match card.state:
        case DraftState.DRAFTING:
            return (Offer.WITHDRAW,)
        case DraftState.IN_REVIEW | DraftState.CHANGES_REQUESTED:
            return (
                Offer.APPROVE,
                Offer.REQUEST_CHANGES,
                Offer.REJECT,
                Offer.WHEN,
                *((Offer.REVOKE,) if _decided(card) else ()),
                Offer.WITHDRAW,
            )
        case DraftState.APPROVED if not in_flight(card):
            return (Offer.WHEN, Offer.REVOKE, Offer.REQUEST_CHANGES, Offer.WITHDRAW)
    return ()


def _decided(card: DraftCard) -> bool:
    """Whether anybody has decided on what the card shows, and could take it back."""
    return bool(card.requests) or any(stage.people for stage in card.verdict.stages)


def in_flight(card: DraftCard) -> bool:
    """Whether a part may be on its way to X at this moment."""
    return card.publication is not None and card.publication.state in (
        PublicationState.PUBLISHING,
        PublicationState.IN_DOUBT,
    )
