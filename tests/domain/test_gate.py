"""The gate lets out what is approved, unchanged, wanted and on time: a table of everything else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest

from bot.domain.gate import GateFacts, Stop, gate
from bot.domain.publication import PUBLICATION, PublicationAction, PublicationState, Reason
from bot.domain.quorum import VerdictKind
from tests.conftest import START

GRACE = timedelta(minutes=15)
MOMENT = timedelta(microseconds=1)
GOOD = GateFacts(
    approved="f" * 64,
    actual="f" * 64,
    is_current=True,
    verdict=VerdictKind.COMPLETE,
    paused=False,
    set_up=True,
    stop_asked=False,
    due_at=START,
    live_parts=0,
)

Fault = Callable[[GateFacts], GateFacts]
FAULTS: dict[str, tuple[Fault, Reason]] = {
    "other text": (lambda facts: replace(facts, actual="e" * 64), Reason.CHANGED),
    "old revision": (lambda facts: replace(facts, is_current=False), Reason.CHANGED),
    **{
        kind.value: (
            lambda facts, kind=kind: replace(facts, verdict=kind),  # type: ignore[misc]
            Reason.NOT_APPROVED,
        )
        for kind in VerdictKind
        if kind is not VerdictKind.COMPLETE
    },
    "stop asked": (lambda facts: replace(facts, stop_asked=True), Reason.STOP_ASKED),
    "early": (lambda facts: replace(facts, due_at=START + MOMENT), Reason.TOO_EARLY),
    "paused": (lambda facts: replace(facts, paused=True), Reason.PAUSED),
    "no such account": (lambda facts: replace(facts, set_up=False), Reason.NO_ACCOUNT),
    "late": (lambda facts: replace(facts, due_at=START - GRACE - MOMENT), Reason.LATE),
}
"""What may be wrong, in the order in which it is told."""

ORDER = list(dict.fromkeys(reason for _, reason in FAULTS.values()))
BECOMES = {
    Reason.CHANGED: PublicationAction.CANCEL,
    Reason.NOT_APPROVED: PublicationAction.CANCEL,
    Reason.STOP_ASKED: PublicationAction.CANCEL,
    Reason.TOO_EARLY: PublicationAction.REQUEUE,
    Reason.PAUSED: PublicationAction.HOLD,
    Reason.NO_ACCOUNT: PublicationAction.HOLD,
    Reason.LATE: PublicationAction.MISS,
}
ACTIONS = sorted({*BECOMES.values(), PublicationAction.FAIL})
SETS = [names for size in (1, 2, 3, 4) for names in combinations(FAULTS, size)]


def spoiled(names: tuple[str, ...], live_parts: int = 0) -> tuple[GateFacts, list[Reason]]:
    """Return facts with these faults, and what is wrong with them, what is told first at first."""
    facts = replace(GOOD, live_parts=live_parts)
    for name in names:
        facts = FAULTS[name][0](facts)
    wrong = {FAULTS[name][1] for name in names}
    if {"early", "late"} <= set(names):
        wrong.discard(Reason.TOO_EARLY)  # "late" has moved the due time
    return facts, [reason for reason in ORDER if reason in wrong]


@pytest.mark.parametrize("live_parts", [0, 1])
def test_what_is_in_order_goes_out(live_parts: int) -> None:
    assert gate(replace(GOOD, live_parts=live_parts), START, GRACE) is None


def test_every_reason_is_told_before_those_that_weigh_less() -> None:
    for names in SETS:
        facts, reasons = spoiled(names)
        assert gate(facts, START, GRACE) == Stop(BECOMES[reasons[0]], reasons[0]), names


def test_a_thread_that_is_partly_out_fails_instead_and_is_never_late() -> None:
    for names in SETS:
        facts, reasons = spoiled(names, live_parts=1)
        left = [reason for reason in reasons if reason is not Reason.LATE]
        early = left[:1] == [Reason.TOO_EARLY]
        action = PublicationAction.REQUEUE if early else PublicationAction.FAIL
        assert gate(facts, START, GRACE) == (Stop(action, left[0]) if left else None), names


@pytest.mark.parametrize(
    ("lateness", "reason"),
    [
        (-MOMENT, Reason.TOO_EARLY),
        (timedelta(0), None),
        (GRACE, None),
        (GRACE + MOMENT, Reason.LATE),
    ],
)
def test_it_is_on_time_from_the_due_moment_to_the_end_of_the_grace(
    lateness: timedelta, reason: Reason | None
) -> None:
    stop = gate(GOOD, GOOD.due_at + lateness, GRACE)
    assert (stop and stop.reason) is reason


@pytest.mark.parametrize("action", ACTIONS)
def test_whatever_the_gate_says_can_be_done_to_what_is_being_published(
    action: PublicationAction,
) -> None:
    assert PUBLICATION.allows(PublicationState.PUBLISHING, action)


@pytest.mark.parametrize("action", [a for a in ACTIONS if a is not PublicationAction.REQUEUE])
def test_and_to_what_is_still_scheduled_where_too_early_means_to_stay(
    action: PublicationAction,
) -> None:
    assert PUBLICATION.allows(PublicationState.SCHEDULED, action)
