"""A message that cannot be read again after a gap."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.backdoor import Backdoor
from tests.e2e.town import ANA, CHANNEL, Town, is_past, policy_with, soon, town_at


@pytest.fixture
def sandbox() -> Iterator[Backdoor]:
    sandbox = Backdoor()
    sandbox.start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def town(sandbox: Backdoor, migrated: Path, tmp_path: Path) -> Iterator[Town]:
    with town_at(sandbox.address, tmp_path, migrated, policy_with()) as town:
        town.open()
        yield town
        town.check_discretion()


def junk(message: Any) -> None:
    message.edited = {"user": ANA, "ts": "yesterday"}


def mended(message: Any) -> None:
    message.edited = None


def test_its_publication_is_held_in_words_until_a_person_lets_it_go(
    town: Town, sandbox: Backdoor
) -> None:
    text, other = "Nobody can read this again.", "Everybody can read this again."
    ts, beside = town.draft(text), town.draft(other)
    due = soon(3)
    for one in (ts, beside):
        town.approve(one)
        town.say_when(one, due)
    town.bot.kill()
    sandbox.spoil(CHANNEL, ts, junk)
    town.wait(lambda: is_past(due), "the due time")
    town.open()
    town.shows(beside, "Published")
    card = town.shows(ts, "On hold", "retry")
    assert "could not read its message again" in card.words
    assert town.tweets(text) == []
    sandbox.spoil(CHANNEL, ts, mended)
    town.press(ANA, ts, "retry")
    town.shows(ts, "Published")
    assert len(town.tweets(text)) == 1
