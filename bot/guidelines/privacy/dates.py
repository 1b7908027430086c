"""Days of birth and of care; a year, a month of a year and "last week" identify nobody."""

import re
from collections.abc import Iterator, Sequence

from bot.guidelines.privacy.context import CARE, ONE_PATIENT, PERSON
from bot.guidelines.privacy.passage import Passage
from bot.guidelines.privacy.spans import Kind, PrivateSpan

_MONTH = (
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)\d\d|'\d\d)"
_MM, _DD = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_UNIT = r"(?!\d|[.,]?\d|%|\s?(?:mg|ml|mcg|kg|k|km|miles?|people|am|pm)\b)"

_DATE = re.compile(
    rf"(?<![\w/])(?:{_MONTH}\s{{1,2}}{_DAY}{_UNIT}(?:,?\s{{1,2}}{_YEAR})?(?!\w)"
    rf"|{_DAY}[\s-]{{1,2}}(?:of\s)?{_MONTH}(?![a-z])(?:[\s,-]{{1,3}}{_YEAR})?(?!\w))"
    rf"|(?<![\w/.-])(?:{_MM}(?P<a>[/.-]){_DD}(?P=a)(?:19|20)?\d\d"
    rf"|{_DD}(?P<b>[/.-]){_MM}(?P=b)(?:19|20)?\d\d"
    rf"|(?:19|20)\d\d(?P<c>[/.-]){_MM}(?P=c){_DD})(?![\w/]|[.-]\d)",
    re.IGNORECASE,
)
# "may 3 people", "march 5 miles": what is no month unless written as one
_LOWER = re.compile(r"(?:\d+\s)?(?:may|mar|march|sep|dec|jan|oct|nov|jun|jul|aug|feb|apr)\b")
_WITH_YEAR = re.compile(r"(?:19|20)\d\d")
_BIRTH = re.compile(
    r"\b(?:d\.?o\.?b\.?|(?:date|day) of birth|birth\s?da(?:te|y))\W{0,4}(?:is |was |on |of |: ?)?$"
    r"|\bborn (?:on )?(?:the )?$|(?<![\w.])b\.\s?$",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth)\W{0,4}(?:is |was )?"
    r"(?P<n>\d\d[a-z]{3}(?:\d\d){1,2}|(?:19|20)\d{6}|\d{8}|\d{6})\b",
    re.IGNORECASE,
)
_NOTED = re.compile(
    r"(?:^|[.!?\n]\s?)(?:admitted|discharged|seen|transferred|operated)\s(?:here\s)?(?:on\s)?$",
    re.IGNORECASE,
)
"""How a note of care begins that says nobody's name."""
_HISTORY = re.compile(
    r"\b(?:scientist|pioneer\w*|founder|founded|nobel|physician|on this day|otd|otdih"
    r"|historic(?:al)?|in history"
    r"|anniversary|inventor|discovered|portrait|museum|1[5-8]\d\d)\b",
    re.IGNORECASE,
)


def find(passage: Passage, named: Sequence[PrivateSpan]) -> Iterator[PrivateSpan]:
    """Yield dates of birth, and dates of the care of one person, who may be named beside them."""
    places = sorted(name.start for name in named)
    for found in _COMPACT.finditer(passage.prose):
        yield PrivateSpan(Kind.BIRTH_DATE, *found.span("n"))
    for found in _DATE.finditer(passage.prose):
        if _is_date(found[0]) and (kind := _kind(passage, found, places)):
            yield PrivateSpan(kind, *found.span())


def candidates(passage: Passage) -> Iterator[PrivateSpan]:
    """Yield every date with a day, whatever it is of."""
    for found in _DATE.finditer(passage.prose):
        if _is_date(found[0]):
            yield PrivateSpan(Kind.CARE_DATE, *found.span())


def _is_date(text: str) -> bool:
    return not _LOWER.match(text) or _WITH_YEAR.search(text) is not None


def _kind(passage: Passage, found: re.Match[str], named: Sequence[int]) -> Kind | None:
    around = passage.around(*found.span())
    if around.has(_HISTORY):
        return None
    before = passage.prose[max(0, found.start() - 24) : found.start()]
    if _BIRTH.search(before):
        return Kind.BIRTH_DATE
    if _NOTED.search(before):
        return Kind.CARE_DATE
    named_there = around.holds(named)
    if around.has(ONE_PATIENT) and (around.has(CARE) or named_there):
        return Kind.PATIENT_DATE
    is_somebodys = around.has(PERSON) or named_there
    return Kind.CARE_DATE if is_somebodys and around.has(CARE) else None
