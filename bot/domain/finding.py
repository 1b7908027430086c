"""What a check says of a revision."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: stops, must be acknowledged, must be attested."""

    BLOCK = "block"
    WARN = "warn"
    ATTEST = "attest"


@dataclass(frozen=True, slots=True)
class Citation:
    """The authority that a guideline rests on."""

    title: str
    address: str
    clause: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, at `text[start:end]` of a part (counted from 0) or of the whole draft.

    One of a guideline also has its title, its citation, and the pack and version that judged.
    """

    rule: str
    severity: Severity
    message: str
    part: int | None = None
    start: int | None = None
    end: int | None = None
    title: str = ""
    citation: Citation | None = None
    pack: str = ""
    wants_note: bool = False
    """Whether whoever acknowledges it writes down why it may go out."""


CHAT = "chat:"
"""How the rules begin that only the chat's own text can be asked about."""


LED = ":led"
"""How the rules end whose finding is about where a link leads: that is answered for by itself."""


def is_led(rule: str) -> bool:
    """Whether a finding is about where a link leads, not about what the text says."""
    return rule.endswith(LED)


def of_chat(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return what the chat's text had that a tweet cannot have: no later check finds it again."""
    return tuple(finding for finding in findings if finding.rule.startswith(CHAT))


def blocks(findings: tuple[Finding, ...]) -> bool:
    """Whether any finding stops the revision from being reviewed."""
    return any(finding.severity is Severity.BLOCK for finding in findings)
