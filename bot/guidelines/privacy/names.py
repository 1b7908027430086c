"""Names of people, and what makes one a patient's.

A name is told by a title, by a first name of the census before a surname or an initial, or by the
words before it ("patient", "named", "a 30-year-old woman,"). It is private beside clinical words;
not where it signs, speaks or treats, unless one patient is told of and the name is a thread to them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from bot.guidelines.privacy.context import (
    DEMOGRAPHIC,
    EVENT,
    EXACT_AGE,
    HOUSE,
    PRONOUN,
    is_clinical,
)
from bot.guidelines.privacy.first_names import CENSUS, FIRST_NAMES
from bot.guidelines.privacy.passage import Passage
from bot.guidelines.privacy.runs import Run, Word, runs
from bot.guidelines.privacy.spans import Kind, Known, PrivateSpan

_TITLES = frozenset("mr mrs ms miss mx master mister madam sr sra mme mlle frau herr".split())
_STAFF = frozenset(
    "dr drs doctor prof professor nurse sister matron midwife senator sen rep representative"
    " president minister secretary gov governor mayor ceo sir dame lord lady baroness justice judge"
    " king queen prince princess pope surgeon physio chancellor mp congressman congresswoman".split()
)
_NOT_NAMES = frozenset(
    word
    for line in files(__package__).joinpath("not_names.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
_NEVER = _NOT_NAMES | _TITLES | _STAFF

_CUE = re.compile(
    r"(?:\b(?:patients?|pt|client|resident|named|called|name is|name:|(?:a|the|this|our|my|little)"
    r" (?:man|woman|boy|girl|lady|gentleman|male|female|kid|child|baby|teen|mum|mom|dad))"
    r"[,:]?\s(?:is |was |named |called |like |ms |mr )?"
    r"|\b\d{1,3}[\s-]{0,2}(?:years?[\s-]old|yrs?[\s-]old|year-old|y/?o|yo|y)\b[^.;!?\n]{0,60}[,(]\s?"
    r"|(?:\w|\))[,(]\s?)$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r",?\s(?:who|whose|seen|admitted|diagnosed|treated|evaluated|presenting|referred|discharged"
    r"|with|undergoing|visited)\b"
)
_AGE = re.compile(r",?\s?\(?\s?(?:aged? )?\d{1,3}(?:\)|,|\s?y/?o\b|[\s-]years?[\s-]old)|, an? \d{1,3}-year-old")
_STRONG_CUE = re.compile(r"(?:patient|pt|named|called|name is|boy|girl|woman|man|male|female|lady"
                         r"|gentleman|kid|child|baby|teen|resident|client)\W{0,3}(?:is |was |named |called )?$", re.IGNORECASE)
_SIGNS = re.compile(r"\b(?:by|via|author|with|from|interview|feat|ft|photo|credit|cc|w/)\.?:?\s*$", re.IGNORECASE)
_DEGREE = re.compile(r",?\s*(?:MD|DO|RN|PhD|NP|PA|DDS|FRCP|MPH|MBBS|BSc|MSc|CEO|MP|PharmD|DNP|FACP|OBE|MBE)\b")
_SPEAKS = re.compile(
    r",?\s(?:says|said|explains?|writes?|wrote|argues?|discusses|talks?|reports?|warns?|asks?"
    r"|speaks?|presents|joins|leads|tells|describes|reflects|interviews?|reviews?|on (?:how|why|the)"
    r"|to (?:speak|talk|lead|discuss)|appointed|named|elected|president|chief|director|professor)\b"
    r"|:|\s?\|"
)
_CARES = re.compile(
    r"(?:\b(?:by|with|to|under|of|for|from|see|saw|sees|seeing|consulted|visited|dx|visit|attending"
    r"|clinic|,)|,)\.?\s*$",
    re.IGNORECASE,
)
_NAMESAKE = re.compile(
    r"(?:'s)?\s(?:Hospital|Clinic|Medical|Health|Cent(?:er|re)|Foundation|Institute|School|University"
    r"|Street|Road|Avenue|House|Trust|Hospice|Library|Park|Award|Prize|Fund|Charity|Act|Day|College"
    r"|Ward|Building|Wing|Unit|Pharmacy|Infirmary|Children's|General|Memorial|Cancer|Lecture|Show)\b"
    r"|'s (?:disease|syndrome|sign|law|lymphoma|palsy|ataxia|contracture|reflex|phenomenon)\b",
)
"""What is named after somebody: a house, a prize, a disease."""

_CALLED = re.compile(r"\b(?:named|called|name is)\s$")
_WAS_TREATED = re.compile(
    r"\s(?:was|is|got|has been|had been|gets|being) (?:just |now |finally |re)?"
    r"(?:admitted|discharged|diagnosed|operated|hospitali[sz]ed|referred to|treated (?:at|by|for|in))\b"
)
_LOWER = re.compile(r"\b(?:mr|mrs|ms)\.? (?P<name>[a-z]{2,20}(?:'[a-z]{2,20})?)\b")
_OWN = re.compile(r"\b(?:his|her)\b")
_ROLE = re.compile(
    r"\b(?:nurse|practitioner|doctor|surgeon|physician|midwife|therapist|specialist|director|author"
    r"|act(?:or|ress)|singer|star|president|minister|mp|professor|researcher|scientist|gp|consultant"
    r"|pharmacist|dietitian|psychologist|psychiatrist|columnist|journalist|reporter|editor|player"
    r"|champion|coach|chef|host|speaker|colleague|team member|volunteer|manager|chief)s?,?\s$",
    re.IGNORECASE,
)
_TREATS = re.compile(r"\.?,?\s(?:treated|saw|operated|referred|diagnosed|delivered)\b")
_HEADLINE = 5


class Evidence(StrEnum):
    """By what a name was told."""

    TITLE = "title"
    CUE = "cue"
    INITIAL = "initial"
    FULL = "full"
    STAFF = "staff"
    LONE = "lone"


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `prose[start:end]`, and by what it was told."""

    start: int
    end: int
    evidence: Evidence
    in_headline: bool


