"""After downtime the channel is read again before anything goes out."""

from typing import Any

from tests.e2e.town import ANA, CHANNEL, Town, is_past, policy_with, soon
from tests.pictures import DOT

POLICY = policy_with(gap=0.6)

GONE_FOR_GOOD = {"redelivery_s": [0.0, 0.0, 0.0]}
"""Slack's three redeliveries, compressed until all of them fall into the bot's downtime."""


def approved(town: Town, text: str) -> str:
    """An approved draft without a time."""
    ts = town.draft(text)
    town.approve(ts)
    town.shows(ts, "Approved")
    return ts


def test_what_was_edited_deleted_and_written_meanwhile_is_taken_in_before_anything_goes_out(
    town: Town,
) -> None:
    texts = [f"{what} while the bot is down." for what in ("Edited", "Deleted", "Left alone")]
    edited, deleted, alone = (approved(town, text) for text in texts)
    town.people.set_faults(slack=GONE_FOR_GOOD)
    due = soon(3)
    for ts in (edited, deleted, alone):
        town.say_when(ts, due)
    town.bot.kill()
    town.edit(edited, "Edited, and nobody has approved this.")
    town.people.delete(ANA, CHANNEL, deleted)
    written = town.write("Written while the bot is down.")
    leaflet = town.people.upload(ANA, "leaflet.png", DOT)
    shown = town.write("Shown while the bot is down.", files=[leaflet])
    town.wait(lambda: is_past(due), "the due time")
    town.open()
    town.shows(alone, "Published")
    assert town.shows(edited, "In review").texts == ("Edited, and nobody has approved this.",)
    town.shows(deleted, "Withdrawn")
    town.shows(written, "In review")
    town.shows(shown, "Needs mending", "alt_text")
    town.shows(edited, "In review", "approve")
    assert [len(town.tweets(text)) for text in texts] == [0, 0, 1]
    assert town.tweets("Edited, and nobody has approved this.") == []


def test_a_bot_that_starts_while_slack_is_away_waits_for_it(town: Town) -> None:
    text = "Approved before Slack went away."
    ts = approved(town, text)
    due = soon()
    town.say_when(ts, due)
    town.bot.kill()
    town.people.set_faults(slack={"api_down": True})
    town.open(patiently=False)
    town.wait(lambda: is_past(due, by=1), "the due time")
    assert town.health()[0] == 503
    assert town.tweets(text) == []
    town.people.set_faults(slack={"api_down": False})
    town.shows(ts, "Published")
    assert town.health()[0] == 200


def test_a_connection_that_is_gone_for_long_is_bad_health_and_a_gap(
    town: Town,
) -> None:
    text = "Approved before the connection broke."
    ts = approved(town, text)
    town.people.set_faults(slack=GONE_FOR_GOOD)
    town.say_when(ts, due := soon(3))
    town.people.set_faults(slack={"api_down": True})
    town.people.break_sockets("close")
    town.wait(lambda: town.people.sockets() == 0, "the end of the connection")
    town.edit(ts, "Edited while nobody listened.")
    town.wait(lambda: town.health()[0] == 503, "bad health")
    town.wait(lambda: is_past(due), "the due time")
    town.people.set_faults(slack={"api_down": False})
    town.shows(ts, "In review", "approve")
    assert town.tweets(text) == []
    assert town.health()[0] == 200


def test_a_channel_without_the_bot_holds_what_is_due_until_it_is_invited_again(
    town: Town,
) -> None:
    text = "Approved before the bot was removed."
    ts = approved(town, text)
    due = soon()
    town.say_when(ts, due)
    town.bot.kill()
    town.people.change_channel(CHANNEL, bot_member=False)
    town.open(patiently=False)
    town.wait(lambda: is_past(due, by=1), "the due time")
    town.wait(lambda: "not_in_channel" in town.log, "a line for the operator")
    assert town.health()[1]["slack_read"] is False
    assert town.tweets(text) == []
    town.people.change_channel(CHANNEL, bot_member=True)
    town.shows(ts, "Published")
    assert len(town.tweets(text)) == 1


def test_an_archived_channel_stops_no_tweet_and_its_cards_heal_afterwards(town: Town) -> None:
    text = "Approved before the channel was archived."
    ts = approved(town, text)
    town.say_when(ts, soon())
    town.bot.kill()
    town.people.change_channel(CHANNEL, archived=True)
    town.open()
    town.wait(lambda: town.tweets(text), "the tweet")
    town.wait(lambda: "is_archived" in town.log, "a card that cannot be drawn")
    assert town.card(ts) is not None
    town.people.change_channel(CHANNEL, archived=False)
    town.shows(ts, "Published")
    assert len(town.tweets(text)) == 1


def test_a_message_that_cannot_be_read_again_holds_its_publication_until_a_person_lets_it_go(
    town: Town,
) -> None:
    text, other = "Nobody can read this again.", "Everybody can read this again."
    ts, beside = town.draft(text), town.draft(other)
    due = soon(3)
    for one in (ts, beside):
        town.approve(one)
        town.say_when(one, due)
    town.bot.kill()
    town.sandbox.spoil(CHANNEL, ts, junk)
    town.wait(lambda: is_past(due), "the due time")
    town.open()
    town.shows(beside, "Published")
    card = town.shows(ts, "On hold", "retry")
    assert "could not read its message again" in card.words
    assert town.tweets(text) == []
    town.sandbox.spoil(CHANNEL, ts, mended)
    town.press(ANA, ts, "retry")
    town.shows(ts, "Published")
    assert len(town.tweets(text)) == 1


def junk(message: Any) -> None:
    message.edited = {"user": ANA, "ts": "yesterday"}


def mended(message: Any) -> None:
    message.edited = None
