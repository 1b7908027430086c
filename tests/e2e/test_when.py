"""When a tweet goes out, over the wire: words, slots, the end of a pause, copies."""

import math
import time
from functools import partial
from typing import Any

from tests.e2e.town import ANA, CHANNEL, CHEN, DANA, Town, is_past, policy_with

GRACE_S = 3
POLICY = policy_with().replace("grace_minutes = 15", f"grace_minutes = {GRACE_S / 60}")


def shown(town: Town, who: str) -> dict[str, str]:
    """The times that the window on top offers, by what they say."""

    def there() -> dict[str, Any] | None:
        views = town.people.views(who)
        return views[-1] if views and views[-1]["callback_id"] == "settle_when" else None

    view = town.wait(there, "a window with a time")
    (entry,) = [block for block in view["blocks"] if block["type"] == "input"]
    return {o["text"]["text"]: o["value"] for o in entry["element"]["options"]}


def says(town: Town, ts: str, words: str) -> bool:
    card = town.card(ts)
    return card is not None and words in card.words


def confirm(town: Town, who: str, value: str) -> None:
    answer = town.submit(who, {"settled": {"settled": value}})
    assert answer == {"acked": True}
    assert town.people.views(who) == []


def test_a_time_in_words_is_shown_before_it_counts(town: Town) -> None:
    ts = town.draft("The clinic opens at nine.")
    words = {"when": {"when": "at"}, "words": {"words": "tomorow 9am"}, "at": {"at": None}}
    answer = town.fill_in(ANA, ts, "when", words)
    assert "I do not understand" in answer["errors"]["words"]
    words["words"] = {"words": "tomorrow 9am"}
    assert town.submit(ANA, words) == {"acked": True}
    ((label, value),) = shown(town, ANA).items()
    assert ", 09:00 (" in label
    assert says(town, ts, "No time is set")
    confirm(town, ANA, value)
    town.wait(partial(says, town, ts, "if it is approved by then"), "the time")


def test_a_command_gives_the_next_slot_and_two_drafts_get_two(town: Town) -> None:
    dues = set()
    for text in ("Sleep well tonight.", "Walk a little every day, wherever you are."):
        ts = town.draft(text)
        number = town.count("draft")
        assert town.people.command(ANA, CHANNEL, "/tweet", f"when {number} next slot")["acked"]
        ((label, value),) = shown(town, ANA).items()
        assert label.startswith("In the next free slot; now that is")
        confirm(town, ANA, value)
        town.wait(partial(says, town, ts, "next free slot"), "the wish")
        town.approve(ts)
        card = town.shows(ts, "Scheduled", "cancel")
        assert "next_slot" not in card.buttons
        dues.add(card.words.split("It goes out ")[1])
    assert len(dues) == 2


def test_what_became_late_in_a_pause_is_listed_and_settled_with_one_click(town: Town) -> None:
    text = "The pharmacy is open until eight tonight."
    town.people.command(DANA, CHANNEL, "/tweet", "pause clinic something is wrong")
    ts = town.draft(text)
    town.say_when(ts)
    town.approve(ts)
    town.shows(ts, "On hold")
    over = time.time() + GRACE_S
    town.wait(lambda: is_past(math.ceil(over)), "the end of the grace")
    assert town.people.command(DANA, CHANNEL, "/tweet", "resume clinic")["acked"]

    def listed() -> dict[str, Any] | None:
        seen = town.people.messages(CHANNEL, DANA)
        return next((m for m in seen if "became too late" in m["text"]), None)

    message = town.wait(listed, "the list of what became late")
    assert town.tweets(text) == []
    town.people.click(DANA, CHANNEL, message["ts"], "late_now")
    town.shows(ts, "Published")
    assert len(town.tweets(text)) == 1


def test_what_is_public_is_said_anew_as_a_draft_of_its_own(town: Town) -> None:
    old = "Wash your hands for twenty seconds."
    ts = town.publish(old)
    town.shows(ts, "Published", "duplicate")
    before = set(town.cards())
    new = "Wash your hands for thirty seconds."
    answer = town.fill_in(CHEN, ts, "duplicate", {"text": {"text": new}})
    assert answer == {"acked": True}
    (copy,) = town.wait(lambda: set(town.cards()) - before, "the card of the copy")
    card = town.shows(copy, "In review", "approve")
    assert card.texts == (new,)
    assert town.tweets(new) == []
