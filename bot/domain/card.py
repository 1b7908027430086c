"""The card: everything that a chat message shows of a draft, and what it offers to do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.card_parts import Fetching, PartCard, PictureCard, PublicationCard
from bot.domain.changes import Change
from bot.domain.content import Content
from bot.domain.destination import LinkCard
from bot.domain.draft import OPEN, DraftState, FileRef, MessageRef, Wish
from bot.domain.finding import Finding, blocks
from bot.domain.media import is_described
from bot.domain.price import estimate
from bot.domain.publication import PublicationState
from bot.domain.quorum import StandIn, Verdict
from bot.domain.recurrence import RecurrenceCard


class Offer(StrEnum):
    """A button on a card."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"
    REVOKE = "revoke"
    WITHDRAW = "withdraw"
    WHEN = "when"
    NEXT_SLOT = "next_slot"
    EDIT = "edit"
    DUPLICATE = "duplicate"
    ALT_TEXT = "alt_text"
    CANCEL = "cancel"
    RETRY = "retry"
    SETTLE_LIVE = "settle_live"
    SETTLE_NOT_LIVE = "settle_not_live"
    TAKE_DOWN = "take_down"
    REPEAT = "repeat"
    STOP_REPEATING = "stop_repeating"


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
    link: str | None = None
    """The address of the card itself, None until it is known."""
    status: MessageRef | None = None
    """The status in the author's thread, where the card stands elsewhere."""
    stand_ins: tuple[StandIn, ...] = ()
    """Who decides in whose place now."""
    replies: int = 0
    """How much was said of it in its thread."""
    reviewed_revision: int = 0
    """The number of the revision before this one that somebody reviewed last, 0 if none was."""
    changes: tuple[Change, ...] = ()
    """What became different since then."""
    slot: datetime | None = None
    """The slot that the draft would get now, None where its account has none free."""
    writer: str = ""
    """Who wrote this revision; the author of a copy or a repetition did not."""
    posted: bool = False
    """Whether the bot posted the message: its author changes the text by a form."""
    fetching: Fetching | None = None
    """What is not here yet: until then nobody can decide."""
    files: tuple[FileRef, ...] = ()
    """Every file that is with the draft, also those that wait or cannot go out."""
    links: tuple[LinkCard, ...] = ()
    """Where its links lead, where somebody looked or is about to."""
    recurrence: RecurrenceCard | None = None
    """By what rhythm it is drafted again, while it is."""

    @property
    def looking(self) -> bool:
        """Whether nobody can decide only because somebody has still to look at its links."""
        waits = any(link.destination is None for link in self.links)
        return waits and self.state is DraftState.DRAFTING and not blocks(self.findings)

    @property
    def price(self) -> int:
        """What posting the parts that are not out yet is likely to cost, in 1/1000 of a dollar."""
        left = [part for part in self.parts if part.tweet_id is None]
        told = sum(bool(picture.alt) for part in left for picture in part.pictures)
        answers = bool(self.content.reply_to) and self.parts[0].tweet_id is None
        return estimate((part.text for part in left), told, answers=answers)

    @property
    def pictures(self) -> tuple[PictureCard, ...]:
        """Every picture and video, counted over all parts."""
        return tuple(picture for part in self.parts for picture in part.pictures)

    @property
    def stands_elsewhere(self) -> bool:
        """Whether it stands in another channel than the message of its draft."""
        return self.card is not None and self.card.channel != self.source.channel

    @property
    def thread(self) -> MessageRef:
        """Where a draft is talked about: below its message, or below a card in a channel."""
        return self.card if self.card and self.stands_elsewhere else self.source

    @property
    def live(self) -> bool:
        """Whether any part is public now."""
        return any(part.tweet_id and not part.removed for part in self.parts)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The buttons that the card shows, in order."""
        return offers(self)


_REPEATABLE = (DraftState.IN_REVIEW, DraftState.CHANGES_REQUESTED, DraftState.APPROVED)


def offers(card: DraftCard) -> tuple[Offer, ...]:
    """Decide what can be done with a draft now; who may do it is judged at the click."""
    found = (card.publication and _of_publication(card)) or _of_draft(card)
    edit = (Offer.EDIT,) if card.posted and _changeable(card) else ()
    again = _repeat(card) if found and not in_flight(card) else ()
    return (*found, *edit, *again)


def _repeat(card: DraftCard) -> tuple[Offer, ...]:
    if card.recurrence is not None:
        is_asked = card.recurrence.draft_id == card.id or card.state in OPEN
        return (Offer.STOP_REPEATING,) if is_asked else ()
    content, can = card.content, card.state in _REPEATABLE or card.live
    stays = card.pictures or content.reply_to or content.authorization  # what does not come along
    return (Offer.REPEAT,) if can and not stays else ()


def _changeable(card: DraftCard) -> bool:
    stopped = card.publication is not None and card.publication.stop_asked
    return card.state in OPEN and not in_flight(card) and not stopped


def _of_publication(card: DraftCard) -> tuple[Offer, ...]:
    publication = card.publication
    if publication is None or publication.settling:
        return ()
    match publication.state:
        case PublicationState.IN_DOUBT:
            return (Offer.SETTLE_LIVE, Offer.SETTLE_NOT_LIVE) if publication.asks else ()
        case PublicationState.PUBLISHED:
            return (Offer.DUPLICATE, Offer.TAKE_DOWN)
        case PublicationState.REMOVED:
            return (Offer.DUPLICATE,)
        case PublicationState.FAILED if card.live:
            again = () if publication.stop_asked else (Offer.RETRY,)
            return (*again, Offer.DUPLICATE, Offer.TAKE_DOWN)
        case PublicationState.HELD | PublicationState.MISSED | PublicationState.FAILED:
            return (Offer.RETRY, *_when(card), Offer.CANCEL, Offer.REVOKE, Offer.WITHDRAW)
        case PublicationState.SCHEDULED:
            if card.live:
                return ()
            against = (Offer.REVOKE, Offer.REQUEST_CHANGES, Offer.WITHDRAW)
            return (*_when(card), Offer.CANCEL, *against, Offer.DUPLICATE)
    return ()


def _when(card: DraftCard) -> tuple[Offer, ...]:
    is_in_it = (
        card.publication is not None
        and card.publication.state is PublicationState.SCHEDULED
        and card.publication.due_at == card.slot
    )
    return (Offer.WHEN, Offer.NEXT_SLOT) if card.slot and not is_in_it else (Offer.WHEN,)


def _of_draft(card: DraftCard) -> tuple[Offer, ...]:
    match card.state:
        case DraftState.DRAFTING:
            return (*_alt_text(card), Offer.WITHDRAW)
        case DraftState.IN_REVIEW | DraftState.CHANGES_REQUESTED:
            return (
                Offer.APPROVE,
                Offer.REQUEST_CHANGES,
                Offer.REJECT,
                *_alt_text(card),
                Offer.WHEN,
                *((Offer.REVOKE,) if _decided(card) else ()),
                Offer.WITHDRAW,
            )
        case DraftState.APPROVED if not in_flight(card):
            return (*_when(card), Offer.REVOKE, Offer.REQUEST_CHANGES, Offer.WITHDRAW)
        case DraftState.REJECTED | DraftState.WITHDRAWN:
            return (Offer.DUPLICATE,)
    return ()


def _alt_text(card: DraftCard) -> tuple[Offer, ...]:
    return (Offer.ALT_TEXT,) if any(is_described(one.kind) for one in card.pictures) else ()


def _decided(card: DraftCard) -> bool:
    """Whether anybody has decided on what the card shows, and could take it back."""
    return bool(card.requests) or any(stage.people for stage in card.verdict.stages)


def in_flight(card: DraftCard) -> bool:
    """Whether a part may be on its way to X at this moment."""
    return card.publication is not None and card.publication.state in (
        PublicationState.PUBLISHING,
        PublicationState.IN_DOUBT,
    )
