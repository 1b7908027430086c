"""What a card offers to do, in every state; who may do it is judged at the click."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.card import DraftCard, Offer
from bot.domain.card_parts import PartCard, PictureCard, PublicationCard
from bot.domain.content import Content, Part
from bot.domain.draft import DraftState, MessageRef
from bot.domain.media import MediaFormat, MediaKind
from bot.domain.publication import PublicationState
from bot.domain.quorum import Progress, Verdict, VerdictKind
from bot.domain.recurrence import RecurrenceCard

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PUBLICATION = PublicationCard(
    id=1,
    state=PublicationState.SCHEDULED,
    reason=None,
    detail="",
    due_at=NOW,
    asks=False,
    settling=False,
    stop_asked=False,
)
CARD = DraftCard(
    id=1,
    version=1,
    revision_id=1,
    revision=1,
    state=DraftState.APPROVED,
    author="U0AUTHOR1",
    source=MessageRef("slack", "C0DRAFTS", "1.0"),
    card=None,
    handle="RiversideClinic",
    content=Content("clinic", (Part("Sleep well."),)),
    parts=(PartCard("Sleep well.", 11, None, removed=False),),
    findings=(),
    verdict=Verdict(VerdictKind.COMPLETE, ()),
    missing=(),
    requests=(),
    wish=None,
    publication=None,
    asked_revision=1,
)
LIVE = (PartCard("Sleep well.", 11, "77", removed=False),)
GONE = (PartCard("Sleep well.", 11, "77", removed=True),)

WHEN = (Offer.WHEN, Offer.REVOKE, Offer.REQUEST_CHANGES, Offer.WITHDRAW, Offer.REPEAT)
DECIDE = (
    Offer.APPROVE,
    Offer.REQUEST_CHANGES,
    Offer.REJECT,
    Offer.WHEN,
    Offer.WITHDRAW,
    Offer.REPEAT,
)
AGAIN = (Offer.RETRY, Offer.WHEN, Offer.CANCEL, Offer.REVOKE, Offer.WITHDRAW, Offer.REPEAT)


@pytest.mark.parametrize(
    ("state", "offers"),
    [
        (DraftState.DRAFTING, (Offer.WITHDRAW,)),
        (DraftState.IN_REVIEW, DECIDE),
        (DraftState.CHANGES_REQUESTED, DECIDE),
        (DraftState.APPROVED, WHEN),
        (DraftState.REJECTED, (Offer.DUPLICATE,)),
        (DraftState.WITHDRAWN, (Offer.DUPLICATE,)),
        (DraftState.CLOSED, ()),
    ],
)
def test_without_a_publication(state: DraftState, offers: tuple[Offer, ...]) -> None:
    assert replace(CARD, state=state).offers == offers


@pytest.mark.parametrize(
    "decided",
    [
        {"requests": (("U0CLINIC1", "Cite the source"),)},
        {"verdict": Verdict(VerdictKind.WAITING, (Progress("Clinical", 2, ("U0CLINIC1",)),))},
    ],
)
def test_a_decision_can_be_taken_back_once_there_is_one(decided: dict[str, Any]) -> None:
    card = replace(CARD, state=DraftState.IN_REVIEW)
    assert Offer.REVOKE not in card.offers
    assert Offer.REVOKE in replace(card, **decided).offers


@pytest.mark.parametrize(
    ("state", "offers"),
    [
        (
            PublicationState.SCHEDULED,
            (
                Offer.WHEN,
                Offer.CANCEL,
                Offer.REVOKE,
                Offer.REQUEST_CHANGES,
                Offer.WITHDRAW,
                Offer.DUPLICATE,
                Offer.REPEAT,
            ),
        ),
        (PublicationState.PUBLISHING, ()),
        (PublicationState.IN_DOUBT, ()),
        (PublicationState.HELD, AGAIN),
        (PublicationState.MISSED, AGAIN),
        (PublicationState.FAILED, AGAIN),
    ],
)
def test_with_nothing_out_yet(state: PublicationState, offers: tuple[Offer, ...]) -> None:
    card = replace(CARD, publication=replace(PUBLICATION, state=state))
    assert card.offers == offers


@pytest.mark.parametrize(
    ("state", "offers"),
    [
        (PublicationState.SCHEDULED, ()),
        (PublicationState.PUBLISHING, ()),
        (PublicationState.FAILED, (Offer.RETRY, Offer.DUPLICATE, Offer.TAKE_DOWN, Offer.REPEAT)),
        (PublicationState.PUBLISHED, (Offer.DUPLICATE, Offer.TAKE_DOWN, Offer.REPEAT)),
        (PublicationState.REMOVING, ()),
    ],
)
def test_with_a_part_live(state: PublicationState, offers: tuple[Offer, ...]) -> None:
    publication = replace(PUBLICATION, state=state)
    card = replace(CARD, state=DraftState.CLOSED, parts=LIVE, publication=publication)
    assert card.live
    assert card.offers == offers


def test_a_thread_that_was_asked_to_stop_is_not_tried_again() -> None:
    publication = replace(PUBLICATION, state=PublicationState.FAILED, stop_asked=True)
    card = replace(CARD, state=DraftState.CLOSED, parts=LIVE, publication=publication)
    assert card.offers == (Offer.DUPLICATE, Offer.TAKE_DOWN, Offer.REPEAT)


def test_a_question_is_offered_until_somebody_answers() -> None:
    asked = replace(PUBLICATION, state=PublicationState.IN_DOUBT, asks=True)
    card = replace(CARD, publication=asked)
    assert card.offers == (Offer.SETTLE_LIVE, Offer.SETTLE_NOT_LIVE)
    assert replace(card, publication=replace(asked, settling=True)).offers == ()


def test_what_was_taken_down_may_be_said_anew() -> None:
    publication = replace(PUBLICATION, state=PublicationState.REMOVED)
    card = replace(CARD, state=DraftState.CLOSED, parts=GONE, publication=publication)
    assert not card.live
    assert card.offers == (Offer.DUPLICATE,)


@pytest.mark.parametrize(
    "state",
    [
        PublicationState.SCHEDULED,
        PublicationState.HELD,
        PublicationState.MISSED,
        PublicationState.FAILED,
        None,
    ],
)
def test_the_next_slot_is_offered_where_there_is_one(state: PublicationState | None) -> None:
    publication = replace(PUBLICATION, state=state) if state else None
    card = replace(CARD, publication=publication)
    assert Offer.NEXT_SLOT not in card.offers
    assert Offer.NEXT_SLOT in replace(card, slot=NOW + timedelta(hours=1)).offers


def test_a_draft_that_has_the_next_slot_is_not_offered_it_again() -> None:
    publication = replace(PUBLICATION, state=PublicationState.SCHEDULED)
    card = replace(CARD, publication=publication, slot=publication.due_at)
    assert Offer.NEXT_SLOT not in card.offers
    late = replace(publication, state=PublicationState.HELD)
    assert Offer.NEXT_SLOT in replace(card, publication=late).offers


def test_what_repeats_is_stopped_where_it_began_and_on_what_is_still_open() -> None:
    ours = RecurrenceCard(CARD.id, "U0AUTHOR1", "every Friday at 08:30", None)
    others = replace(ours, draft_id=99)
    out = replace(
        CARD,
        state=DraftState.CLOSED,
        parts=LIVE,
        publication=replace(PUBLICATION, state=PublicationState.PUBLISHED),
    )
    assert replace(out, recurrence=ours).offers[-1] is Offer.STOP_REPEATING
    assert replace(CARD, recurrence=others).offers[-1] is Offer.STOP_REPEATING
    assert replace(out, recurrence=others).offers == (Offer.DUPLICATE, Offer.TAKE_DOWN)


def test_an_answer_and_pictures_do_not_repeat() -> None:
    answer = replace(CARD, content=replace(CARD.content, reply_to="77"))
    picture = PictureCard(MediaKind.PHOTO, MediaFormat.PNG, "A bed.", None)
    shown = replace(CARD, parts=(replace(CARD.parts[0], pictures=(picture,)),))
    assert Offer.REPEAT not in (*answer.offers, *shown.offers)
