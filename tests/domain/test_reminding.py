"""Reminders come after set hours, one at a time, and by day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reminding import EVENING, MORNING, Reminding, awake, next_reminder, reached
from tests.conftest import START

AFTER = (timedelta(hours=6), timedelta(hours=24), timedelta(hours=48))
WAITS = st.lists(st.timedeltas(timedelta(hours=1), timedelta(days=9)), max_size=4).map(
    lambda waits: tuple(sorted(waits))
)
MOMENTS = st.timedeltas(timedelta(days=-2_000), timedelta(days=5_000)).map(
    lambda away: START + away
)
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)


@pytest.mark.parametrize(
    ("hours", "steps"), [(0, 0), (5.99, 0), (6, 1), (23, 1), (24, 2), (47, 2), (48, 3), (900, 3)]
)
def test_a_wait_earns_its_reminders_one_after_the_other(hours: float, steps: int) -> None:
    assert reached(AFTER, timedelta(hours=hours)) == steps


def test_the_next_look_is_when_the_next_reminder_is_due() -> None:
    hours = [next_reminder(AFTER, START, START + timedelta(hours=h)) for h in (0, 6, 30, 48)]
    assert hours == [START + AFTER[0], START + AFTER[1], START + AFTER[2], None]


@given(WAITS, st.timedeltas(timedelta(0), timedelta(days=12)))
def test_from_look_to_look_no_reminder_is_left_out(
    after: tuple[timedelta, ...], waited: timedelta
) -> None:
    upcoming = next_reminder(after, START, START + waited)
    assert (upcoming is None) is (reached(after, waited) == len(after))
    if upcoming:
        assert reached(after, upcoming - START) > reached(after, waited)


@given(MOMENTS, ZONES)
def test_nobody_is_reminded_at_night_and_nobody_waits_longer_than_one(
    now: datetime, zone: ZoneInfo
) -> None:
    then = awake(now, zone)
    assert then >= now
    assert then - now <= timedelta(hours=14)  # a night, and an hour or two when clocks change
    if then > now:
        assert not MORNING <= now.astimezone(zone).time() < EVENING
    assert awake(then, zone) == then


def test_by_day_it_is_now() -> None:
    assert awake(START, ZoneInfo("Europe/London")) == START
    assert awake(START, ZoneInfo("Asia/Tokyo")) == START  # 18:00 there
    night = awake(START, ZoneInfo("America/New_York"))  # 4:00 there
    assert night == START + timedelta(hours=4)


def test_a_stage_without_a_group_of_its_own_has_the_teams() -> None:
    plan = Reminding(AFTER, frozenset({"U0TEAM"}), {"Clinical": frozenset({"U0HEAD"})})
    assert plan.told_of("Clinical") == {"U0HEAD"}
    assert plan.told_of("Compliance") == {"U0TEAM"}
