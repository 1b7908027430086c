"""Trying again waits longer each time, and never less than X asked for."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.policy import Waits
from bot.domain.retry import BACKOFF, LONGEST_WAIT_S, next_call, next_lookup, next_try
from tests.conftest import START


def seconds(refusals: int, not_before: float | None = None) -> float:
    moment = None if not_before is None else START + timedelta(seconds=not_before)
    return (next_try(refusals, START, moment) - START).total_seconds()


def test_each_refusal_waits_its_turn_and_the_last_wait_repeats() -> None:
    assert [seconds(n) for n in range(1, 7)] == [5, 15, 30, 60, 60, 60]


@pytest.mark.parametrize(("not_before", "waits"), [(-60, 5), (0, 5), (4, 5), (6, 6), (900, 900)])
def test_x_may_ask_for_more_patience_but_not_for_less(not_before: float, waits: float) -> None:
    assert seconds(1, not_before) == waits


@given(st.integers(1, 1000), st.none() | st.integers(-100, 10_000))
def test_the_next_try_keeps_to_both_and_to_nothing_more(
    refusals: int, not_before: int | None
) -> None:
    waits = seconds(refusals, not_before)
    assert waits >= BACKOFF[0]
    assert waits in {*BACKOFF, float(not_before or 0)}
    assert waits >= (not_before or 0)


@pytest.mark.parametrize(
    ("failures", "asked", "waits"),
    [(1, 0, 2), (3, 0, 8), (3, 30, 30), (9, 0, LONGEST_WAIT_S), (99, 0, LONGEST_WAIT_S)],
)
def test_a_chat_that_refuses_is_called_less_and_less_often(
    failures: int, asked: float, waits: float
) -> None:
    assert next_call(failures, START, asked) == START + timedelta(seconds=waits)


@given(st.lists(st.floats(0.01, 1000)))
def test_looking_again_takes_every_wait_once_and_then_asks_a_person(waits: list[float]) -> None:
    moments = [next_lookup(n, START, waits) for n in range(len(waits) + 2)]
    assert moments[-2:] == [None, None]
    assert moments[:-2] == [START + timedelta(seconds=wait) for wait in waits]


def test_doubt_is_looked_into_over_minutes() -> None:
    """X's timeline may lag behind: the looks must not all fall into the first seconds."""
    waits = Waits().lookups
    assert sum(waits) > 300
    assert list(waits) == sorted(waits)
