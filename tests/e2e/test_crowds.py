"""Fifty people at once: every click is acknowledged, and one draft is one tweet."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.sandbox import world
from bot.sandbox.bot_process import crowd_policy
from tests.e2e.town import CHANNEL, Town, policy_with

CROWD = [person.id for person in world.CROWD[:50]]
POLICY = policy_with(crowd_policy(CROWD))
SLOW = {"api_delay_s": 0.5}
QUICK = {"api_delay_s": 0.0}


@pytest.mark.parametrize("slack", [QUICK, SLOW], ids=["quick", "slow"])
def test_fifty_approvals_of_one_draft_are_one_tweet(town: Town, slack: dict[str, float]) -> None:
    text = "All of us agree at once." if slack is QUICK else "Nobody here is in any hurry today."
    ts = town.draft(text)
    town.say_when(ts)
    before = town.count("publication")
    town.people.set_faults(slack=slack)
    acked = clicks(town, [(who, ts) for who in CROWD])
    town.people.set_faults(slack=QUICK)
    assert acked == [True] * 50
    town.shows(ts, "Published")
    assert len(town.tweets(text)) == 1
    assert town.count("publication") == before + 1


@pytest.mark.parametrize("slack", [QUICK, SLOW], ids=["quick", "slow"])
def test_fifty_different_drafts_are_approved_at_once(town: Town, slack: dict[str, float]) -> None:
    before = town.count("review")
    texts = [f"Sentence {n} of fifty, {slack['api_delay_s']}." for n in range(50)]
    drafts = [town.write(text) for text in texts]
    town.wait(lambda: all(map(town.cards().get, drafts)), "fifty cards")
    town.people.set_faults(slack=slack)
    acked = clicks(town, list(zip(CROWD, drafts, strict=True)))
    town.people.set_faults(slack=QUICK)
    assert acked == [True] * 50
    assert town.count("review") == before + 50

    def all_show_it() -> bool:
        cards = town.cards()
        return all(cards[ts][0].approved_by == {who} for who, ts in zip(CROWD, drafts, strict=True))

    town.wait(all_show_it, "fifty cards with an approval")


def clicks(town: Town, wanted: list[tuple[str, str]]) -> list[bool]:
    """Click Approve below these messages as these people, all at once; which were acknowledged."""
    cards = town.cards()

    def click(who: str, ts: str) -> bool:
        return bool(town.people.click(who, CHANNEL, cards[ts][0].ts, "approve")["acked"])

    with ThreadPoolExecutor(len(wanted)) as crowd:
        return list(crowd.map(lambda one: click(*one), wanted))
