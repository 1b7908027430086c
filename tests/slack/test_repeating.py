"""*Repeat* and *Stop repeating*, through Bolt: the form, the lists, and what they refuse."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.card import DraftCard
from bot.domain.draft import Wish
from bot.domain.home import Home
from bot.domain.recurrence import RecurrenceCard
from bot.workflow.scheduling import set_wish
from handlers.slack.blocks import draw
from tests.conftest import AUTHOR, CLINICIAN, OUTSIDER
from tests.slack import bodies
from tests.slack.cards import card
from tests.slack.dispatching import Slack
from tests.slack.taken import assert_message_is_taken
from tests.slack.test_home import EMPTY, buttons, said, shown

NEXT = datetime(2026, 3, 6, 8, 30, tzinfo=UTC)
AGAIN = RecurrenceCard(12, AUTHOR, "every Friday at 08:30 (Europe/London)", NEXT)


def form(rhythm: str = "weekly", **fields: str | None) -> dict[str, bodies.Body]:
    """The form as somebody sends it."""
    values = {"first": "2026-03-06", "clock": "08:30", "until": None} | fields
    kinds = {"first": "date", "clock": "time", "until": "date"}
    entries: dict[str, bodies.Body] = {
        name: {"type": f"{kinds[name]}picker", f"selected_{kinds[name]}": value}
        for name, value in values.items()
    }
    return entries | {"rhythm": bodies.chosen(rhythm)}


def drafted(slack: Slack) -> DraftCard:
    slack.take(bodies.written("Flu jabs start on Monday."))
    return slack.draft()


def begins(slack: Slack) -> tuple[str, str]:
    """The day and the time that the form begins with."""
    blocks = {b.get("block_id"): b for b in slack.opened()[-1]["blocks"]}
    first, clock = blocks["first"]["element"], blocks["clock"]["element"]
    return first["initial_date"], clock["initial_time"]


def test_the_button_opens_a_form_that_says_what_it_means(slack: Slack) -> None:
    slack.click("repeat", drafted(slack), AUTHOR)
    [view] = slack.opened()
    words = said(view)
    assert "Times of Europe/London, where @RiversideClinic is." in words
    assert "3 days before its time" in words
    assert "needs its own approvals" in words
    assert begins(slack) == ("2026-03-03", "09:00")


def test_the_form_begins_a_week_after_the_time_of_the_draft(slack: Slack) -> None:
    draft = drafted(slack)
    set_wish(slack.desk, draft.id, AUTHOR, Wish(datetime(2026, 7, 3, 12, 15, tzinfo=UTC)))
    slack.click("repeat", draft, AUTHOR)
    assert begins(slack) == ("2026-07-10", "13:15")


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        ("daily", "every day"),
        ("weekdays", "Monday to Friday"),
        ("weekly", "every Friday"),
        ("fortnightly", "every second Friday"),
        ("monthly", "on day 6 of every month"),
    ],
)
def test_each_rhythm_can_be_had_and_stands_on_the_card(
    slack: Slack, rhythm: str, words: str
) -> None:
    assert not slack.submit("repeat", drafted(slack), AUTHOR, **form(rhythm, until="2026-12-24"))
    again = slack.draft().recurrence
    assert again is not None
    told = f"{words} at 08:30, until Thursday 24 December 2026 (Europe/London)"
    assert again.words == told
    assert f"Repeats {told}" in said({"blocks": draw(slack.draft()).blocks})


@pytest.mark.parametrize(
    ("entries", "refusal"),
    [
        (form("hourly"), "how often"),
        (form(first=None), "first day and the time"),
        (form(clock="25:00"), "first day and the time"),
        (form(until="soon"), "first day and the time"),
        (form(first="2026-03-01"), "has passed"),
        (form(first="2099-03-01"), "too far away"),
        (form(until="2026-03-01"), "Nothing is left"),
    ],
)
def test_what_cannot_be_is_said_in_the_form(
    slack: Slack, entries: dict[str, Any], refusal: str
) -> None:
    answer = slack.submit("repeat", drafted(slack), AUTHOR, **entries)
    assert refusal in answer["errors"]["first"]
    assert slack.draft().recurrence is None


def test_who_may_not_hears_it_before_filling_in_anything(slack: Slack) -> None:
    slack.click("repeat", drafted(slack), OUTSIDER)
    assert slack.opened() == []
    assert "Only its author" in slack.told(OUTSIDER)[0]


def test_the_button_on_the_card_ends_it(slack: Slack) -> None:
    draft = drafted(slack)
    slack.submit("repeat", draft, AUTHOR, **form())
    slack.click("stop_repeating", draft, OUTSIDER, stamp="1.2")
    assert slack.draft().recurrence
    slack.click("stop_repeating", draft, CLINICIAN, stamp="1.3")
    assert slack.draft().recurrence is None
    slack.click("stop_repeating", draft, AUTHOR, stamp="1.4")
    assert "does not repeat" in slack.told(AUTHOR)[0]


def test_a_command_lists_what_repeats_each_with_its_button(slack: Slack) -> None:
    assert "No draft repeats" in str(slack.take(bodies.command("repeats", CLINICIAN)))
    slack.submit("repeat", drafted(slack), AUTHOR, **form())
    answer = slack.take(bodies.command("repeats", CLINICIAN))
    assert_message_is_taken(answer["text"], answer["blocks"])
    assert "Every Friday at 08:30 (Europe/London)" in said(answer)
    assert buttons(answer, "repeats") == ["stop_repeating"]
    assert "shown to those" in str(slack.take(bodies.command("repeats", OUTSIDER)))


def test_the_home_tab_lists_what_repeats_for_its_reader() -> None:
    view = shown(_home(1))
    assert "Every Friday at 08:30 (Europe/London)" in said(view)
    assert buttons(view, "repeats") == ["stop_repeating"]
    assert "`/tweet repeats`" in said(shown(_home(1, more=True)))
    assert "Repeating" not in said(shown(EMPTY))


def _home(number: int, *, more: bool = False) -> Home:
    cards = tuple(card(id=n, recurrence=replace(AGAIN, draft_id=n)) for n in range(number))
    return replace(EMPTY, recurring=cards, more_recurring=more)
