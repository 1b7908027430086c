"""What a rule in force says of a tweet, as a finding."""

from dataclasses import dataclass, replace

from bot.domain.finding import LED, Finding, Severity
from bot.guidelines.rule import Override, Rule, strictest
from bot.guidelines.texts import Span
from bot.guidelines.tweet import Seen

PRIVACY = "privacy "
"""Begins the mark of the pack whose blocks keep a text from being stored."""

AUTHORIZED = (
    "Its author states a signed authorization: accept this only if you know that it exists and "
    "covers what is said. "
)
"""Stands before what a rule says that an authorization allows."""

WHERE_IT_LEADS = "Of where this link leads: {message}"
"""Said of a link whose own address says nothing of it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule in force, and how much it weighs for this team."""

    rule: Rule
    severity: Severity


def is_private(rule: Rule) -> bool:
    """Whether a rule is of the pack whose blocks keep a text from being stored."""
    return rule.pack.startswith(PRIVACY)


def may_be_reasoned(rule: Rule) -> bool:
    """Whether a reason is enough for what a rule stops: an identifier never is authorized."""
    return rule.override is Override.REASON


def finding(standing: Standing, seen: Seen, place: Span, part: int | None) -> Finding:
    """Return what a rule says of a place in a tweet, of the whole where it has none."""
    rule, (start, end) = standing.rule, place
    somewhere = start != end
    return Finding(
        rule=rule.id,
        severity=severity(standing, seen),
        message=rule.message,
        part=part,
        start=start if somewhere else None,
        end=end if somewhere else None,
        title=rule.title,
        citation=rule.citation,
        pack=rule.pack,
        wants_note=may_be_reasoned(rule),
    )


def led(standing: Standing, part: int | None, place: Span) -> Finding:
    """Return what a rule says of where the link at a place leads."""
    rule = standing.rule
    return Finding(
        rule=f"{rule.id}{LED}",
        severity=standing.severity,
        message=WHERE_IT_LEADS.format(message=rule.message),
        part=part,
        start=place[0],
        end=place[1],
        title=f"{rule.title} (where it leads)",
        citation=rule.citation,
        pack=rule.pack,
        wants_note=may_be_reasoned(rule),
    )


def asked(finding: Finding, rule: Rule) -> Finding:
    """Return a finding of a text whose author states an authorization."""
    if finding.severity is not Severity.BLOCK or not (is_private(rule) and may_be_reasoned(rule)):
        return finding
    return replace(finding, severity=Severity.WARN, message=AUTHORIZED + finding.message)


def severity(standing: Standing, seen: Seen) -> Severity:
    """Return how much a finding weighs: more where something else is found as well."""
    more = standing.rule.escalation
    if more is None or not more.detection.places(seen):
        return standing.severity
    return strictest((standing.severity, more.to))
