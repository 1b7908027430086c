"""Modals: Slack takes them, and they bring back what they are about."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.card import Offer
from bot.domain.draft import NEXT_SLOT, NOW, Wish
from bot.domain.slots import Objection
from bot.timewords import TWICE
from bot.workflow.objecting import Foresight
from handlers.slack import modals, when
from handlers.slack.arrivals import Subject
from handlers.slack.ids import SETTLE_WHEN, Choice
from handlers.slack.modals import View
from tests.slack.cards import DUE, card
from tests.slack.taken import assert_view_is_taken

SEEN = Subject(12, 34)
REASONS = (Offer.REQUEST_CHANGES, Offer.REJECT, Offer.TAKE_DOWN)
LONDON = when.Reader(ZoneInfo("Europe/London"), is_theirs=True)
UNKNOWN = when.Reader(ZoneInfo("Europe/London"), is_theirs=False)

TIME = Foresight(Wish(DUE), DUE, (), ())
QUIET = Foresight(Wish(DUE), DUE, (Objection.QUIET, Objection.GAP), ("Quiet.", "Too near."))
SLOT = Foresight(NEXT_SLOT, DUE, (), ())
AT_ONCE = Foresight(NOW, None, (), ())


@pytest.mark.parametrize(
    ("view", "offer"),
    [
        *((modals.reason(offer, SEEN), offer) for offer in REASONS),
        (when.ask(SEEN, card()), Offer.WHEN),
        (when.ask(SEEN, card(wish=NOW)), Offer.WHEN),
        (when.ask(SEEN, card(wish=Wish(DUE))), Offer.WHEN),
        (when.ask(SEEN, card(wish=NEXT_SLOT, slot=DUE)), Offer.WHEN),
        (modals.address(SEEN), Offer.SETTLE_LIVE),
    ],
)
def test_slack_takes_every_modal(view: View, offer: Offer) -> None:
    assert_view_is_taken(view)
    assert view["callback_id"] == offer
    assert view["private_metadata"] == f"12:34:{offer}"


@pytest.mark.parametrize("seen", [[TIME], [QUIET], [SLOT], [AT_ONCE], [TIME, QUIET]])
@pytest.mark.parametrize("reader", [LONDON, UNKNOWN])
def test_slack_takes_what_shows_a_time(seen: list[Foresight], reader: when.Reader) -> None:
    view = when.settle(SEEN, card(), seen, TWICE, reader)
    assert_view_is_taken(view)
    assert view["callback_id"] == SETTLE_WHEN
    assert view["private_metadata"] == "12:34:when"


def test_when_starts_from_the_wish() -> None:
    radio, _, picker, note = when.ask(SEEN, card(wish=Wish(DUE)))["blocks"]
    assert radio["element"]["initial_option"]["value"] == Choice.AT
    assert picker["element"]["initial_date_time"] == int(DUE.timestamp())
    assert "your own time zone" in note["elements"][0]["text"]
    radio, *_ = when.ask(SEEN, card(wish=NEXT_SLOT, slot=DUE))["blocks"]
    assert radio["element"]["initial_option"]["value"] == Choice.SLOT


@pytest.mark.parametrize("wish", [None, NOW, NEXT_SLOT])
def test_when_without_a_time_starts_with_none(wish: Wish | None) -> None:
    radio, _, picker, _ = when.ask(SEEN, card(wish=wish))["blocks"]
    assert radio["element"]["initial_option"]["value"] == Choice.NOW
    assert "initial_date_time" not in picker["element"]


def test_the_next_slot_is_offered_where_there_is_one() -> None:
    def offered(view: View) -> list[str]:
        return [option["value"] for option in view["blocks"][0]["element"]["options"]]

    assert offered(when.ask(SEEN, card())) == ["now", "at"]
    assert offered(when.ask(SEEN, card(slot=DUE))) == ["now", "slot", "at"]


@pytest.mark.parametrize("seen", [TIME, QUIET, SLOT, AT_ONCE])
def test_what_was_shown_is_what_comes_back(seen: Foresight) -> None:
    view = when.settle(SEEN, card(), [seen], "", LONDON)
    (entry,) = [block for block in view["blocks"] if block["type"] == "input"]
    chosen = when.read_settled(entry["element"]["initial_option"]["value"])
    assert chosen == when.Settled(seen.wish, frozenset(seen.objections))


@pytest.mark.parametrize("value", ["", "at", "at x ", "at 99999999999999 ", "never 0 "])
def test_what_was_not_shown_is_not_read(value: str) -> None:
    assert when.read_settled(value) is None


def test_of_several_times_none_is_chosen_already() -> None:
    view = when.settle(SEEN, card(), [TIME, QUIET], TWICE, LONDON)
    (entry,) = [block for block in view["blocks"] if block["type"] == "input"]
    assert "initial_option" not in entry["element"]


def test_the_two_times_of_a_fold_look_different() -> None:
    first = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    times = (first, first + timedelta(hours=1))
    shown = [when.spelled(at, LONDON.zone) for at in times]
    assert shown == [
        "Sunday, 31 October 2027, 01:30 (BST)",
        "Sunday, 31 October 2027, 01:30 (GMT)",
    ]
