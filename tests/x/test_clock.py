"""X's clock and the end of its rate limits."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.x.clock import MARGIN, WINDOW, ahead, retry_at
from tests.x.answers import answer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def limited(reset: datetime | str | None, x_now: datetime | str | None = None) -> datetime | None:
    """Return when to try again where X says these two times."""
    headers = {}
    if reset is not None:
        stamp = str(int(reset.timestamp())) if isinstance(reset, datetime) else reset
        headers["x-rate-limit-reset"] = stamp
    if x_now is not None:
        headers["Date"] = format_datetime(x_now) if isinstance(x_now, datetime) else x_now
    return retry_at(answer(429, **headers), NOW)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_x_is_ahead_by_what_its_date_says_to_half_a_second() -> None:
    said = answer(200, Date=format_datetime(NOW + minutes(60)))
    assert ahead(said, NOW) == minutes(60) + timedelta(seconds=0.5)


@pytest.mark.parametrize("date", ["", "soon", "Mon, 32 Jan 2026 00:00:00 GMT", "Mon, 1 Jan 99999"])
def test_a_date_that_is_none_says_nothing(date: str) -> None:
    assert ahead(answer(200, Date=date), NOW) is None


def test_an_answer_without_a_date_says_nothing() -> None:
    assert ahead(answer(200), NOW) is None


def test_the_next_try_is_when_the_limit_ends() -> None:
    assert limited(NOW + minutes(10)) == NOW + minutes(10) + MARGIN


@pytest.mark.parametrize("off", [-60, -1, 1, 60])
def test_the_end_of_a_limit_is_told_by_xs_clock(off: int) -> None:
    x_now = NOW + minutes(off)
    again = limited(x_now + minutes(10), x_now)
    assert again is not None
    assert abs(again - (NOW + minutes(10) + MARGIN)) <= timedelta(seconds=1)


def test_a_limit_that_ended_already_is_not_in_the_past() -> None:
    assert limited(NOW - minutes(10)) == NOW + MARGIN


def test_a_limit_lasts_no_longer_than_its_window() -> None:
    assert limited(NOW + minutes(120)) == NOW + WINDOW + MARGIN


@pytest.mark.parametrize("reset", [None, "", "soon", "1.5", "0", "-1", "9" * 12, "9" * 400])
def test_an_end_that_cannot_be_is_none(reset: str | None) -> None:
    assert limited(reset) is None


@given(
    reset=st.integers().map(str) | st.text(),
    date=st.none() | st.datetimes(timezones=st.just(UTC)) | st.text(),
)
def test_whatever_x_says_the_next_try_is_soon_and_not_in_the_past(
    reset: str, date: datetime | str | None
) -> None:
    again = limited(reset, date)
    assert again is None or NOW <= again <= NOW + WINDOW + MARGIN
