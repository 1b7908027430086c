"""Three sets of our own: what is said every day, what is like a disclosure, and what is one.

A rule that finds more names must not make a clinic's own news impossible to send.
"""

from pathlib import Path

from bot.domain.finding import Severity
from bot.guidelines import Tweet
from bot.guidelines.loading import standard

HERE = Path(__file__).parent
MAY_BE_BLOCKED = 0.015
"""Share of ordinary texts, at most."""
MUST_BE_REFUSED = 0.9
"""Share of disclosures, at least."""


def texts(name: str) -> list[str]:
    lines = (HERE / f"{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("# ")]


def blocked(text: str) -> bool:
    return any(found.severity is Severity.BLOCK for found in standard().judge(Tweet(text)))


def test_what_health_desks_say_every_day_is_hardly_ever_blocked() -> None:
    ordinary = texts("ordinary")
    stopped = [text for text in ordinary if blocked(text)]
    assert len(ordinary) >= 300
    assert len(stopped) < MAY_BE_BLOCKED * len(ordinary), stopped


def test_a_question_about_nobody_in_particular_is_never_refused() -> None:
    alike = texts("alike")
    assert len(alike) > 40
    assert [text for text in alike if standard().exposures(Tweet(text))] == []


def test_what_gives_a_patient_away_is_refused() -> None:
    telling = texts("disclosures")
    missed = [text for text in telling if not standard().exposures(Tweet(text))]
    assert len(missed) <= (1 - MUST_BE_REFUSED) * len(telling), missed
