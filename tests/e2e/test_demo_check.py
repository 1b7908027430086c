"""The demo without a person: its lines, and that it sees a world that is broken."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.sandbox import demo_check
from bot.sandbox.bot_process import BotProcess
from bot.sandbox.client import SandboxClient
from bot.sandbox.demo import demo_bot
from tests.e2e.town import ACCOUNT

Break = Callable[[SandboxClient, BotProcess], object]
FIRST = "Flu clinics open on Monday. Ask us anything about the vaccine & who should have it."


def test_the_demo_check_tells_its_whole_story() -> None:
    said: list[str] = []
    assert demo_check.run_check(said.append) == 0, said
    steps = (
        "card is in the thread",
        "You wrote this",
        "word for word, on time",
        "patient data",
        "said why it may go out",
        "nothing went out",
        "no edit",
        "one tweet",
        "nothing went out",
        "inside the grace",
        "checkpoint that it posted in #audit",
    )
    assert len(said) == len(steps) + 1
    assert [step for step, line in zip(steps, said, strict=False) if step not in line] == []
    assert re.fullmatch(r"ok tweets=5 late_ms=\d+", said[-1])


def test_a_tweet_that_is_there_twice_fails_the_demo_check(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def twice(people: SandboxClient, _: BotProcess) -> None:
        people.set_faults(x={"duplicate_check": False})
        for _again in range(2):
            people.tweet_by_hand(ACCOUNT, FIRST)

    said = check_in(monkeypatch, twice)
    assert said[-1] == f"not as expected: tweets with {FIRST!r}: expected 1, seen 2"


def check_in(monkeypatch: pytest.MonkeyPatch, breaks: Break) -> list[str]:
    """Play the story in a world that breaks after its first line; returns what was said."""
    worlds: list[tuple[str, BotProcess]] = []
    said: list[str] = []

    @contextmanager
    def seen(policy: str) -> Iterator[tuple[str, BotProcess]]:
        with demo_bot(policy=policy) as demo:
            worlds.append(demo)
            yield demo

    def say(line: str) -> None:
        said.append(line)
        if len(said) == 1:
            address, bot = worlds[0]
            with SandboxClient(address) as people:
                breaks(people, bot)

    monkeypatch.setattr(demo_check, "demo_bot", seen)
    assert demo_check.run_check(say) == 1
    return said
