"""The guidelines of a team: the rules in force for it, and what they say of a tweet."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.finding import Finding, Severity
from bot.guidelines.patterns import Lexicons
from bot.guidelines.rule import Jurisdiction, Override, Pack, Rule, strictest
from bot.guidelines.texts import Span
from bot.guidelines.tweet import Allowed, Seen, Tweet, see
from bot.ports import FindPeople

_PRIVACY = "privacy "
"""Begins the mark of the pack whose blocks keep a text from being stored."""

AUTHORIZED = (
    "Its author states a signed authorization: accept this only if you know that it exists and "
    "covers what is said. "
)
"""Stands before what a rule says that an authorization allows."""

UNSEARCHED = "privacy:unsearched"
"""Stands in place of a rule where names could not be looked for: then nobody knows of them."""

NOT_SEARCHED = "Names could not be looked for"

_UNSEARCHED = (
    "The look for names did not work for this text, so it may hold some. Send it again in a "
    "minute, or change it; if that does not help, an operator can ask `countersign doctor` why."
)
_TRUSTED = ("trusted_suffix", "trusted_domain")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a team decided: where it works, what is off or weighs otherwise, what it vouches for."""

    jurisdictions: frozenset[Jurisdiction] = frozenset()
    """Where it says nothing, every rule counts at its ordinary weight."""
    packs_off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    """By rule; None switches it off."""
    allowed: Allowed = field(default_factory=Allowed)
    trusted: frozenset[str] = frozenset()
    """Sites of others that the team has looked at."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule in force, and how much it weighs for this team."""

    rule: Rule
    severity: Severity


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a rule of the privacy pack stops, at `text[start:end]`."""

    rule: str
    title: str
    start: int
    end: int
    may_be_authorized: bool = False
    """Whether a signed authorization allows it, once its author has stated one."""


@dataclass(frozen=True, slots=True)
class Guidelines:
    """Every rule in force, built once at start; judging a tweet is a pure function."""

    rules: tuple[Standing, ...]
    allowed: Allowed
    trusted: frozenset[str]
    version: str
    """The packs and the team's choices that judge, as one mark for the record."""
    own: frozenset[str] = frozenset()
    """The domains that the team itself named."""
    people: FindPeople | None = None
    """Looks for names by a model as well, where the team wants that."""
    names_by: str = ""
    """The name and version of that model, as kept with what it finds."""

    def judge(
        self, tweet: Tweet, part: int | None = None, *, authorized: bool = False
    ) -> Iterator[Finding]:
        """Yield what the rules find in a tweet, one finding for each rule that fires.

        What a stated authorization allows is no block any more, but asks every reviewer why.
        """
        seen = self._see(tweet)
        for standing in self.rules:
            if places := standing.rule.detection.places(seen):
                finding = self._marked(_finding(standing, seen, places[0], part))
                yield _asked(finding, standing.rule) if authorized else finding
        if not seen.searched:
            yield Finding(UNSEARCHED, Severity.BLOCK, _UNSEARCHED, part)

    def judge_links(self, tweet: Tweet, part: int | None = None) -> Iterator[Finding]:
        """Yield what the rules find that ask where links lead; `judge` without that is silent."""
        seen = see(tweet, self.allowed, self.trusted)
        for standing in self.rules:
            if standing.rule.needs_network and (places := standing.rule.detection.places(seen)):
                yield _finding(standing, seen, places[0], part)

    def without_links(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return what was found in words alone: the rest has to be asked of the network anew."""
        asking = {standing.rule.id for standing in self.rules if standing.rule.needs_network}
        return tuple(finding for finding in findings if finding.rule not in asking)

    def exposures(self, tweet: Tweet) -> tuple[Exposure, ...]:
        """Return every place of what keeps a text from being stored, in reading order."""
        seen = self._see(tweet)
        found = [
            Exposure(standing.rule.id, standing.rule.title, start, end, _allows(standing.rule))
            for standing in self.rules
            if _is_private(standing.rule)
            for start, end in standing.rule.detection.places(seen)
            if _severity(standing, seen) is Severity.BLOCK
        ]
        if not seen.searched:
            found.append(Exposure(UNSEARCHED, NOT_SEARCHED, 0, len(tweet.text)))
        return tuple(sorted(found, key=lambda exposure: (exposure.start, exposure.end)))

    def with_people(self, people: FindPeople, names_by: str) -> "Guidelines":
        """Return them with a model that looks for names as well; what it is called is recorded."""
        version = f"{self.version}; names by {names_by}"
        return replace(self, people=people, names_by=names_by, version=version)

    def _see(self, tweet: Tweet) -> Seen:
        return see(tweet, self.allowed, self.trusted, self.people)

    def _marked(self, found: Finding) -> Finding:
        """Return a finding that says which model looked for names, where one did."""
        if not self.names_by or not found.pack.startswith(_PRIVACY):
            return found
        return replace(found, pack=f"{found.pack}; names by {self.names_by}")


def in_force(packs: Sequence[Pack], lexicons: Lexicons, choices: Choices) -> Guidelines:
    """Return the guidelines that packs and choices make."""
    rules = tuple(
        Standing(rule, severity)
        for pack in packs
        for rule in pack.rules
        if pack.name not in choices.packs_off or _is_firm(rule)
        if rule.applies_in(choices.jurisdictions)
        and (severity := choices.severities.get(rule.id, rule.severity_in(choices.jurisdictions)))
    )
    named = (domain.lstrip(".") for name in _TRUSTED for domain in lexicons.get(name, ()))
    own = choices.allowed.domains | choices.trusted
    trusted = frozenset(named) | own
    return Guidelines(rules, choices.allowed, trusted, _version(packs, choices), own)


def objections(packs: Sequence[Pack], choices: Choices) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a team's choices: the word of the file, and why."""
    names, rules = {pack.name for pack in packs}, {r.id: r for pack in packs for r in pack.rules}
    for name in sorted(choices.packs_off - names):
        yield name, f"there is no pack {name!r}; the packs are {', '.join(sorted(names))}"
    for rule_id, severity in choices.severities.items():
        rule = rules.get(rule_id)
        if rule is None:
            yield rule_id, f"there is no rule {rule_id!r}"
        elif _is_firm(rule) and severity is not Severity.BLOCK:
            yield rule_id, f"the rule {rule_id} protects people and cannot be changed"


def _is_firm(rule: Rule) -> bool:
    """Whether nothing but another text clears it; such a rule stays when its pack is off."""
    return rule.override is Override.NONE and rule.severity is Severity.BLOCK


def _is_private(rule: Rule) -> bool:
    return rule.pack.startswith(_PRIVACY)


def _allows(rule: Rule) -> bool:
    """Whether a reason is enough for what a rule stops: an identifier never is authorized."""
    return rule.override is Override.REASON


def _asked(finding: Finding, rule: Rule) -> Finding:
    """Return a finding of a text whose author states an authorization."""
    if finding.severity is not Severity.BLOCK or not (_is_private(rule) and _allows(rule)):
        return finding
    return replace(finding, severity=Severity.WARN, message=AUTHORIZED + finding.message)


def _finding(standing: Standing, seen: Seen, place: Span, part: int | None) -> Finding:
    rule, (start, end) = standing.rule, place
    somewhere = start != end
    return Finding(
        rule=rule.id,
        severity=_severity(standing, seen),
        message=rule.message,
        part=part,
        start=start if somewhere else None,
        end=end if somewhere else None,
        title=rule.title,
        citation=rule.citation,
        pack=rule.pack,
        wants_note=_allows(rule),
    )


def _severity(standing: Standing, seen: Seen) -> Severity:
    more = standing.rule.escalation
    if more is None or not more.detection.places(seen):
        return standing.severity
    return strictest((standing.severity, more.to))


def _version(packs: Sequence[Pack], choices: Choices) -> str:
    marks = ", ".join(pack.mark for pack in packs)
    parts = (
        sorted(choices.jurisdictions),
        sorted(choices.packs_off),
        sorted((rule, str(level)) for rule, level in choices.severities.items()),
        *(sorted(getattr(choices.allowed, name)) for name in Allowed.__slots__),
        sorted(choices.trusted),
    )
    return f"{marks}; choices {hashlib.sha256(repr(parts).encode()).hexdigest()[:8]}"
