"""People find their work: the Home tab, the commands, and who decides in whose place."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tests.e2e.town import ANA, BEN, CHANNEL, CHEN, DANA, Town


def test_the_home_tab_shows_what_waits_decides_there_and_follows_what_happens(
    town: Town,
) -> None:
    text = "Flu jabs start on Monday at the Riverside Clinic."
    ts = town.draft(text)
    town.people.open_home(CHEN)
    town.wait(lambda: text in shown(town, CHEN), "the draft on the Home tab")
    home = town.people.home(CHEN)
    assert home is not None
    row = next(
        below
        for block, below in pairwise(home["blocks"])
        if text in "".join(texts(block)) and below.get("block_id", "").startswith("waiting:")
    )
    answer = town.people.click_in_view(
        CHEN, str(home["id"]), "approve", block_id=str(row["block_id"])
    )
    assert answer["acked"]
    town.wait(lambda: row["block_id"] not in rows(town, CHEN), "the tab drawn again")
    town.say_when(ts)
    town.press(DANA, ts, "approve")
    town.shows(ts, "Published")
    town.wait(lambda: "See it on X" in shown(town, CHEN), "the tweet on the tab")
    town.hears(ANA, "approved your draft. It waits for Compliance.")
    town.hears(ANA, "Your tweet is public: https://x.com/")


def test_a_stand_in_decides_in_the_place_of_a_reviewer(town: Town) -> None:
    answer = town.people.command(CHEN, CHANNEL, "/tweet", "away until tomorrow, @Ben covers")
    assert f"<@{BEN}> decides in your place" in str(answer["text"])
    town.hears(BEN, f"in the place of <@{CHEN}>")
    ts = town.draft("Our phone lines open at eight.")
    answer = town.people.command(BEN, CHANNEL, "/tweet", "mine")
    assert "1 wait for you" in str(answer["text"])
    town.press(BEN, ts, "approve")
    town.press(DANA, ts, "approve")
    town.shows(ts, "Approved")
    town.people.command(CHEN, CHANNEL, "/tweet", "back")
    town.shows(ts, "In review")
    town.hears(ANA, "does not hold any more")
    town.press(ANA, ts, "withdraw")
    town.shows(ts, "Withdrawn")


def rows(town: Town, person: str) -> set[str]:
    """The lines of somebody's Home tab, by the names of their blocks."""
    home = town.people.home(person)
    return {str(block.get("block_id")) for block in home["blocks"]} if home else set()


def shown(town: Town, person: str) -> str:
    """Everything that somebody's Home tab says."""
    home = town.people.home(person)
    return "\n".join(texts(home["blocks"])) if home else ""


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        yield from texts(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
