"""An approval counts once it covers every finding of its revision."""

import pytest

from bot.domain.duty import NOTHING, Answer, Duty, duty
from bot.domain.finding import Finding, Severity


def finding(rule: str, severity: Severity, *, wants_note: bool = False) -> Finding:
    return Finding(rule, severity, "words", wants_note=wants_note)


FOUND = (
    finding("A-1", Severity.WARN, wants_note=True),
    finding("A-1", Severity.WARN, wants_note=True),
    finding("B-1", Severity.ATTEST, wants_note=True),
    finding("C-1", Severity.BLOCK, wants_note=True),
)


def test_warnings_are_acknowledged_and_statements_attested_once_a_rule() -> None:
    assert duty(FOUND) == Duty(frozenset({"A-1"}), frozenset({"B-1"}), note=True)
    assert duty(FOUND).rules == {"A-1", "B-1"}
    assert duty(()) == NOTHING


def test_only_a_warning_wants_a_note() -> None:
    assert not duty(FOUND[2:]).note


@pytest.mark.parametrize(
    ("ticked", "note", "enough"),
    [
        ({"A-1", "B-1"}, "Our audit", True),
        ({"A-1", "B-1", "Z-9"}, "Our audit", True),
        ({"A-1", "B-1"}, "  ", False),
        ({"A-1"}, "Our audit", False),
        ({"B-1"}, "Our audit", False),
        ((), "Our audit", False),
    ],
)
def test_an_answer_is_enough_when_it_covers_everything(
    ticked: set[str], note: str, enough: bool
) -> None:
    asked = duty(FOUND)
    answer = asked.answer(ticked, note)
    assert asked.fulfilled(answer) is enough
    assert "Z-9" not in answer.acknowledged | answer.attested


def test_where_nothing_is_asked_nothing_is_needed() -> None:
    assert NOTHING.fulfilled(Answer())
