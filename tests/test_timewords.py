"""Times in words: what is understood, what is asked back, and what is never guessed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.draft import NEXT_SLOT, NOW, Wish
from bot.errors import RefusedError
from bot.timewords import (
    NO_TIME_OF_DAY,
    NOT_UNDERSTOOD,
    PASSED,
    TOO_FAR,
    TWO_DATES,
    understand,
)

LONDON = ZoneInfo("Europe/London")
BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 25, 10, 7, 30, tzinfo=UTC)


def at(*parts: int) -> Wish:
    """A moment of November or December 2026, when London reads UTC."""
    return Wish(datetime(2026, *parts, tzinfo=UTC))  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("now", NOW),
        (" NOW. ", NOW),
        ("asap", NOW),
        ("next slot", NEXT_SLOT),
        ("Next  Free Slot", NEXT_SLOT),
        ("tomorrow 9am", at(11, 26, 9)),
        ("Friday 14:30", at(11, 27, 14, 30)),
        ("Friday, 14:30", at(11, 27, 14, 30)),
        ("2026-12-01 08:00", at(12, 1, 8)),
        ("1 December 8am", at(12, 1, 8)),
        ("tomorrow at noon", at(11, 26, 12)),
        ("midnight", at(11, 26)),
        ("9am", at(11, 26, 9)),
        ("9pm", at(11, 25, 21)),
        ("tomorrow 14h30", at(11, 26, 14, 30)),
        ("31/12/2026 09:00", at(12, 31, 9)),
        ("01/12/2026 09:00", at(12, 1, 9)),
    ],
)
def test_what_is_understood(words: str, wish: Wish) -> None:
    assert understand(words, LONDON, WEDNESDAY).wishes == (wish,)
    assert understand(words, LONDON, WEDNESDAY).why == ""


def test_it_is_read_in_the_zone_of_whoever_wrote_it() -> None:
    assert understand("tomorrow 9am", BERLIN, WEDNESDAY).wishes == (at(11, 26, 8),)
    sydney = ZoneInfo("Australia/Sydney")
    late = datetime(2026, 11, 25, 22, 0, tzinfo=UTC)
    assert understand("tomorrow 9am", sydney, late).wishes == (at(11, 26, 22),)


def test_a_zone_that_is_named_counts() -> None:
    assert understand("2026-12-01 08:00 UTC", BERLIN, WEDNESDAY).wishes == (at(12, 1, 8),)


@pytest.mark.parametrize(
    ("words", "by"), [("in 2 hours", 120), ("in 90 minutes", 90), ("in an hour", 60)]
)
def test_a_span_counts_from_now(words: str, by: int) -> None:
    expected = WEDNESDAY + timedelta(minutes=by)
    assert understand(words, BERLIN, WEDNESDAY).wishes == (Wish(expected),)


@pytest.mark.parametrize(
    "words", ["tomorrow", "Friday", "2026-12-01", "tomorrow 9", "friday at 14", "tomorrow 9.30am"]
)
def test_a_time_of_day_is_asked_for_and_not_filled_in(words: str) -> None:
    with pytest.raises(RefusedError) as caught:
        understand(words, LONDON, WEDNESDAY)
    assert str(caught.value) == NO_TIME_OF_DAY


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "lorem 9am",
        "tomorrow 25:00",
        "tomorrow 9:75",
        "30/2/2026 9:00",
        "9am" * 40,
        "99999-01-01 08:00",
        "9999-12-31 23:59",
        "0001-01-01 00:01",
        "<script> 9am",
    ],
)
def test_what_is_no_time_is_said(words: str) -> None:
    with pytest.raises(RefusedError) as caught:
        understand(words, LONDON, WEDNESDAY)
    assert str(caught.value) == NOT_UNDERSTOOD


def test_a_time_that_has_passed_is_said() -> None:
    for words in ("2026-11-20 09:00", "yesterday 9am", "today 9am"):
        with pytest.raises(RefusedError) as caught:
            understand(words, LONDON, WEDNESDAY)
        assert str(caught.value) == PASSED


def test_a_time_too_far_away_is_said() -> None:
    with pytest.raises(RefusedError) as caught:
        understand("2040-01-01 08:00", LONDON, WEDNESDAY)
    assert str(caught.value) == TOO_FAR


def test_a_date_that_two_countries_read_differently_is_a_choice() -> None:
    found = understand("12/01 08:00", LONDON, WEDNESDAY)
    days = {(12, 1), (1, 12)}
    assert {(w.at.month, w.at.day) for w in found.wishes if w.at} == days
    assert found.why == TWO_DATES


def test_the_weekday_of_today_is_a_choice_while_its_time_is_to_come() -> None:
    found = understand("Wednesday 11am", LONDON, WEDNESDAY)
    assert found.wishes == (at(11, 25, 11), at(12, 2, 11))
    assert understand("Wednesday 9am", LONDON, WEDNESDAY).wishes == (at(12, 2, 9),)
    assert understand("next Wednesday 11am", LONDON, WEDNESDAY).wishes == (at(12, 2, 11),)


def test_a_time_that_the_clocks_skip_is_a_choice() -> None:
    found = understand("2027-03-28 01:30", LONDON, WEDNESDAY)
    assert [w.at for w in found.wishes] == [
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    ]
    assert "skip 01:30" in found.why


def test_a_time_that_the_clocks_show_twice_is_a_choice() -> None:
    found = understand("2027-10-31 01:30", LONDON, WEDNESDAY)
    assert [w.at for w in found.wishes] == [
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    ]
    assert "show 01:30 twice" in found.why


@given(st.text(max_size=120))
def test_whatever_is_typed_is_understood_as_a_time_to_come_or_refused(words: str) -> None:
    try:
        found = understand(words, LONDON, WEDNESDAY)
    except RefusedError:
        return
    assert all(w.slot or w.at is None or w.at > WEDNESDAY for w in found.wishes)


@given(st.integers(1, 4 * 366 * 24 * 60), st.sampled_from([LONDON, BERLIN]))
def test_a_written_out_time_means_itself(minutes: int, zone: ZoneInfo) -> None:
    local = datetime(2026, 11, 26) + timedelta(minutes=minutes)  # noqa: DTZ001 - read in the zone
    found = understand(f"{local:%Y-%m-%d %H:%M}", zone, WEDNESDAY)
    shown = [w.at.astimezone(zone).replace(tzinfo=None) for w in found.wishes if w.at]
    assert local in shown or "skip" in found.why
    assert len(shown) == 1 or "skip" in found.why or "twice" in found.why
