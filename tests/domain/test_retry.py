"""When to try again."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.retry import next_lookup, next_try

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("refusals", "seconds"), [(1, 5), (2, 15), (3, 30), (4, 60), (5, 60), (500, 60)]
)
def test_each_refusal_waits_longer_up_to_a_minute(refusals: int, seconds: float) -> None:
    assert next_try(refusals, NOW, None) == NOW + timedelta(seconds=seconds)


def test_x_may_ask_for_a_longer_wait_but_not_for_a_shorter_one() -> None:
    assert next_try(1, NOW, NOW + timedelta(hours=1)) == NOW + timedelta(hours=1)
    assert next_try(1, NOW, NOW - timedelta(hours=1)) == NOW + timedelta(seconds=5)


def test_lookups_follow_their_waits_and_end() -> None:
    waits = (2.0, 10.0)
    assert next_lookup(0, NOW, waits) == NOW + timedelta(seconds=2)
    assert next_lookup(1, NOW, waits) == NOW + timedelta(seconds=10)
    assert next_lookup(2, NOW, waits) is None
    assert next_lookup(0, NOW, ()) is None
