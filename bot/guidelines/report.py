"""What the checks say of a text, for a shell and for other programs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.content import Content, split_parts
from bot.domain.finding import Finding, Severity
from bot.domain.marks import visible
from bot.guidelines.examine import examine
from bot.guidelines.judging import Guidelines

CLEAN, ANSWERS, STOPS, NOT_CHECKED = 0, 1, 2, 3
"""Exit codes: nothing found; a reviewer must answer; it must be mended; it could not be checked."""


@dataclass(frozen=True, slots=True)
class Report:
    """A text, what was found in it, and what judged it."""

    content: Content
    findings: tuple[Finding, ...]
    judged_by: str

    @property
    def code(self) -> int:
        """The exit code that the gravest finding means."""
        if any(finding.severity is Severity.BLOCK for finding in self.findings):
            return STOPS
        return ANSWERS if self.findings else CLEAN

    def lines(self) -> Iterator[str]:
        """Yield the findings for a person."""
        for finding in self.findings:
            title = f" {finding.title}." if finding.title else ""
            yield f"{finding.severity:<6} {finding.rule}{self._where(finding)}:{title}"
            yield f"       {finding.message}"
            if cited := finding.citation:
                yield f"       {cited.title}, {cited.clause}: {cited.address}"

    def as_json(self) -> str:
        """Return the findings for a program: places count from 0, parts from 1."""
        found = [self._fields(finding) for finding in self.findings]
        return json.dumps({"findings": found, "judged_by": self.judged_by}, indent=2)

    def _where(self, finding: Finding) -> str:
        several = finding.part is not None and len(self.content.parts) > 1
        part = f", part {(finding.part or 0) + 1}" if several else ""
        place = self._place(finding)
        return f"{part}, at {visible(place)!r}" if place else part

    def _place(self, finding: Finding) -> str:
        if finding.part is None or finding.start is None:
            return ""
        return self.content.parts[finding.part].text[finding.start : finding.end]

    def _fields(self, finding: Finding) -> dict[str, object]:
        cited = finding.citation
        return {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "title": finding.title,
            "message": finding.message,
            "part": None if finding.part is None else finding.part + 1,
            "start": finding.start,
            "end": finding.end,
            "text": self._place(finding),
            "wants_note": finding.wants_note,
            "pack": finding.pack,
            "citation": cited
            and {"title": cited.title, "address": cited.address, "clause": cited.clause},
        }


def check_text(text: str, guidelines: Guidelines) -> Report:
    """Judge a text as its author would type it, parts separated by lines of ---."""
    content = Content("", split_parts(text))
    return Report(content, _gravest_first(examine(content, guidelines)), guidelines.version)


def _gravest_first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    order = (Severity.BLOCK, Severity.WARN, Severity.ATTEST)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))
