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
_SAID = re.compile(r"mrn|[#:=(]|num|\b(?:no|nr|id|code)\b", re.IGNORECASE)


def find(passage: Passage) -> Iterator[PrivateSpan]:
    """Yield the numbers of records, plans, accounts and devices."""
    for kind, pattern in (
        (Kind.PLAN_NUMBER, _PLAN),
        (Kind.RECORD_NUMBER, _RECORD),
        (Kind.DEVICE, _DEVICE),
    ):
        for found in pattern.finditer(passage.unlinked):
            if _is_number(found):
                yield PrivateSpan(kind, *found.span("value"))


def _is_number(found: re.Match[str]) -> bool:
    """Whether it is a number of that kind: said to be one, or too long and mixed for a word."""
    value = found["value"]
    if _YEAR.fullmatch(value):
        return False
    count = len(digits_of(value))
    if _SAID.search(found[0], 0, len(found[0]) - len(value) + value.startswith("#")):
        return count > 3 or not value.lstrip("#").isdecimal()
    return count > 3 and not value.isdecimal()
