"""Modals: Slack takes them, and they bring back what they are about."""

import pytest

from bot.domain.card import Offer
from bot.domain.draft import NOW, Wish
from handlers.slack import modals
from handlers.slack.arrivals import Subject
from handlers.slack.ids import Choice
from handlers.slack.modals import View
from tests.slack.cards import DUE, illustrated
from tests.slack.taken import assert_view_is_taken

SEEN = Subject(12, 34)
REASONS = (Offer.REQUEST_CHANGES, Offer.REJECT, Offer.TAKE_DOWN)


@pytest.mark.parametrize(
    ("view", "offer"),
    [
        *((modals.reason(offer, SEEN), offer) for offer in REASONS),
        (modals.when(SEEN, None), Offer.WHEN),
        (modals.when(SEEN, NOW), Offer.WHEN),
        (modals.when(SEEN, Wish(DUE)), Offer.WHEN),
        (modals.address(SEEN), Offer.SETTLE_LIVE),
        (modals.alt_texts(SEEN, illustrated("A bed.", "")), Offer.ALT_TEXT),
        (modals.alt_texts(SEEN, illustrated(*["x" * 1_000] * 10)), Offer.ALT_TEXT),
    ],
)
def test_slack_takes_every_modal(view: View, offer: Offer) -> None:
    assert_view_is_taken(view)
    assert view["callback_id"] == offer
    assert view["private_metadata"] == f"12:34:{offer}"


def test_when_starts_from_the_wish() -> None:
    radio, picker, note = modals.when(SEEN, Wish(DUE))["blocks"]
    assert radio["element"]["initial_option"]["value"] == Choice.AT
    assert picker["element"]["initial_date_time"] == int(DUE.timestamp())
    assert "your own time zone" in note["elements"][0]["text"]


@pytest.mark.parametrize("wish", [None, NOW])
def test_when_without_a_time_starts_with_none(wish: Wish | None) -> None:
    radio, picker, _ = modals.when(SEEN, wish)["blocks"]
    assert radio["element"]["initial_option"]["value"] == Choice.NOW
    assert "initial_date_time" not in picker["element"]