def find(passage: Passage, known: Known) -> Iterator[PrivateSpan]:
    """Yield the names that stand beside somebody's care or illness."""
    for name in names(passage):
        text = passage.prose[name.start : name.end].lower()
        if text not in known.people and _is_private(passage, name):
            yield PrivateSpan(Kind.NAME, name.start, name.end)


def candidates(passage: Passage) -> Iterator[PrivateSpan]:
    """Yield every name of a person, whatever it stands beside."""
    for name in names(passage):
        if name.evidence is not Evidence.LONE:
            yield PrivateSpan(Kind.NAME, name.start, name.end)


def names(passage: Passage) -> Iterator[Name]:
    """Yield the names of people in a passage."""
    for run in runs(passage.prose):
        headline = len(run) >= _HEADLINE
        at = 0
        while at < len(run):
            length, evidence = _name_at(passage.prose, run, at)
            if evidence and not _NAMESAKE.match(passage.prose, run[at + length - 1].end):
                first, last = run[at], run[at + length - 1]
                yield Name(first.start, last.end, evidence, headline)
            at += max(1, length)
    for found in _LOWER.finditer(passage.prose):
        yield Name(*found.span("name"), Evidence.TITLE, in_headline=False)


def _name_at(prose: str, run: Run, at: int) -> tuple[int, Evidence | None]:
    """Return how many words from a place on are a name, and by what it is told."""
    word = run[at]
    rest = _surname_length(prose, run, at + 1)
    if word.lower in _TITLES:
        return (1 + rest, Evidence.TITLE) if rest else (1, None)
    if word.lower in _STAFF:
        return (1 + rest, Evidence.STAFF) if rest else (1, None)
    if word.is_initial or word.lower in _NOT_NAMES or len(word.text) < 2:
        return 1, None
    return _named(prose, run, at, rest)


def _named(prose: str, run: Run, at: int, rest: int) -> tuple[int, Evidence | None]:
    word = run[at]
    last = run[at + rest]
    if rest and last.is_initial and _is_known(word) :
        return 1 + rest, Evidence.INITIAL
    if rest == 1 and last.is_initial and prose[last.end : last.end + 1] == ".":
        return 2, Evidence.INITIAL
    if rest and word.lower in FIRST_NAMES and not word.text.isupper():
        return 1 + rest, Evidence.FULL
    if _is_cued(prose, run, at, rest):
        return 1 + rest, Evidence.CUE
    if not rest and word.lower in FIRST_NAMES and len(run) == 1 and not word.text.isupper():
        return 1, Evidence.LONE
    return 1, None


def _surname_length(prose: str, run: Run, at: int) -> int:
    """Return how many words from a place on may be the rest of a name: at most four."""
    count = 0
    for word in run[at : at + 4]:
        if not word.is_initial and word.lower in _NEVER:
            break
        count += 1
        if not word.is_initial and word.text[0].isupper() and count > 1:
            break
        if word.is_initial and count == 1 and _ends(prose, word):
            break
    while count and run[at + count - 1].text[0].islower():
        count -= 1
    return count


def _ends(prose: str, initial: Word) -> bool:
    """Whether an initial is the end of a name, and not before a surname."""
    return not re.match(r"\.? ?[A-Z][a-z]", prose[initial.end : initial.end + 4])


def _is_known(word: Word) -> bool:
    return word.lower in CENSUS


def _is_cued(prose: str, run: Run, at: int, rest: int) -> bool:
    """Whether the words around a name say that it is one."""
    word = run[at]
    if at or word.text.isupper():
        return False
    before, after = prose[max(0, word.start - 90) : word.start], prose[run[at + rest].end :][:40]
    if word.lower in FIRST_NAMES and (_CUE.search(before) and _STRONG_CUE.search(before)):
        return True
    if word.lower in FIRST_NAMES and not rest:
        return bool(_AGE.match(after)) or bool(
            re.search(r"[,(]\s?$", before) and DEMOGRAPHIC.search(before) and re.match(r"[,)]", after)
        )
    if not rest or len(run) != 1 + rest:
        return False
    if _CALLED.search(before) or (at == 0 and _WAS_TREATED.match(after)):
        return True
    ends = _CLAUSE.match(after) or (_is_known(word) and re.match(r"[,)]", after))
    return bool(ends and re.search(r"[,(]\s?$", before) and DEMOGRAPHIC.search(before))


def _is_private(passage: Passage, name: Name) -> bool:
    prose = passage.prose
    around = passage.around(name.start, name.end)
    before, after = prose[max(0, name.start - 24) : name.start], prose[name.end : name.end + 40]
    if name.evidence is Evidence.STAFF or _ROLE.search(before):
        return bool(DEMOGRAPHIC.search(around) and (_CARES.search(before) or _TREATS.match(after)))
    if _DEGREE.match(after) or not is_clinical(around):
        return False
    if name.evidence is Evidence.LONE:
        return bool(_OWN.search(around) and HOUSE.search(around) and EVENT.search(around))
    if name.evidence is not Evidence.FULL:
        return True
    if (name.in_headline or _SIGNS.search(before) or _SPEAKS.match(after)) and not (
        PRONOUN.search(around) and EVENT.search(around)
    ):
        return EXACT_AGE.search(around) is not None
    return True
