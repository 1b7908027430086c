"""Recurrences: which days, at which moment whatever the clocks do, and what is done about it."""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moments import Naming, named
from bot.domain.recurrence import Occurrence, Plan, Recurrence, Rhythm, in_words, occurrences, plan

LONDON = ZoneInfo("Europe/London")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/London",
        "America/New_York",
        "Australia/Lord_Howe",  # half an hour
        "America/Santiago",  # at midnight
        "America/Nuuk",  # in the last hour of a day
        "Africa/Cairo",
        "Asia/Kathmandu",
        "Antarctica/Troll",  # two hours
        "Pacific/Chatham",
        "Pacific/Apia",  # had no 30 December 2011
    )
]
LEAD = timedelta(days=3)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

zones = st.sampled_from(ZONES)
days = st.dates(date(2010, 1, 1), date(2034, 12, 31))
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
recurrences = st.builds(Recurrence, st.sampled_from(Rhythm), days, times)
moments = st.integers(0, 24 * 366 * 24).map(
    lambda hours: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
)


def begun(recurrence: Recurrence, zone: ZoneInfo, most: int = 40) -> list[Occurrence]:
    """The first occurrences."""
    return list(islice(occurrences(recurrence, zone, recurrence.first - DAY), most))


def is_meant(recurrence: Recurrence, day: date) -> bool:
    """Whether a rhythm has a day, told from the calendar alone."""
    since = (day - recurrence.first).days
    if since < 0:
        return False
    match recurrence.rhythm:
        case Rhythm.DAILY:
            return True
        case Rhythm.WEEKDAYS:
            return day.isoweekday() <= 5
        case Rhythm.WEEKLY:
            return since % 7 == 0
        case Rhythm.FORTNIGHTLY:
            return since % 14 == 0
        case Rhythm.MONTHLY:
            return day.day == min(recurrence.first.day, monthrange(day.year, day.month)[1])


@given(recurrences, zones)
def test_the_days_are_those_of_the_calendar_that_the_zone_has(
    recurrence: Recurrence, zone: ZoneInfo
) -> None:
    found = begun(recurrence, zone)
    span = (found[-1].day - recurrence.first).days + 1
    meant = (recurrence.first + timedelta(days=n) for n in range(span))
    left_out = {date(2011, 12, 30)} if zone.key == "Pacific/Apia" else set()
    expected = [day for day in meant if is_meant(recurrence, day) and day not in left_out]
    assert [one.day for one in found] == expected


@given(recurrences, zones)
def test_a_time_is_the_first_moment_of_that_name_or_the_next_minute_that_there_is(
    recurrence: Recurrence, zone: ZoneInfo
) -> None:
    for one in begun(recurrence, zone):
        meant = datetime.combine(one.day, recurrence.at)
        shown = one.at.astimezone(zone)
        if not one.moved:
            assert shown.replace(tzinfo=None) == meant
            assert shown.fold == 0
            continue
        skipped = [named(meant + n * MINUTE, zone).naming for n in range(24 * 60)]
        length = len(list(takewhile(lambda naming: naming is Naming.SKIPPED, skipped)))
        assert length > 0
        assert shown.replace(tzinfo=None) == meant + length * MINUTE


@given(recurrences, zones)
def test_each_is_later_than_the_one_before(recurrence: Recurrence, zone: ZoneInfo) -> None:
    found = begun(recurrence, zone)
    assert all(one.at < other.at and one.day < other.day for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        (LONDON, date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (
            ZoneInfo("America/Nuuk"),
            date(2026, 3, 28),
            time(23, 30),
            datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        ),
    ],
)
def test_a_time_in_a_gap_moves_and_says_so(
    zone: ZoneInfo, day: date, at: time, expected: datetime
) -> None:
    [before, moved, after] = begun(Recurrence(Rhythm.DAILY, day - DAY, at), zone, 3)
    assert moved == Occurrence(day, expected, moved=True)
    assert not before.moved
    assert not after.moved


