"""Time that is moved ahead: Slack, X and the unmodified bot go along, and due times are kept."""

import time
from pathlib import Path

import pytest

from bot.sandbox.demo import CLOCK
from tests.e2e.conftest import Found
from tests.e2e.town import ANA, CHANNEL, DANA, Json, Town

DAY_S, HOUR_S = 86_400, 3_600


@pytest.fixture
def town(found: Found, tmp_path: Path) -> Town:
    return found(COUNTERSIGN_CLOCK_FILE=str(tmp_path / CLOCK))


def tomorrow(town: Town) -> int:
    """A whole hour of the next day, by the time of the sandbox."""
    return (int(town.people.clock()["now_s"]) // HOUR_S + 24) * HOUR_S


def scheduled(town: Town, text: str, due: int) -> str:
    ts = town.draft(text)
    town.say_when(ts, due)
    town.approve(ts)
    town.shows(ts, "Scheduled")
    return ts


def made_at(tweet: Json) -> float:
    return float(tweet["created_ms"]) / 1000


def test_what_is_due_tomorrow_goes_out_then_though_time_is_moved_past_it(town: Town) -> None:
    due = tomorrow(town)
    ts = scheduled(town, "Tomorrow we open at nine.", due)
    later = scheduled(town, "And we close at noon.", due + 3 * HOUR_S)
    town.people.move_time(to=due + HOUR_S)
    town.shows(ts, "Published")
    (tweet,) = town.public("Tomorrow we open at nine.")
    assert 0 <= made_at(tweet) - due < 60
    town.shows(later, "Scheduled")
    said = town.write("Is it later for Slack as well?")
    assert 0 <= float(said) - (due + HOUR_S) < 60
    town.people.move_time(by_s=3 * HOUR_S)
    town.shows(later, "Published")
    assert "the clock was stepped by" in town.log


def test_what_time_passes_over_while_the_bot_is_paused_is_missed_and_asked_about(
    town: Town,
) -> None:
    due = tomorrow(town)
    ts = scheduled(town, "Flu jabs from nine.", due)
    assert town.people.command(DANA, CHANNEL, "/tweet", "pause")["acked"]
    town.people.move_time(to=due + HOUR_S)
    assert town.people.command(DANA, CHANNEL, "/tweet", "resume")["acked"]
    town.shows(ts, "Missed", "retry")
    assert town.tweets("Flu jabs from nine.") == []


def test_a_bot_that_starts_later_and_the_doctor_go_by_the_moved_time(town: Town) -> None:
    due = tomorrow(town)
    ts = scheduled(town, "We are open.", due)
    town.bot.stop()
    town.people.move_time(to=due + 60)
    town.open()
    town.shows(ts, "Published")
    done = town.bot.command("doctor")
    assert done.returncode == 0, done.stdout
    told = " ".join(done.stdout.split())
    assert "Clock moved ahead by" in told
    assert "ok X clock clinic" in told


def test_a_clock_of_x_that_is_wrong_is_wrong_all_the_same(town: Town) -> None:
    town.people.move_time(by_s=DAY_S)
    town.people.set_faults(x={"clock_offset_s": -3600.0})
    ts = town.publish("X has another time.")
    town.shows(ts, "On hold")
    town.people.set_faults(x={"clock_offset_s": 0.0})
    town.press(DANA, ts, "retry")
    town.shows(ts, "Published")


def test_back_in_real_time_nothing_is_lost_and_nothing_sent_twice(town: Town) -> None:
    town.people.move_time(by_s=DAY_S)
    town.shows(town.publish("Said tomorrow."), "Published")
    town.people.real_time()
    assert abs(town.people.clock()["now_s"] - time.time()) < 5
    town.people.set_faults(x={"next": ["reset_after"]})
    town.shows(town.publish("Said today."), "Published")
    assert len(town.tweets("Said today.")) == 1
    ts = town.draft("One more.")
    town.edit(ts, "One more word.")
    town.wait(lambda: "One more word." in str(town.card(ts)), "the edit")
    town.press(ANA, ts, "withdraw")
    town.shows(ts, "Withdrawn")
