"""A week by day: everything that goes out and every free slot once, on its day in the zone."""

from datetime import UTC, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.home import FreeSlot, by_day

START = datetime(2026, 10, 24, tzinfo=UTC)
ZONES = st.sampled_from(["Europe/London", "Pacific/Auckland", "America/St_Johns"]).map(ZoneInfo)


@given(st.lists(st.integers(0, 7 * 24 * 60), max_size=40), ZONES)
def test_every_free_slot_is_on_its_day_once_and_the_days_are_in_order(
    minutes: list[int], zone: ZoneInfo
) -> None:
    slots = [FreeSlot("clinic", START + timedelta(minutes=n)) for n in sorted(minutes)]
    days = by_day((), slots, zone)
    assert list(chain.from_iterable(day.free for day in days)) == slots
    assert all(slot.at.astimezone(zone).date() == day.date for day in days for slot in day.free)
    assert [day.date for day in days] == sorted({day.date for day in days})
