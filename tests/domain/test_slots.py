"""Slots: where the calendar has them, which is free, and what speaks against a time."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moments import Naming, named
from bot.domain.slot_words import DAYS, read_quiet, read_slots
from bot.domain.slots import Calendar, Objection, Quiet, Slot, free, objections, upcoming

LONDON = ZoneInfo("Europe/London")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/London",
        "America/New_York",
        "Australia/Lord_Howe",  # half an hour
        "America/Santiago",  # at midnight
        "Africa/Cairo",
        "Asia/Kathmandu",
        "Antarctica/Troll",  # two hours
        "Pacific/Chatham",
    )
]
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
YEAR = timedelta(days=366)

times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
slot_sets = st.sets(st.builds(Slot, st.integers(0, 6), times), min_size=1, max_size=8)
quiets = st.none() | st.tuples(times, times).filter(lambda t: t[0] != t[1]).map(lambda t: Quiet(*t))
calendars = st.builds(
    Calendar,
    slots=slot_sets.map(lambda slots: tuple(sorted(slots))),
    gap=st.sampled_from([timedelta(0), timedelta(minutes=30), timedelta(hours=3)]),
    quiet=quiets,
    blackout=st.frozensets(st.dates(date(2026, 1, 1), date(2031, 1, 1)), max_size=5),
)
zones = st.sampled_from(ZONES)
moments = st.integers(0, 5 * 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@cache
def changes(zone: ZoneInfo) -> tuple[datetime, ...]:
    """Every hour of five years after which the clocks show another offset."""
    hours = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(5 * 366 * 24))
    offsets = [(at, at.astimezone(zone).utcoffset()) for at in hours]
    return tuple(at for (at, a), (_, b) in pairwise(offsets) if a != b)


@given(calendars, zones, st.data())
def test_slots_are_what_a_walk_over_the_clock_finds_minute_by_minute(
    calendar: Calendar, zone: ZoneInfo, data: st.DataObject
) -> None:
    around = st.sampled_from(changes(zone)) if changes(zone) else moments
    after = data.draw(around) - timedelta(minutes=data.draw(st.integers(0, 24 * 60)))
    walk = [after + timedelta(minutes=n) for n in range(1, 2 * 24 * 60 + 1)]
    shown = [(at, at.astimezone(zone)) for at in walk]
    expected = [
        at
        for at, local in shown
        if Slot(local.weekday(), local.time()) in calendar.slots and not local.fold
    ]
    assert list(upcoming(calendar, zone, after, walk[-1])) == expected


@given(calendars, zones, moments, st.lists(st.integers(0, 14 * 24 * 60), max_size=20))
def test_a_free_slot_offends_nothing_and_every_earlier_one_does(
    calendar: Calendar, zone: ZoneInfo, after: datetime, others: list[int]
) -> None:
    taken = frozenset(after + timedelta(minutes=minutes) for minutes in others)
    until = after + timedelta(days=28)
    found = next(free(calendar, zone, after, until, taken), None)
    for slot in upcoming(calendar, zone, after, until):
        stands = slot in taken or objections(calendar, zone, slot, taken)
        if slot == found:
            assert not stands
            return
        assert stands
    assert found is None


@given(calendars, zones, moments)
def test_drafts_that_take_slots_one_after_another_keep_their_distance(
    calendar: Calendar, zone: ZoneInfo, after: datetime
) -> None:
    taken: list[datetime] = []
    for _ in range(5):
        slot = next(free(calendar, zone, after, after + YEAR, taken), None)
        if slot is None:
            break
        taken.append(slot)
    assert len(set(taken)) == len(taken)
    assert all(abs(a - b) >= calendar.gap for n, a in enumerate(taken) for b in taken[:n])


@given(zones, st.integers(0, 5 * 366 * 24 * 60))
def test_a_wall_clock_time_names_what_the_clocks_show(zone: ZoneInfo, minutes: int) -> None:
    local = datetime(2026, 1, 1) + timedelta(minutes=minutes)  # noqa: DTZ001 - a wall clock
    found = named(local, zone)
    shown = [at.astimezone(zone).replace(tzinfo=None) for at in found.moments]
    match found.naming:
        case Naming.ONCE:
            assert shown == [local]
        case Naming.TWICE:
            assert shown == [local, local]
        case Naming.SKIPPED:
            before, behind = shown
            assert before < local < behind


@pytest.mark.parametrize("zone", ZONES, ids=[zone.key for zone in ZONES])
def test_around_every_change_of_the_clocks_a_daily_slot_is_there_once_or_skipped(
    zone: ZoneInfo,
) -> None:
    for change in changes(zone):
        for minute in range(0, 240, 15):
            wall = change.astimezone(zone).replace(tzinfo=None) + timedelta(minutes=minute - 120)
            calendar = Calendar(tuple(Slot(day, wall.time()) for day in range(7)))
            found = [
                at.astimezone(zone).date()
                for at in upcoming(
                    calendar, zone, change - timedelta(days=3), change + timedelta(days=3)
                )
            ]
            is_there = named(wall, zone).naming is not Naming.SKIPPED
            assert found.count(wall.date()) == is_there, (zone, change, wall)


@pytest.mark.parametrize(
    ("at", "quiet"),
    [("20:59", False), ("21:00", True), ("03:00", True), ("06:59", True), ("07:00", False)],
)
def test_quiet_hours_may_reach_over_midnight(at: str, quiet: bool) -> None:
    assert Quiet(time(21), time(7)).covers(time.fromisoformat(at)) is quiet


def test_quiet_hours_within_a_day() -> None:
    lunch = Quiet(time(12), time(13))
    assert [lunch.covers(time(hour)) for hour in (11, 12, 13)] == [False, True, False]


def test_what_speaks_against_a_time() -> None:
    calendar = Calendar(
        (), timedelta(minutes=30), Quiet(time(21), time(7)), frozenset({date(2026, 3, 2)})
    )
    night = MONDAY.replace(hour=22)
    near = {night + timedelta(minutes=29)}
    assert objections(calendar, LONDON, night, near) == tuple(Objection)
    far = {night + timedelta(minutes=30)}
    assert objections(calendar, LONDON, night + timedelta(days=1, hours=-9), far) == ()


def test_slots_are_times_of_the_accounts_zone() -> None:
    calendar = Calendar((Slot(0, time(8, 30)),))
    found = islice(upcoming(calendar, LONDON, MONDAY, MONDAY + YEAR), 4)
    assert [at.hour for at in found] == [8, 8, 8, 7]  # the clocks change on 29 March


@pytest.mark.parametrize(
    ("line", "count", "first"),
    [
        ("mon-fri 08:30, 12:15", 10, Slot(0, time(8, 30))),
        ("  SAT sun 10:00 ", 2, Slot(5, time(10))),
        ("daily 9:00", 7, Slot(0, time(9))),
        ("fri-mon 08:00", 4, Slot(0, time(8))),
        ("wed 08:00,08:00", 1, Slot(2, time(8))),
    ],
)
def test_slots_are_written_as_people_write_them(line: str, count: int, first: Slot) -> None:
    slots = read_slots(line)
    assert len(slots) == count
    assert slots[0] == first


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "no list of slots"),
        ("08:30", "no list of slots"),
        ("mon", "no list of slots"),
        ("mo 08:30", "no day"),
        ("mon-fry 08:30", "no day"),
        ("mon 25:00", "no time of day"),
        ("mon 08:30,", "no time of day"),
    ],
)
def test_a_mistake_in_slots_is_said_in_words(line: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_slots(line)


@pytest.mark.parametrize("words", ["", "21:00", "21:00-21:00", "night-day", "21:00-25:00"])
def test_a_mistake_in_quiet_hours_is_said_in_words(words: str) -> None:
    with pytest.raises(ValueError, match=r"quiet hours|no time of day"):
        read_quiet(words)


def test_quiet_hours_are_read() -> None:
    assert read_quiet("21:00 - 7:00") == Quiet(time(21), time(7))


@given(slot_sets)
def test_slots_that_are_written_out_are_read_back(slots: set[Slot]) -> None:
    lines = [f"{DAYS[slot.weekday]} {slot.at:%H:%M}" for slot in slots]
    assert {slot for line in lines for slot in read_slots(line)} == slots