def test_a_time_in_a_fold_is_there_once() -> None:
    [found] = begun(
        Recurrence(Rhythm.DAILY, date(2026, 10, 25), time(1, 30), date(2026, 10, 25)), LONDON
    )
    assert found == Occurrence(date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC))


@given(recurrences, zones, st.integers(0, 200))
def test_after_the_last_day_there_is_nothing(
    recurrence: Recurrence, zone: ZoneInfo, length: int
) -> None:
    until = recurrence.first + timedelta(days=length)
    expected = list(takewhile(lambda one: one.day <= until, begun(recurrence, zone, length + 2)))
    assert begun(replace(recurrence, until=until), zone, length + 2) == expected


@given(recurrences, zones, st.integers(-50, 200))
def test_going_on_after_a_day_is_the_same_as_having_come_so_far(
    recurrence: Recurrence, zone: ZoneInfo, length: int
) -> None:
    after = recurrence.first + timedelta(days=length)
    whole = begun(recurrence, zone, 210)
    later = [one for one in whole if one.day > after][:5]
    assert list(islice(occurrences(recurrence, zone, after), 5)) == later


# -- what is done about it --


@given(recurrences, zones, moments, st.integers(0, 900))
def test_what_has_passed_is_left_out_and_only_what_is_near_is_ripe(
    recurrence: Recurrence, zone: ZoneInfo, now: datetime, back: int
) -> None:
    done = now.date() - timedelta(days=back)
    found = plan(recurrence, zone, done, now, LEAD)
    assert all(one.at <= now and one.day > done for one in found.passed)
    if found.ripe:
        assert now < found.ripe.at <= now + LEAD
        assert found.look_at is None
    else:
        assert found.look_at is not None  # it goes on for ever
        assert found.look_at > now


@given(st.sampled_from(Rhythm), times, zones, st.lists(st.integers(1, 400), max_size=40))
def test_whenever_somebody_looks_each_is_ripe_once_or_passed_once_and_none_is_forgotten(
    rhythm: Rhythm, at: time, zone: ZoneInfo, strides: list[int]
) -> None:
    """`strides` are the hours between two looks; a long one is a bot that was down."""
    recurrence = Recurrence(rhythm, date(2026, 1, 5), at)
    now, done = datetime(2026, 1, 1, tzinfo=UTC), recurrence.first - DAY
    dealt_with: list[Occurrence] = []
    for stride in strides:
        found = plan(recurrence, zone, done, now, LEAD)
        while found.passed or found.ripe:
            dealt_with += [*found.passed, *filter(None, [found.ripe])]
            done = dealt_with[-1].day
            found = plan(recurrence, zone, done, now, LEAD)
        now += timedelta(hours=stride)
    assert dealt_with == begun(recurrence, zone, len(dealt_with))


def test_with_the_last_one_it_is_over() -> None:
    once = Recurrence(Rhythm.DAILY, date(2026, 3, 4), time(9), date(2026, 3, 4))
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    [only] = begun(once, LONDON)
    assert plan(once, LONDON, once.first - DAY, now, LEAD) == Plan((), only, None)
    assert plan(once, LONDON, once.first, now, LEAD).is_over


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        (Rhythm.DAILY, "every day at 08:30"),
        (Rhythm.WEEKDAYS, "Monday to Friday at 08:30"),
        (Rhythm.WEEKLY, "every Tuesday at 08:30"),
        (Rhythm.FORTNIGHTLY, "every second Tuesday at 08:30"),
        (Rhythm.MONTHLY, "on day 31 (or the last day) of every month at 08:30"),
    ],
)
def test_a_rhythm_is_said_as_people_say_it(rhythm: Rhythm, said: str) -> None:
    wanted = Recurrence(rhythm, date(2026, 3, 31), time(8, 30))
    assert in_words(wanted) == said
    until = replace(wanted, until=date(2026, 12, 24))
    assert in_words(until) == f"{said}, until Thursday 24 December 2026"
