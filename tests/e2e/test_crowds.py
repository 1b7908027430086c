"""Fifty people at once: every click is acknowledged, and one draft is one tweet."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.sandbox import world
from bot.sandbox.bot_process import crowd_policy
from bot.sandbox.server import running
from tests.e2e.town import CHANNEL, Town, policy_with, town_at

CROWD = [person.id for person in world.CROWD[:50]]
SLOW = {"api_delay_s": 0.5}
QUICK = {"api_delay_s": 0.0}


@pytest.fixture(scope="module")
def crowded(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder, policy = tmp_path_factory.mktemp("crowd"), policy_with(crowd_policy(CROWD))
    with running() as address, town_at(address, folder, migrated, policy) as town:
        town.open()
        yield town
        town.check_discretion()


@pytest.mark.parametrize("slack", [QUICK, SLOW], ids=["quick", "slow"])
def test_fifty_approvals_of_one_draft_are_one_tweet(crowded: Town, slack: dict[str, float]) -> None:
    text = f"Fifty of us agree, within {slack['api_delay_s']} seconds."
    ts = crowded.draft(text)
    crowded.say_when(ts)
    before = crowded.count("publication")
    crowded.people.set_faults(slack=slack)
    acked = clicks(crowded, [(who, ts) for who in CROWD])
    crowded.people.set_faults(slack=QUICK)
    assert acked == [True] * 50
    crowded.shows(ts, "Published")
    assert len(crowded.tweets(text)) == 1
    assert crowded.count("publication") == before + 1


@pytest.mark.parametrize("slack", [QUICK, SLOW], ids=["quick", "slow"])
def test_fifty_different_drafts_are_approved_at_once(
    crowded: Town, slack: dict[str, float]
) -> None:
    before = crowded.count("review")
    texts = [f"Sentence {n} of fifty, {slack['api_delay_s']}." for n in range(50)]
    drafts = [crowded.write(text) for text in texts]
    crowded.wait(lambda: all(map(crowded.cards().get, drafts)), "fifty cards")
    crowded.people.set_faults(slack=slack)
    acked = clicks(crowded, list(zip(CROWD, drafts, strict=True)))
    crowded.people.set_faults(slack=QUICK)
    assert acked == [True] * 50
    assert crowded.count("review") == before + 50

    def all_show_it() -> bool:
        cards = crowded.cards()
        return all(
            cards[ts][0].approved_by == {who} for who, ts in zip(CROWD, drafts, strict=True)
        )

    crowded.wait(all_show_it, "fifty cards with an approval")


def clicks(town: Town, wanted: list[tuple[str, str]]) -> list[bool]:
    """Click Approve below these messages as these people, all at once; which were acknowledged."""
    cards = town.cards()

    def click(who: str, ts: str) -> bool:
        return bool(town.people.click(who, CHANNEL, cards[ts][0].ts, "approve")["acked"])

    with ThreadPoolExecutor(len(wanted)) as crowd:
        return list(crowd.map(lambda one: click(*one), wanted))
