"""What the findings of a revision ask of everybody who approves it, and what somebody answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Answer:
    """What one reviewer acknowledged and attested, by rule, and the note that goes with it."""

    acknowledged: frozenset[str] = frozenset()
    attested: frozenset[str] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """The rules that an approval must acknowledge and attest; some of them want a note."""

    acknowledge: frozenset[str] = frozenset()
    attest: frozenset[str] = frozenset()
    note: bool = False

    @property
    def rules(self) -> frozenset[str]:
        """Every rule that waits for an answer."""
        return self.acknowledge | self.attest

    def answer(self, ticked: Iterable[str], note: str) -> Answer:
        """Return what ticking these rules answers; rules that nobody asks about count nothing."""
        chosen = frozenset(ticked)
        return Answer(self.acknowledge & chosen, self.attest & chosen, note.strip())

    def fulfilled(self, answer: Answer) -> bool:
        """Whether an answer covers every finding of the revision."""
        covered = self.acknowledge <= answer.acknowledged and self.attest <= answer.attested
        return covered and (bool(answer.note.strip()) or not self.note)


NOTHING = Duty()
"""Nothing was found, so nothing is asked."""


def duty(findings: Iterable[Finding]) -> Duty:
    """Return what findings ask of a reviewer; a block asks nothing of them, it stops."""
    asking = tuple(findings)
    return Duty(
        acknowledge=frozenset(f.rule for f in asking if f.severity is Severity.WARN),
        attest=frozenset(f.rule for f in asking if f.severity is Severity.ATTEST),
        note=any(f.wants_note for f in asking if f.severity is Severity.WARN),
    )
