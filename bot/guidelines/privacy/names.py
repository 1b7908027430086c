"""Names of people, and by what they are told from other capitalised words.

A title before it; a first name of the census before a surname or an initial; or the words around
it: "patient", "named", "a 30-year-old woman, ...", "..., 34,", "... was discharged".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.guidelines.privacy.context import ONE_PATIENT
from bot.guidelines.privacy.lists import CENSUS, FIRST_NAMES, NOT_NAMES, OFFICES, TITLES
from bot.guidelines.privacy.passage import Passage
from bot.guidelines.privacy.runs import Run, Word, runs

_NEVER = NOT_NAMES | TITLES | OFFICES
_HEADLINE = 5
"""Capitalised words in a row that make a headline, in which every word may look like a name."""

_NAMESAKE = re.compile(
    r"(?:'s)?\s(?:Hospital|Clinic|Medical|Health|Cent(?:er|re)|Foundation|Institute|School"
    r"|University|Street|Road|Avenue|House|Trust|Hospice|Library|Park|Award|Prize|Fund|Charity|Act"
    r"|Day|College|Ward|Building|Wing|Unit|Pharmacy|Infirmary|Children's|General|Memorial|Cancer"
    r"|Lecture|Show)\b"
    r"|'s (?:disease|syndrome|sign|law|lymphoma|palsy|ataxia|contracture|reflex|phenomenon)\b",
)
"""What is named after somebody: a house, a prize, a disease."""

_CUE = re.compile(
    r"\b(?:patients?|pt|client|resident|named|called|name is"
    r"|(?:a|the|this|our|my|little|old) (?:man|woman|boy|girl|lady|gentleman|male|female|kid|child"
    r"|baby|teen|mum|mom|dad))[,:]?\s(?:is |was |named |called |like )?$",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\b(?:named|called|name is)\s$")
_OPENS = re.compile(r"[,(]\s?$")
_CLOSES = re.compile(r"[,)]")
_CLAUSE = re.compile(
    r",?\s(?:who|whose|seen|admitted|diagnosed|treated|evaluated|presenting|referred|discharged"
    r"|with|undergoing|visited)\b"
)
_WAS_TREATED = re.compile(
    r"\s(?:was|is|got|has been|had been|gets|being) (?:just |now |finally |re)?(?:admitted"
    r"|discharged|diagnosed|operated|hospitali[sz]ed|referred to|treated (?:at|by|for|in))\b"
)
_AGE = re.compile(
    r",?\s?\(?\s?(?:aged? )?\d{1,3}(?:\)|,|\s?y/?o\b|[\s-]years?[\s-]old)|, an? \d{1,3}-year-old"
)
_SURNAME_FOLLOWS = re.compile(r"\.? ?[A-Z][a-z]")
_LOWER = re.compile(r"\b(?:mr|mrs|ms)\.? (?P<name>[a-z]{2,20}(?:'[a-z]{2,20})?)\b")


class Evidence(StrEnum):
    """By what a name was told."""

    TITLE = "title"
    OFFICE = "office"
    INITIAL = "initial"
    SURNAME = "surname"
    CUE = "cue"
    LONE = "lone"


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `prose[start:end]`, and by what it was told."""

    start: int
    end: int
    evidence: Evidence
    in_headline: bool = False


Told = tuple[int, Evidence | None]
"""How many words from a place on belong together, and by what they are a name, if they are one."""


def names(passage: Passage) -> Iterator[Name]:
    """Yield the names of people in a passage."""
    for run in runs(passage.prose):
        yield from _in_run(passage.prose, run)
    for found in _LOWER.finditer(passage.prose):
        yield Name(*found.span("name"), Evidence.TITLE)


def _in_run(prose: str, run: Run) -> Iterator[Name]:
    at = 0
    while at < len(run):
        length, evidence = _at(prose, run, at)
        last = run[at + length - 1]
        if evidence and not _NAMESAKE.match(prose, last.end):
            yield Name(run[at].start, last.end, evidence, len(run) >= _HEADLINE)
        at += length


def _at(prose: str, run: Run, at: int) -> Told:
    word, rest = run[at], _surname_length(prose, run, at + 1)
    if word.lower in TITLES:
        return 1 + rest, Evidence.TITLE if rest else None
    if word.lower in OFFICES:
        return 1 + rest, Evidence.OFFICE if rest else None
    if word.is_initial or word.lower in NOT_NAMES or word.text.isupper():
        return 1, None
    if rest and _ends_in_initial(prose, word, run[at + rest]):
        return 1 + rest, Evidence.INITIAL
    if rest and word.lower in FIRST_NAMES:
        return 1 + rest, Evidence.SURNAME
    if at == 0 and _is_cued(prose, run, rest):
        return 1 + rest, Evidence.CUE
    alone = len(run) == 1 and word.lower in FIRST_NAMES
    return 1, Evidence.LONE if alone else None


def _ends_in_initial(prose: str, first: Word, last: Word) -> bool:
    """Whether it is "Anna S" with a first name of the census, or any name with "S."."""
    dotted = prose[last.end : last.end + 1] == "."
    return last.is_initial and (dotted or first.lower in CENSUS)


def _surname_length(prose: str, run: Run, at: int) -> int:
    """Return how many words from a place on may be the rest of a name: at most four."""
    count = 0
    for word in run[at : at + 4]:
        if not word.is_initial and word.lower in _NEVER:
            break
        count += 1
        if word.is_initial and count == 1 and not _SURNAME_FOLLOWS.match(prose, word.end):
            break
        if not word.is_initial and word.text[0].isupper() and count > 1:
            break
    while count and run[at + count - 1].text[0].islower():
        count -= 1
    return count


def _is_cued(prose: str, run: Run, rest: int) -> bool:
    """Whether the words around a name say that it is one."""
    word, last = run[0], run[rest]
    before, after = prose[max(0, word.start - 90) : word.start], prose[last.end : last.end + 40]
    known = word.lower in FIRST_NAMES
    if known and (_CUE.search(before) or (not rest and _AGE.match(after))):
        return True
    if _OPENS.search(before) and ONE_PATIENT.search(before):
        enough = known or (rest and word.lower in CENSUS)
        if _CLOSES.match(after) if enough else rest and _CLAUSE.match(after):
            return True
        if rest and _CLAUSE.match(after):
            return True
    if not rest or len(run) != 1 + rest:
        return False
    return bool(_CALLED.search(before) or _WAS_TREATED.match(after))
