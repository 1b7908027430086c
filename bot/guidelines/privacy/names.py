"""Names of people, and by what they are told from other capitalised words.

A title before it; a known first name before a surname or an initial; or the words around it:
"patient", "named", "a 30-year-old woman, ...", "..., 34,", "... was discharged".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.guidelines.privacy import ties
from bot.guidelines.privacy.context import ONE_PATIENT
from bot.guidelines.privacy.lists import FIRST_NAMES, KNOWN_NAMES, NOT_NAMES, OFFICES, ROLES, TITLES
from bot.guidelines.privacy.passage import Passage
from bot.guidelines.privacy.runs import Run, Word, runs

_NEVER = NOT_NAMES | TITLES | OFFICES
_LEADS = NOT_NAMES | ROLES | {"little", "brave", "dear", "young", "sweet", "poor", "big"}
_PLACE_OPENS = frozenset({"san", "santa", "santo", "sao", "los", "las", "saint", "st", "mount"})
"""What stands before a name that is a place's."""
_HEADLINE = 5
"""Capitalised words in a row that make a headline, in which every word may look like a name."""

_NAMESAKE = re.compile(
    r"(?:'s)?\s(?:Hospital|Clinic|Medical|Health|Cent(?:er|re)|Foundation|Institute|School"
    r"|University|Street|Road|Avenue|House|Trust|Hospice|Library|Park|Award|Prize|Fund|Charity|Act"
    r"|Day|College|Ward|Building|Wing|Unit|Pharmacy|Infirmary|Children's|General|Memorial|Cancer"
    r"|Lecture|Show|[Rr]ace|Run|Walk|[Ee]ffect|[Ff]oundation)\b"
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
_OWN_NAME = re.compile(
    r"\b(?:my|his|her|patient's|pt's|whose)\s(?:name(?:'s| is| was)|(?:maiden |last )name is)\s$"
    r"|\b(?:calls?|called) (?:me|him|her)\s$",
    re.IGNORECASE,
)
_I_AM = re.compile(r"\b(?:i'm|i am)\s$", re.IGNORECASE)
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
_AROUND = " \t\r\n.,;:!?()[]{}\"'*-"
"""What is no part of a name where somebody else takes it for one."""
_SURNAME_FOLLOWS = re.compile(r"\.? ?[A-Z][a-z]")
_LOWER = re.compile(r"\b(?:mr|mrs|ms)\.? (?P<name>[a-z]{2,20}(?:'[a-z]{2,20})?)\b")
_LOWER_CUED = re.compile(
    r"\b(?:pt|patient|(?:name|this) is|name:|called|named),?:? "
    r"(?P<name>(?P<first>[a-z]{3,20}) [a-z]{2,20})"
    r"(?=\s?[,.;:()!?]|\s\d|\s(?:is|was|has|had)\b|$)"
)


class Evidence(StrEnum):
    """By what a name was told."""

    TITLE = "title"
    OFFICE = "office"
    INITIAL = "initial"
    SURNAME = "surname"
    CUE = "cue"
    TIE = "tie"
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
    for found in _LOWER_CUED.finditer(passage.prose):
        if found["first"] in FIRST_NAMES:
            yield Name(*found.span("name"), Evidence.CUE)


def others(
    passage: Passage, own: Sequence[Name], spotted: Sequence[tuple[int, int]]
) -> Iterator[Name]:
    """Yield what somebody else takes for names of people, where our own are not the same.

    What stands beside them tells of them as it does of the names that stand in our lists.
    """
    if not spotted:
        return
    prose = passage.prose
    known = _covered(prose, ((name.start, name.end) for name in own))
    long_runs = (run for run in runs(prose) if len(run) >= _HEADLINE)
    headlines = _covered(prose, ((run[0].start, run[-1].end) for run in long_runs))
    for start, end in (_bare(prose, *span) for span in spotted):
        if 0 in known[start:end] and (evidence := _told_by(prose, start, end)):
            yield Name(start, end, evidence, bool(headlines[start]))


def _covered(prose: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """Return for each character whether a span covers it."""
    covered = bytearray(len(prose))
    for start, end in spans:
        covered[start:end] = b"1" * (end - start)
    return covered


def _bare(prose: str, start: int, end: int) -> tuple[int, int]:
    """Return the name alone, without punctuation and without a role before it."""
    text = prose[start:end]
    start += len(text) - len(text.lstrip(_AROUND))
    name = text.strip(_AROUND).removesuffix("'s")
    while " " in name and name.split(" ", 1)[0].lower() in ROLES:
        rest = name.split(" ", 1)[1].lstrip(_AROUND)
        start, name = start + len(name) - len(rest), rest
    return start, start + len(name)


def _told_by(prose: str, start: int, end: int) -> Evidence | None:
    """Return by what a name is told that stands in no list of ours; None where it is no name."""
    words = [word.strip(".,'").lower() for word in prose[start:end].split()]
    if all(word in NOT_NAMES for word in words) or _NAMESAKE.match(prose, end):
        return None
    if words[0] in OFFICES:
        return Evidence.OFFICE
    before = prose[max(0, start - 90) : start]
    if words[0] in TITLES:
        return Evidence.TITLE
    if _CUE.search(before) or _OWN_NAME.search(before):
        return Evidence.CUE
    if ties.AFTER.match(prose, end) or ties.BEFORE.search(before[-24:]):
        return Evidence.TIE
    return Evidence.SURNAME if len(words) > 1 else Evidence.LONE


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
    if word.lower in ROLES and len(run) > at + 1 and word.plain not in FIRST_NAMES:
        return 1, None
    if word.plain in _PLACE_OPENS:
        return min(2, len(run) - at), None
    if word.is_initial or word.lower in NOT_NAMES or word.text.isupper():
        return 1, None
    if rest and _ends_in_initial(prose, word, run[at + rest]):
        return 1 + rest, Evidence.INITIAL
    if rest and word.plain in FIRST_NAMES:
        return 1 + rest, Evidence.SURNAME
    if at == 0 and _is_cued(prose, run, rest):
        return 1 + rest, Evidence.CUE
    return _told_beside(prose, run, at, rest)


def _told_beside(prose: str, run: Run, at: int, rest: int) -> Told:
    """Return how long a name is that only what stands beside it may tell: unlisted, or alone."""
    word, last = run[at], run[at + rest]
    if at + 1 + rest < len(run) or any(lead.lower not in _LEADS for lead in run[:at]):
        return 1, None
    known = word.plain in FIRST_NAMES
    if rest or known:
        before = prose[max(0, word.start - 24) : word.start]
        if ties.AFTER.match(prose, last.end) or ties.BEFORE.search(before):
            return 1 + rest, Evidence.TIE
    return 1, Evidence.LONE if known else None


def _ends_in_initial(prose: str, first: Word, last: Word) -> bool:
    """Whether it is "Anna S" with a known first name, or any name with "S."."""
    dotted = prose[last.end : last.end + 1] == "."
    return last.is_initial and (dotted or first.plain in KNOWN_NAMES)


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
    if len(run) == 1 + rest and _OWN_NAME.search(before):
        return True
    if rest and _I_AM.search(before) and after.startswith(","):
        return True
    known = word.plain in FIRST_NAMES
    if known and (_CUE.search(before) or (not rest and _AGE.match(after))):
        return True
    if _OPENS.search(before) and ONE_PATIENT.search(before):
        enough = known or (rest and word.plain in KNOWN_NAMES)
        if _CLOSES.match(after) if enough else rest and _CLAUSE.match(after):
            return True
        if rest and _CLAUSE.match(after):
            return True
    if not rest or len(run) != 1 + rest:
        return False
    return bool(_CALLED.search(before) or _WAS_TREATED.match(after))
