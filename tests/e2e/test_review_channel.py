"""A channel for reviewers: cards stand there, the author's thread follows, and talk is kept."""

import sqlite3
from contextlib import closing

from bot.sandbox import world
from bot.sandbox.bot_process import demo_policy
from tests.e2e.town import ANA, CHANNEL, CHEN, DANA, Json, Town, policy_with

REVIEWS = world.OTHER.id
POLICY = policy_with(
    demo_policy().replace("drafts_channel =", f'review_channel = "{REVIEWS}"\ndrafts_channel =')
)


def test_reviewers_decide_in_their_channel_and_the_author_reads_along(town: Town) -> None:
    text = "Blood pressure checks are free this week."
    ts = town.write(text)
    card = town.wait(lambda: card_with(town, text), "a card in the review channel")
    status = town.wait(lambda: status_of(town, ts, "In review"), "a status in the thread")
    town.people.write(CHEN, REVIEWS, "Free for everybody?", thread_ts=str(card["ts"]))
    town.people.write(ANA, CHANNEL, "Yes, for everybody.", thread_ts=ts)
    town.wait(lambda: "2 replies in its thread" in str(card_with(town, text)), "the talk counted")
    for who in (CHEN, DANA):
        assert town.people.click(who, REVIEWS, str(card["ts"]), "approve")["acked"]
    town.wait(lambda: status_of(town, ts, "Approved"), "the status following")
    assert town.people.click(ANA, CHANNEL, str(status["ts"]), "when")["acked"]
    assert town.submit(ANA, {"when": {"when": "now"}, "at": {"at": None}})["acked"]
    town.wait(lambda: status_of(town, ts, "Published"), "the status at the end")
    assert len(town.public(text)) == 1
    town.hears(ANA, "Your tweet is public")
    with closing(sqlite3.connect(town.bot.database, timeout=10)) as database:
        kept = database.execute("SELECT person, text FROM reply ORDER BY id").fetchall()
    assert kept == [(CHEN, "Free for everybody?"), (ANA, "Yes, for everybody.")]
    town.typed += [said for _, said in kept]


def card_with(town: Town, text: str) -> Json | None:
    """The card in the review channel that shows a text."""
    seen = town.people.messages(REVIEWS, CHEN)
    return next((m for m in seen if m.get("bot") and text in str(m.get("blocks"))), None)


def status_of(town: Town, ts: str, headline: str) -> Json | None:
    """The status below a message, once it says where the draft stands."""
    thread = [m for m in town.people.thread(CHANNEL, ts, ANA) if not m.get("ephemeral")]
    found = [m for m in thread if m.get("bot")]
    assert len(found) < 2, "two statuses for one message"
    return next((m for m in found if m["text"].startswith(f"{headline}:")), None)
