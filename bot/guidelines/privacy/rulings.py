"""What each kind of private span weighs: its rule, its words, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.finding import Severity
from bot.guidelines.privacy.context import is_clinical
from bot.guidelines.privacy.detector import private_spans
from bot.guidelines.privacy.passage import read
from bot.guidelines.privacy.spans import NOBODY, Kind, Known, PrivateSpan

_HARBOR = "https://www.ecfr.gov/current/title-45/section-164.514"
_AUTHORIZATION = "https://www.ecfr.gov/current/title-45/section-164.508"


@dataclass(frozen=True, slots=True)
class PrivacyRule:
    """A rule on one or more kinds of span: `noun` says in a list what was found."""

    id: str
    severity: Severity
    noun: str
    message: str
    clause: str
    address: str = _HARBOR


@dataclass(frozen=True, slots=True)
class Ruling:
    """A rule on one span of a text."""

    rule: PrivacyRule
    severity: Severity
    span: PrivateSpan


def _safe_harbor(letters: str) -> str:
    return f"45 CFR 164.514(b)(2)(i){letters}"


_BLOCK, _WARN = Severity.BLOCK, Severity.WARN
_ACCOUNT = PrivacyRule(
    "PHI-05",
    _BLOCK,
    "an insurance or account number",
    "This looks like an insurance or account number. Remove it.",
    _safe_harbor("(I)-(J)"),
)
_THING = PrivacyRule(
    "PHI-19",
    _BLOCK,
    "a device, licence or network number",
    "Device, vehicle, licence and network numbers can identify a person. Remove it.",
    _safe_harbor("(K)-(M), (O)"),
)
RULES: Mapping[Kind, PrivacyRule] = {
    Kind.EMAIL: PrivacyRule(
        "PHI-01",
        _BLOCK,
        "an e-mail address of a person",
        "An e-mail address identifies a person. Remove it, or use a shared mailbox such as info@.",
        _safe_harbor("(F)"),
    ),
    Kind.PHONE: PrivacyRule(
        "PHI-02",
        _WARN,
        "a phone number that is no public line",
        "This phone number is no public line that I know. If it belongs to a patient or a "
        "colleague, remove it.",
        _safe_harbor("(D)-(E)"),
    ),
    Kind.NATIONAL_ID: PrivacyRule(
        "PHI-03",
        _BLOCK,
        "a national identity or health number",
        "This looks like a national identity or insurance number. It must never be published.",
        _safe_harbor("(G) and (I)"),
    ),
    Kind.RECORD_NUMBER: PrivacyRule(
        "PHI-04",
        _BLOCK,
        "a record or patient number",
        "This looks like a record or patient number. Remove it: a number alone can identify "
        "somebody in our systems.",
        _safe_harbor("(H)"),
    ),
    Kind.PLAN_NUMBER: _ACCOUNT,
    Kind.CARD: _ACCOUNT,
    Kind.IBAN: _ACCOUNT,
    Kind.BIRTH_DATE: PrivacyRule(
        "PHI-06",
        _BLOCK,
        "a date of birth",
        "A date of birth identifies a person. Remove it, or give a broad age group.",
        _safe_harbor("(C)"),
    ),
    Kind.CARE_DATE: PrivacyRule(
        "PHI-07",
        _BLOCK,
        "the day of somebody's care",
        "The exact date of somebody's care identifies them. Keep the year at most.",
        _safe_harbor("(C)"),
    ),
    Kind.AGE: PrivacyRule(
        "PHI-08",
        _WARN,
        "an age over 89",
        'HIPAA counts an age over 89 as an identifier. Say "in their 90s" or "over 89".',
        _safe_harbor("(C)"),
    ),
    Kind.NAME: PrivacyRule(
        "PHI-09",
        _BLOCK,
        "a person's name beside words about health or care",
        "This names a person and tells of their health or care. Remove the name.",
        "45 CFR 164.514(b)(2)(i)(A); 164.508(a)(1)",
        _AUTHORIZATION,
    ),
    Kind.ROOM: PrivacyRule(
        "PHI-10",
        _BLOCK,
        "the room or bed of a person",
        "A room or bed with a person points to one patient. Remove it.",
        _safe_harbor("(R)"),
    ),
    Kind.ADDRESS: PrivacyRule(
        "PHI-13",
        _WARN,
        "a street address or postcode",
        "This looks like a street address. If it is not one of our sites, remove it.",
        _safe_harbor("(B)"),
    ),
    Kind.LINK: PrivacyRule(
        "PHI-15",
        _BLOCK,
        "a link that carries somebody's identifier",
        "This link carries a patient or session identifier. Use the public page instead.",
        _safe_harbor("(N)"),
    ),
    Kind.IP_ADDRESS: _THING,
    Kind.DEVICE: _THING,
    Kind.PATIENT_DATE: PrivacyRule(
        "PHI-20",
        _BLOCK,
        "a patient's age or description with the day of care",
        "The age or outline of a patient with an exact date of care can point to them. Drop the "
        "day and month.",
        "45 CFR 164.514(b)(2)(i)(C); (b)(2)(ii)",
    ),
}
"""The rule of each kind, cited to HIPAA's safe harbor and authorizations."""


def rulings(text: str, known: Known = NOBODY) -> tuple[Ruling, ...]:
    """Return what the privacy rules say of a text, in reading order."""
    found = private_spans(text, known)
    in_care = any(span.kind is Kind.PHONE for span in found) and is_clinical(read(text).whole())
    return tuple(_ruling(span, in_care=in_care) for span in found)


def blocking(text: str, known: Known = NOBODY) -> tuple[Ruling, ...]:
    """Return what keeps a text from being stored."""
    return tuple(found for found in rulings(text, known) if found.severity is Severity.BLOCK)


def _ruling(span: PrivateSpan, *, in_care: bool) -> Ruling:
    """Return what a span weighs: a phone number blocks in a text about somebody's care."""
    rule = RULES[span.kind]
    raised = in_care and span.kind is Kind.PHONE
    return Ruling(rule, Severity.BLOCK if raised else rule.severity, span)
