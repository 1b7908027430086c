"""The guidelines of a team: the rules in force for it, and what they say of a tweet."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.destination import address as address_of
from bot.domain.destination import site_of
from bot.domain.finding import Finding, Severity, is_led
from bot.guidelines import saying
from bot.guidelines.patterns import Lexicons
from bot.guidelines.rule import Jurisdiction, Override, Pack, Rule
from bot.guidelines.saying import Standing
from bot.guidelines.texts import Span
from bot.guidelines.tweet import Allowed, Seen, Tweet, see
from bot.ports import FindPeople

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
                finding = self._marked(saying.finding(standing, seen, places[0], part))
                yield saying.asked(finding, standing.rule) if authorized else finding
        if not seen.searched:
            yield Finding(UNSEARCHED, Severity.BLOCK, _UNSEARCHED, part)

    def judge_links(self, tweet: Tweet, part: int | None = None) -> Iterator[Finding]:
        """Yield what the rules find that ask where links lead; `judge` without that is silent."""
        seen = see(tweet, self.allowed, self.trusted)
        for standing in self.rules:
            if standing.rule.needs_network and (places := standing.rule.detection.places(seen)):
                yield saying.finding(standing, seen, places[0], part)

    def broken_by(self, link: str, address: str) -> tuple[str, ...]:
        """Return the rules that the address breaks to which a link leads.

        On the site that the link names, what it breaks itself is left out: that is said already.
        """
        written = address_of(link)
        known = self._broken(written) if site_of(written) == site_of(address) else set()
        return tuple(sorted(self._broken(address) - known))

    def led(
        self, broken: Iterable[str], part: int | None, place: Span, *, authorized: bool = False
    ) -> Iterator[Finding]:
        """Yield what the rules say that are broken where the link at a place leads."""
        for standing in self.rules:
            if standing.rule.id in broken:
                found = self._marked(saying.led(standing, part, place))
                yield saying.asked(found, standing.rule) if authorized else found

    def stops(self, broken: Iterable[str]) -> bool:
        """Whether one of some rules lets nothing go out."""
        firm = {one.rule.id for one in self.rules if one.severity is Severity.BLOCK}
        return not firm.isdisjoint(broken)

    def without_links(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return what was found in words alone: the rest has to be asked of the network anew."""
        asking = {standing.rule.id for standing in self.rules if standing.rule.needs_network}
        return tuple(f for f in findings if f.rule not in asking and not is_led(f.rule))

    def exposures(self, tweet: Tweet) -> tuple[Exposure, ...]:
        """Return every place of what keeps a text from being stored, in reading order."""
        seen = self._see(tweet)
        found = [
            Exposure(
                standing.rule.id,
                standing.rule.title,
                start,
                end,
                saying.may_be_reasoned(standing.rule),
            )
            for standing in self.rules
            if saying.is_private(standing.rule)
            for start, end in standing.rule.detection.places(seen)
            if saying.severity(standing, seen) is Severity.BLOCK
        ]
        if not seen.searched:
            found.append(Exposure(UNSEARCHED, NOT_SEARCHED, 0, len(tweet.text)))
        return tuple(sorted(found, key=lambda exposure: (exposure.start, exposure.end)))

    def with_people(self, people: FindPeople, names_by: str) -> "Guidelines":
        """Return them with a model that looks for names as well; what it is called is recorded."""
        version = f"{self.version}; names by {names_by}"
        return replace(self, people=people, names_by=names_by, version=version)

    def _broken(self, address: str) -> set[str]:
        seen = see(Tweet(address), self.allowed, self.trusted)
        asked = (one.rule for one in self.rules if one.rule.reads_links)
        return {rule.id for rule in asked if rule.detection.places(seen)}

    def _see(self, tweet: Tweet) -> Seen:
        return see(tweet, self.allowed, self.trusted, self.people)

    def _marked(self, found: Finding) -> Finding:
        """Return a finding that says which model looked for names, where one did."""
        if not self.names_by or not found.pack.startswith(saying.PRIVACY):
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
