"""Cards to draw: one that is in review, and whatever a test changes about it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.beside import Beside, with_beside
from bot.domain.card import DraftCard
from bot.domain.card_parts import PartCard, PictureCard, PublicationCard
from bot.domain.content import Content, Part
from bot.domain.draft import DraftState, MessageRef
from bot.domain.media import MediaFormat, MediaKind
from bot.domain.publication import PublicationState, Reason
from bot.domain.quorum import Progress, Verdict, VerdictKind
from bot.domain.tweet import weighted_length
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE

DUE = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
HANDLE = "RiversideClinic"


def card(*texts: str, **changes: Any) -> DraftCard:
    """A draft in review that a clinician approved and compliance did not yet."""
    texts = texts or ("Flu jabs start on Monday.",)
    drawn = DraftCard(
        id=12,
        version=3,
        revision_id=34,
        revision=2,
        state=DraftState.IN_REVIEW,
        author=AUTHOR,
        source=MessageRef("slack", "C0DRAFTS", "1790000000.000100"),
        card=None,
        handle=HANDLE,
        content=Content("clinic", tuple(Part(text) for text in texts)),
        parts=tuple(PartCard(text, weighted_length(text), None, removed=False) for text in texts),
        findings=(),
        verdict=Verdict(
            VerdictKind.WAITING,
            (Progress("Clinical", 1, (CLINICIAN,)), Progress("Compliance", 1, ())),
        ),
        missing=(COMPLIANCE,),
        requests=(),
        wish=None,
        publication=None,
        asked_revision=0,
    )
    return replace(drawn, **changes)


def illustrated(*alts: str, **changes: Any) -> DraftCard:
    """A draft in review whose first part has a picture for each alt text."""
    drawn = card(**changes)
    pictures = tuple(
        PictureCard(MediaKind.PHOTO, MediaFormat.PNG, alt, f"F{n}") for n, alt in enumerate(alts)
    )
    first, *others = drawn.parts
    return replace(drawn, parts=(replace(first, pictures=pictures), *others))


def beside(given: Beside, *texts: str, **changes: Any) -> DraftCard:
    """A draft in review with what a form gives beside the text."""
    drawn = card(*(texts or ("Do you sleep well?",)), **changes)
    content = with_beside(drawn.content, given)
    pairs = zip(drawn.parts, content.parts, strict=True)
    parts = tuple(replace(shown, poll=part.poll) for shown, part in pairs)
    return replace(drawn, content=content, parts=parts)


def publication(
    state: PublicationState, reason: Reason | None = None, **changes: Any
) -> PublicationCard:
    """A publication that is due at `DUE`."""
    made = PublicationCard(
        id=5,
        state=state,
        reason=reason,
        detail="",
        due_at=DUE,
        asks=False,
        settling=False,
        stop_asked=False,
    )
    return replace(made, **changes)


def published(drawn: DraftCard, live: int, state: PublicationState, **changes: Any) -> DraftCard:
    """The same draft with its first parts public."""
    parts = tuple(
        replace(part, tweet_id=str(1_900_000_000_000_000_000 + n) if n < live else None)
        for n, part in enumerate(drawn.parts)
    )
    reason = changes.pop("reason", None)
    return replace(
        drawn,
        state=DraftState.CLOSED,
        missing=(),
        parts=parts,
        publication=publication(state, reason, **changes),
    )
