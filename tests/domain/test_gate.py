"""The gate, case by case: what may go out now, and what becomes of what may not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from bot.domain.gate import GateFacts, Stop, gate
from bot.domain.publication import PublicationAction, Reason
from bot.domain.quorum import VerdictKind

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
GRACE = timedelta(minutes=15)
FINE = GateFacts(
    approved="f1",
    actual="f1",
    is_current=True,
    verdict=VerdictKind.COMPLETE,
    paused=False,
    stop_asked=False,
    due_at=NOW,
    live_parts=0,
)

CASES: list[tuple[dict[str, Any], PublicationAction, Reason]] = [
    ({"actual": "f2"}, PublicationAction.CANCEL, Reason.CHANGED),
    ({"is_current": False}, PublicationAction.CANCEL, Reason.CHANGED),
    ({"verdict": VerdictKind.WAITING}, PublicationAction.CANCEL, Reason.NOT_APPROVED),
    ({"verdict": VerdictKind.CHANGES}, PublicationAction.CANCEL, Reason.NOT_APPROVED),
    ({"verdict": VerdictKind.REJECTED}, PublicationAction.CANCEL, Reason.NOT_APPROVED),
    ({"stop_asked": True}, PublicationAction.CANCEL, Reason.STOP_ASKED),
    ({"due_at": NOW + timedelta(seconds=1)}, PublicationAction.REQUEUE, Reason.TOO_EARLY),
    ({"paused": True}, PublicationAction.HOLD, Reason.PAUSED),
    ({"due_at": NOW - GRACE - timedelta(seconds=1)}, PublicationAction.MISS, Reason.LATE),
]


def test_what_is_approved_current_and_due_may_go_out() -> None:
    assert gate(FINE, NOW, GRACE) is None
    assert gate(replace(FINE, due_at=NOW - GRACE), NOW, GRACE) is None


@pytest.mark.parametrize(("facts", "action", "reason"), CASES)
def test_each_doubt_alone_stops_it(
    facts: dict[str, Any], action: PublicationAction, reason: Reason
) -> None:
    assert gate(replace(FINE, **facts), NOW, GRACE) == Stop(action, reason)


@pytest.mark.parametrize(("facts", "action", "reason"), CASES)
def test_with_a_part_live_it_fails_and_time_does_not_matter(
    facts: dict[str, Any], action: PublicationAction, reason: Reason
) -> None:
    found = gate(replace(FINE, live_parts=1, **facts), NOW, GRACE)
    if reason is Reason.LATE:
        assert found is None
    elif reason is Reason.TOO_EARLY:
        assert found == Stop(action, reason)
    else:
        assert found == Stop(PublicationAction.FAIL, reason)


@pytest.mark.parametrize(("first", "second"), list(product(CASES, CASES)))
def test_of_two_doubts_at_once_none_lets_it_pass(first: Any, second: Any) -> None:
    facts = replace(FINE, **first[0])
    assert gate(replace(facts, **second[0]), NOW, GRACE) is not None


@pytest.mark.parametrize("facts", [{"actual": "f2"}, {"verdict": VerdictKind.WAITING}])
def test_what_is_not_approved_is_cancelled_even_during_a_pause_and_when_late(
    facts: dict[str, Any],
) -> None:
    late = replace(FINE, paused=True, due_at=NOW - timedelta(days=1), **facts)
    found = gate(late, NOW, GRACE)
    assert found is not None
    assert found.action is PublicationAction.CANCEL
