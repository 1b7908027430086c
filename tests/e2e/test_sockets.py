"""The connection to Slack breaks in every way: the bot is back soon, and nothing is lost."""

import time

import pytest

from tests.e2e.town import CHANNEL, CHEN, DANA, EVE, Town


def connections(town: Town) -> int:
    """How often the bot has asked for a connection so far."""
    calls = town.people.traffic()["calls"]
    return sum(call["method"] == "apps.connections.open" for call in calls)


@pytest.mark.parametrize(("how", "within"), [("disconnect", 5), ("close", 5), ("reset", 20)])
def test_the_bot_is_back_after_its_connection_ends(town: Town, how: str, within: float) -> None:
    ts = town.draft(f"Written before a {how}.")
    before = connections(town)
    town.people.break_sockets(how)
    town.wait(lambda: connections(town) > before and town.people.sockets() == 1, "a way in", within)
    town.press(CHEN, ts, "approve")
    town.wait(lambda: (c := town.card(ts)) and c.approved_by == {CHEN}, "the approval")
    town.draft(f"Written after a {how}.")
    assert town.health()[0] == 200


def test_the_bot_is_back_after_its_connection_falls_silent(town: Town) -> None:
    ts = town.draft("Written before a silence.")
    before = connections(town)
    began = time.monotonic()
    town.people.break_sockets("stall")
    # an open socket that says nothing is counted like any other: somebody has to try it
    town.wait(lambda: connections(town) > before, "another try to connect")
    town.wait(lambda: town.people.command(EVE, CHANNEL, "/tweet", "help")["acked"], "an answer")
    assert time.monotonic() - began < 20
    assert town.people.sockets() == 1
    town.press(DANA, ts, "approve")
    town.wait(lambda: (c := town.card(ts)) and c.approved_by == {DANA}, "the approval")


def test_a_burst_of_three_thousand_envelopes_loses_none(town: Town) -> None:
    crowd = [f"U0CROWD{n:02}" for n in range(100)]
    town.typed.append("Message number")
    done = town.people.burst(CHANNEL, crowd, 3_000, "Message number {n} of many.")
    assert (done["sent"], done["lost"]) == (3_000, 0)
    assert town.count("draft") == 3_000
