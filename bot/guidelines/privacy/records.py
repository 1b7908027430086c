"""Record, plan, account and device numbers: bare digits never count, their keyword must stand near.

Words that are common elsewhere (hospital, case, group) count only right before "no", "number" or
"ID". A value has two digits in a row and is no year: "Policy 2030" is a plan of the ministry.
"""

import re
from collections.abc import Iterator

from bot.guidelines.privacy.check_digits import digits_of
from bot.guidelines.privacy.passage import Passage
from bot.guidelines.privacy.spans import Kind, PrivateSpan

_NUMBER = r"\s?(?:(?:number|num|no|nr|id|code)\b\.?|#)"
_JOIN = r"\s?(?:is\b|was\b|of\b|under\b|:|=|-|\()?\s?[#:(]?\s?"
_VALUE = r"(?P<value>#?(?=[a-z0-9-]{0,12}\d\d)[a-z0-9]{1,20}(?:-[a-z0-9]{1,20}){0,5})(?![\w%])"

_STRONG_RECORD = (
    r"mrn|medical\s?rec(?:ord)?s?|med\.?\s?rec\.?|patient\s?(?:record|file|identifier)"
    r"|chart|encounter|accession|(?:under|health)\s?record"
)
_WEAK_RECORD = (
    r"hospital|patient|pt|case|ur|nhs|nhi|chi|site|ref(?:erence)?\.?|file|record|visit|admission"
    r"|specimen|sample|referral|claim|wristband|unit"
)
_RECORD = re.compile(
    rf"\b(?:(?:(?:{_STRONG_RECORD})\b|mrn(?=\d))\.?(?:{_NUMBER}){{0,2}}"
    rf"|(?:{_WEAK_RECORD})(?:{_NUMBER}){{1,2}}"
    rf"|(?<![@#])\bid\s?(?:#|:|number\b)){_JOIN}{_VALUE}",
    re.IGNORECASE,
)

_STRONG_PLAN = (
    r"insur(?:ance|er)?|ins|health\s?plan|plan|policy|member(?:ship)?|beneficiary|subscriber"
    r"|medicare|medicaid|hmo|ppo|hicn|hpbn|mbi|acc(?:oun)?t"
)
_PLAN = re.compile(
    rf"\b(?:(?:{_STRONG_PLAN})\b\.?(?:\s(?:plan|policy|card|member|beneficiary|account))?"
    rf"(?:{_NUMBER}){{0,2}}|group(?:{_NUMBER}){{1,2}}){_JOIN}{_VALUE}",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"\b(?:serial|device|implant|pacemaker|pump|vin|vehicle|licen[cs]e plate|number plate|plate"
    r"|rego|registration|driver'?s? licen[cs]e|licen[cs]e|passport|certificate)"
    rf"(?:{_NUMBER}){{1,2}}{_JOIN}(?P<value>(?=[a-z-]{{0,12}}\d)[a-z0-9-]{{5,24}})(?![\w%])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)?\d\d)?")
_SAID = re.compile(r"mrn|#|num|\b(?:no|nr|id|code)\b", re.IGNORECASE)
_MARKED = re.compile(r"[:=(]")
_LINE = re.compile(r"(?:1-)?\d{3}-\d{3}-\d{4}")
# what has numbers for everybody: a webinar, a trial, an advertised post
_PUBLIC = re.compile(
    r"\b(?:meeting|webinar|zoom|session|event|trial|study|grant|order|job|vacancy|course|protocol"
    r"|article|video|class|conference|registry|abstract|paper|bill|docket|court)\s?$"
    r"|\b(?:nct|isrctn|pmc|pmid)$",
    re.IGNORECASE,
)
_IN_COURT = re.compile(r"\b(?:court|judges?|ruling|lawsuit|tribunal|hearing)\b", re.IGNORECASE)
_REGISTRY = re.compile(r"#?(?:nct|isrctn|pmc|pmid|doi)", re.IGNORECASE)


def find(passage: Passage) -> Iterator[PrivateSpan]:
    """Yield the numbers of records, plans, accounts and devices."""
    for kind, pattern in (
        (Kind.PLAN_NUMBER, _PLAN),
        (Kind.RECORD_NUMBER, _RECORD),
        (Kind.DEVICE, _DEVICE),
    ):
        for found in pattern.finditer(passage.unlinked):
            if _is_number(found) and not _is_public(passage, found):
                yield PrivateSpan(kind, *found.span("value"))


def _is_public(passage: Passage, found: re.Match[str]) -> bool:
    """Whether a number is one of a trial, a webinar or a lawsuit."""
    before = passage.unlinked[max(0, found.start() - 40) : found.start()]
    if found[0][:4].lower() == "case" and _IN_COURT.search(before):
        return True
    return _PUBLIC.search(before[-20:]) is not None


def _is_number(found: re.Match[str]) -> bool:
    """Whether it is a number of that kind: the less is said of it, the longer it must be."""
    value = found["value"].lstrip("#")
    if _YEAR.fullmatch(value) or _REGISTRY.match(value):
        return False
    count, mixed = len(digits_of(value)), any(character.isalpha() for character in value)
    said = found[0][: len(found[0]) - len(value)]
    if _SAID.search(said):
        return mixed or count > 3
    if mixed:
        return count > 3
    return bool(_MARKED.search(said)) and count > 6 and not _LINE.fullmatch(value)
