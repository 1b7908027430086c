"""The connection to Slack breaks in every way: the bot is back soon, and nothing is lost."""

import time

import pytest

from tests.e2e.conftest import Found
from tests.e2e.town import CHANNEL, CHEN, DANA, EVE, Town


@pytest.mark.parametrize(("how", "within"), [("disconnect", 5), ("close", 5), ("reset", 20)])
def test_the_bot_is_back_after_its_connection_ends(shared: Town, how: str, within: float) -> None:
    ts = shared.draft(f"Written before a {how}.")
    before = shared.connections
    shared.people.break_sockets(how)
    shared.wait(
        lambda: shared.connections > before and shared.people.sockets() == 1, "a way in", within
    )
    shared.press(CHEN, ts, "approve")
    shared.wait(lambda: (c := shared.card(ts)) and c.approved_by == {CHEN}, "the approval")
    shared.draft(f"Written after a {how}.")
    assert shared.health()[0] == 200


def test_the_bot_is_back_after_its_connection_falls_silent(shared: Town) -> None:
    ts = shared.draft("Written before a silence.")
    before = shared.connections
    began = time.monotonic()
    shared.people.break_sockets("stall")
    # an open socket that says nothing is counted like any other: somebody has to try it
    shared.wait(lambda: shared.connections > before, "another try to connect")
    shared.wait(lambda: shared.people.command(EVE, CHANNEL, "/tweet", "help")["acked"], "an answer")
    assert time.monotonic() - began < 20
    assert shared.people.sockets() == 1
    shared.press(DANA, ts, "approve")
    shared.wait(lambda: (c := shared.card(ts)) and c.approved_by == {DANA}, "the approval")


def test_a_burst_of_three_thousand_envelopes_loses_none_and_drafts_are_made_once(
    found: Found,
) -> None:
    town = found()
    crowd = [f"U0CROWD{n:02}" for n in range(100)]
    done = town.people.burst(CHANNEL, crowd, 3_000, "// Message number {n} among colleagues.")
    assert (done["sent"], done["lost"]) == (3_000, 0)
    town.typed.append("Sentence number")
    town.people.set_faults(slack={"redelivery_s": [1.0, 5.0, 10.0]})
    done = town.people.burst(CHANNEL, crowd, 300, "Sentence number {n} of many.")
    assert (done["sent"], done["lost"]) == (300, 0)
    assert town.count("draft") == 300
