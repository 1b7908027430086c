"""A rule: where it applies, how much it weighs, when it fires, and what it tells."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.domain.finding import Citation, Severity
from bot.guidelines.check import Check, Params
from bot.guidelines.texts import Spans
from bot.guidelines.tweet import CONDITIONS, Seen, Tweet


class Jurisdiction(StrEnum):
    """Whose law and codes a rule comes from; `ANY` applies everywhere."""

    US = "US"
    UK = "UK"
    AU = "AU"
    CA = "CA"
    EU = "EU"
    ANY = "ANY"


class Override(StrEnum):
    """What clears a finding without a change of the text."""

    NONE = "none"
    """Nothing does: the rule can neither be switched off nor lowered."""
    ADMIN = "admin"
    """An entry in the team's allow-lists."""
    REASON = "reason"
    """A reviewer's note, kept with the review."""


class Detection(Protocol):
    """Finds where a rule fires."""

    @property
    def needs_network(self) -> bool:
        """Whether it asks where links lead."""

    @property
    def reads_links(self) -> bool:
        """Whether it judges addresses."""

    def places(self, seen: Seen) -> Spans:
        """Return the spans of the tweet's text, nothing where the rule does not fire."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Some pattern matches, each of `all` matches, and none of `unless`."""

    any: tuple[re.Pattern[str], ...]
    all: tuple[re.Pattern[str], ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()
    raw: bool = False
    """Whether links are read too; otherwise they are blanked, so that no slug passes for words."""

    @property
    def needs_network(self) -> bool:
        """Words say nothing of where links lead."""
        return False

    @property
    def reads_links(self) -> bool:
        """Whether its patterns see addresses as well."""
        return self.raw

    def places(self, seen: Seen) -> Spans:
        """Return where one of the patterns matches."""
        form = seen.raw if self.raw else seen.prose
        found = [match.span() for pattern in self.any for match in pattern.finditer(form.text)]
        if not found or not all(pattern.search(form.text) for pattern in self.all):
            return ()
        if any(pattern.search(form.text) for pattern in self.unless):
            return ()
        return tuple(form.place(span) for span in sorted(found))


@dataclass(frozen=True, slots=True)
class Checked:
    """A check finds something."""

    check: Check
    params: Params

    @property
    def needs_network(self) -> bool:
        """Whether the check asks where links lead."""
        return self.check.needs_network

    @property
    def reads_links(self) -> bool:
        """Whether the check judges addresses."""
        return self.check.reads_links

    def places(self, seen: Seen) -> Spans:
        """Return what the check finds."""
        return self.check.find(seen, self.params)


@dataclass(frozen=True, slots=True)
class When:
    """Another detection, looked at only while some conditions hold."""

    conditions: tuple[str, ...]
    detection: Detection

    @property
    def needs_network(self) -> bool:
        """Whether the detection asks where links lead."""
        return self.detection.needs_network

    @property
    def reads_links(self) -> bool:
        """Whether the detection judges addresses."""
        return self.detection.reads_links

    def places(self, seen: Seen) -> Spans:
        """Return what the detection finds, nothing where a condition does not hold."""
        holds = all(CONDITIONS[name](seen) for name in self.conditions)
        return self.detection.places(seen) if holds else ()


@dataclass(frozen=True, slots=True)
class Escalation:
    """The severity that a finding has while something else is found as well."""

    to: Severity
    detection: Detection


@dataclass(frozen=True, slots=True)
class Rule:
    """A checkable rule with its citation; its examples are its tests."""

    id: str
    title: str
    pack: str
    jurisdictions: frozenset[Jurisdiction]
    severity: Severity
    override: Override
    detection: Detection
    message: str
    citation: Citation
    fires_on: tuple[Tweet, ...]
    silent_on: tuple[Tweet, ...]
    by_jurisdiction: Mapping[Jurisdiction, Severity] = field(default_factory=dict)
    escalation: Escalation | None = None

    @property
    def needs_network(self) -> bool:
        """Whether it can fire only after somebody has looked where the links lead."""
        return self.detection.needs_network

    @property
    def reads_links(self) -> bool:
        """Whether it judges addresses, as written and where they lead."""
        return self.detection.reads_links

    def applies_in(self, places: frozenset[Jurisdiction]) -> bool:
        """Whether the rule is a team's that works in these jurisdictions, or does not say where."""
        everywhere = not places or Jurisdiction.ANY in self.jurisdictions
        return everywhere or bool(self.jurisdictions & places)

    def severity_in(self, places: frozenset[Jurisdiction]) -> Severity:
        """Return how much it weighs there: of several jurisdictions the strictest counts."""
        raised = (level for place, level in self.by_jurisdiction.items() if place in places)
        return strictest((self.severity, *raised))


_ORDER = (Severity.ATTEST, Severity.WARN, Severity.BLOCK)


def strictest(severities: Iterable[Severity]) -> Severity:
    """Return the gravest of some severities."""
    return max(severities, key=_ORDER.index)


@dataclass(frozen=True, slots=True)
class Pack:
    """A set of rules in one file; `version` also tells whether a byte of it was changed."""

    name: str
    version: str
    rules: tuple[Rule, ...]

    @property
    def mark(self) -> str:
        """Name and version, as kept with what the pack judged."""
        return f"{self.name} {self.version}"
