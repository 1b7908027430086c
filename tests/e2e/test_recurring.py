"""Recurring drafts, by the unmodified bot as a process that may be killed at any moment."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.e2e.town import ANA, CHANNEL, CHEN, Town

LONDON = ZoneInfo("Europe/London")


def again(town: Town, text: str) -> list[str]:
    """The messages of the bot that stand for drafts with this text."""
    messages = town.people.messages(CHANNEL, CHEN)
    return [m["ts"] for m in messages if m.get("bot") and m["text"] == text]


def repeat(town: Town, ts: str) -> None:
    """Let a draft repeat tomorrow and the day after: both are near enough to be drafted now."""
    tomorrow = datetime.now(LONDON).date() + timedelta(days=1)
    values = {
        "rhythm": {"rhythm": "daily"},
        "first": {"first": tomorrow.isoformat()},
        "clock": {"clock": "12:00"},
        "until": {"until": (tomorrow + timedelta(days=1)).isoformat()},
    }
    assert not town.fill_in(ANA, ts, "repeat", values).get("errors")


def test_a_bot_that_is_killed_while_it_drafts_again_makes_each_draft_once(town: Town) -> None:
    text = "Our flu clinic is open tomorrow from nine."
    ts = town.draft(text)
    repeat(town, ts)
    town.wait(lambda: again(town, text), "a first message")
    town.bot.kill()
    town.open()
    town.wait(lambda: len(again(town, text)) == 2, "two messages")
    first, second = again(town, text)
    for message in (first, second):
        town.shows(message, "In review", "approve")
    town.approve(first)
    town.shows(first, "Scheduled")
    town.shows(second, "In review", "approve")
    town.wait(lambda: "stop_repeating" not in town.shows(ts, "In review").buttons, "the end")
    assert len(again(town, text)) == 2
    assert town.tweets(text) == []
    assert town.count("occurrence") == 2
