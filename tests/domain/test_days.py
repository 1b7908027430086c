"""Days as people name them, and nothing guessed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import end_of, read_day, spelled

MONDAY = date(2026, 3, 2)
DATES = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 3, 2)),
        ("Tomorrow", date(2026, 3, 3)),
        ("Friday", date(2026, 3, 6)),
        ("fri.", date(2026, 3, 6)),
        ("monday", date(2026, 3, 9)),
        ("2026-12-04", date(2026, 12, 4)),
        ("4 December", date(2026, 12, 4)),
        ("4th dec", date(2026, 12, 4)),
        ("4. December 2027", date(2027, 12, 4)),
        ("  DECEMBER   4 ", date(2026, 12, 4)),
        ("Dec 4, 2027", date(2027, 12, 4)),
        ("1 March", date(2027, 3, 1)),
        ("2 March", date(2026, 3, 2)),
    ],
)
def test_days_are_understood(words: str, day: date) -> None:
    assert read_day(words, MONDAY) == day


@pytest.mark.parametrize(
    "words",
    ["", "04/12", "4.12.", "next friday", "fr", "ma", "ju 4", "31 february", "2026-13-01", "soon",
     "29 February", "4 dec 99999", "friday friday"],
)  # fmt: skip
def test_what_is_not_clear_is_not_guessed(words: str) -> None:
    assert read_day(words, MONDAY) is None


@given(DATES, DATES)
def test_a_day_that_is_spelled_is_read_again(day: date, today: date) -> None:
    assert read_day(spelled(day).partition(" ")[2], today) == day
    assert read_day(day.isoformat(), today) == day


@given(DATES, st.sampled_from(["mon", "tues", "wednesday", "thu", "fri", "sat", "sunday"]))
def test_a_weekday_is_the_one_to_come(today: date, name: str) -> None:
    found = read_day(name, today)
    assert found is not None
    assert timedelta(days=1) <= found - today <= timedelta(days=7)
    assert spelled(found).lower().startswith(name)


@given(st.text())
def test_whatever_is_typed_is_read_or_not(words: str) -> None:
    read_day(words, MONDAY)


def test_a_day_is_over_at_midnight_in_its_zone_also_when_the_clocks_change() -> None:
    london = ZoneInfo("Europe/London")
    assert end_of(date(2026, 3, 6), london) == datetime(2026, 3, 7, 0, 0, tzinfo=UTC)
    assert end_of(date(2026, 3, 29), london) == datetime(2026, 3, 29, 23, 0, tzinfo=UTC)
