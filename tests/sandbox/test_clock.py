"""The time of the sandbox, a side's own clock, and how people move the time."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from bot.sandbox.client import RefusedError, SandboxClient
from bot.sandbox.clock import Clock, WorldTime
from bot.sandbox.server import running
from bot.sandbox.world import APP, DRAFTS

ANA = "U0AUTHOR1"
HOUR_S = 3600


def test_a_clock_is_right_until_it_is_moved() -> None:
    clock = Clock()
    assert abs(clock.now_s() - time.time()) < 1
    clock.move(3600)
    clock.move(-60)
    assert abs(clock.now_ms() / 1000 - time.time() - 3540) < 1
    assert abs(clock.now().timestamp() - clock.now_s()) < 1
    clock.reset()
    assert abs(clock.now_s() - time.time()) < 1


def test_a_clock_follows_its_knob() -> None:
    offset = [0.0]
    clock = Clock(lambda: offset[0])
    offset[0] = -7200
    assert abs(clock.now_s() - time.time() + 7200) < 1


def test_time_moves_ahead_alone_and_what_it_skips_has_passed(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    world = WorldTime(file)
    assert file.read_text() == "0.000\n"
    side, steady_s = Clock(now_s=world.now_s), world.steady_s()
    world.move_to(time.time() + HOUR_S)
    world.move_to(time.time())
    for now_s in (world.now_s(), side.now_s(), time.time() + float(file.read_text())):
        assert abs(now_s - time.time() - HOUR_S) < 1
    world.go_back()
    assert float(file.read_text()) == 0
    assert abs(side.now_s() - time.time()) < 1
    assert world.steady_s() - steady_s >= HOUR_S - 1


@pytest.fixture
def people(tmp_path: Path) -> Iterator[SandboxClient]:
    """A sandbox whose time can be moved."""
    with running(clock_file=tmp_path / "clock") as address, SandboxClient(address) as client:
        yield client


def test_both_sides_go_by_the_time_that_people_move(people: SandboxClient) -> None:
    people.move_time(by_s=HOUR_S)
    people.move_time(by_s=HOUR_S / 4)
    later = time.time() + 1.25 * HOUR_S
    clock = people.clock()
    assert abs(clock["now_s"] - later) < 2
    assert abs(clock["ahead_s"] - 1.25 * HOUR_S) < 2
    assert abs(float(people.write(ANA, DRAFTS.id, "Hello")) - later) < 2
    tweet = people.ask("POST", "x/tweets", {"user_id": "2244994945", "text": "Hello"})
    assert abs(people.ledger()["tweets"][0]["created_ms"] / 1000 - later) < 2
    assert tweet


def test_what_comes_after_a_step_back_is_still_behind_what_was_before(
    people: SandboxClient,
) -> None:
    people.move_time(by_s=HOUR_S)
    stamps = [people.write(ANA, DRAFTS.id, "Later")]
    tweets = [people.ask("POST", "x/tweets", {"user_id": "2244994945", "text": "Later"})["id"]]
    for back in (people.real_time, people.reset):
        back()
        assert people.clock()["ahead_s"] == 0
        stamps.append(people.write(ANA, DRAFTS.id, "Now"))
        made = people.ask("POST", "x/tweets", {"user_id": "2244994945", "text": f"Now {back}"})
        tweets.append(made["id"])
    assert stamps == sorted(set(stamps))
    assert tweets == sorted(set(tweets), key=int)


def test_a_time_that_the_bot_names_is_the_next_and_time_halts_there(people: SandboxClient) -> None:
    soon = int(time.time()) + HOUR_S
    web = people.address + "/slack/api/chat.postMessage"
    said = f"Due <!date^{soon}^{{time}}|soon>, not <!date^5^{{time}}|then>"
    element = {"type": "date", "timestamp": soon + HOUR_S, "format": "{time}"}
    rich = [{"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [element]}]}]  # fmt: skip
    section = [{"type": "section", "text": {"type": "mrkdwn", "text": said}}]
    for blocks in (section, rich):
        body = {"channel": DRAFTS.id, "text": "x", "blocks": blocks}
        headers = {"Authorization": f"Bearer {APP.bot_token}"}
        assert requests.post(web, json=body, headers=headers, timeout=5).json()["ok"]
    people.write(ANA, DRAFTS.id, f"I say <!date^{soon - 60}^{{time}}|so>")
    assert people.clock()["next"] == soon
    people.ask("POST", "clock", {"by_s": 3 * HOUR_S})
    halted = people.clock()
    assert 0 <= halted["now_s"] - soon < 2
    assert halted["next"] == soon + HOUR_S
    with pytest.raises(RefusedError, match="moved already"):
        people.ask("POST", "clock", {"by_s": 60})
    people.real_time()
    assert (people.clock()["ahead_s"], people.clock()["moving_to"]) == (0, None)


@pytest.mark.parametrize(
    "how", [{}, {"by_s": 0}, {"by_s": -60}, {"by_s": 1e12}, {"to": 5}, {"by_s": "1"}, {"by": 60}]
)
def test_time_moves_nowhere_else(people: SandboxClient, how: dict[str, float]) -> None:
    with pytest.raises(RefusedError):
        people.ask("POST", "clock", how)
    assert people.clock()["ahead_s"] == 0


def test_where_the_bot_would_not_go_along_time_cannot_be_moved() -> None:
    with running() as address, SandboxClient(address) as client:
        assert client.clock()["can_move"] is False
        with pytest.raises(RefusedError, match="--clock-file"):
            client.move_time(by_s=60)
