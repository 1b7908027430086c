"""Whose a name is: a patient's beside words about care, or somebody's who signs, speaks or treats.

The name of whoever treats counts where one patient is told of: it is a thread to them.
"""

import re
from collections.abc import Iterator, Sequence

from bot.guidelines.privacy import ties
from bot.guidelines.privacy.context import (
    EXACT_AGE,
    HOUSE,
    ONE_PATIENT,
    OURS,
    PRONOUN,
    THEIR_OWN,
    is_about_health,
    is_care,
    is_clinical,
)
from bot.guidelines.privacy.names import Evidence, Name, names, others
from bot.guidelines.privacy.passage import Passage, Surroundings
from bot.guidelines.privacy.spans import Kind, Known, PrivateSpan
from bot.guidelines.privacy.speakers import DEGREE, SIGNS, SPEAKS, has_role

_CARES = re.compile(
    r"(?:\b(?:by|with|to|under|of|for|from|see|saw|sees|seeing|consulted|visited|dx|visit"
    r"|attending|clinic),?|,)\.?\s*$",
    re.IGNORECASE,
)
_TREATS = re.compile(r"\.?,?\s(?:treated|saw|operated|referred|diagnosed|delivered)\b")


def find(
    passage: Passage, known: Known, spotted: Sequence[tuple[int, int]] = ()
) -> Iterator[PrivateSpan]:
    """Yield the names that stand beside somebody's care or illness."""
    own = tuple(names(passage))
    for name in (*own, *others(passage, own, spotted)):
        text = passage.prose[name.start : name.end].lower()
        if text not in known.people and _is_private(passage, name):
            yield PrivateSpan(Kind.NAME, name.start, name.end)


def candidates(passage: Passage) -> Iterator[PrivateSpan]:
    """Yield every name of a person, whatever it stands beside."""
    for name in names(passage):
        yield PrivateSpan(Kind.NAME, name.start, name.end)


def _is_private(passage: Passage, name: Name) -> bool:
    around = passage.around(name.start, name.end)
    before = passage.prose[max(0, name.start - 40) : name.start]
    after = passage.prose[name.end : name.end + 80]
    if name.evidence is Evidence.OFFICE or has_role(before, after):
        if _CARES.search(before) or _TREATS.match(after):
            return around.has(ONE_PATIENT)
        return name.evidence is not Evidence.OFFICE and _is_ours(around, after)
    befallen = ties.AFTER.match(after) is not None
    if DEGREE.match(after) or not (befallen or _is_near_care(around, name, before)):
        return False
    match name.evidence:
        case Evidence.LONE:
            return around.has(THEIR_OWN) and around.has(HOUSE) and is_care(around)
        case Evidence.TIE:
            return around.has(PRONOUN) or passage.whole().has(HOUSE)
        case Evidence.SURNAME:
            signs = not befallen and (name.in_headline or SIGNS.search(before))
            return not (signs or SPEAKS.match(after)) or _is_told_of(around)
    return True


def _is_near_care(around: Surroundings, name: Name, before: str) -> bool:
    """Whether a name stands beside care: that of somebody, unless the name itself says whose."""
    if name.evidence in (Evidence.CUE, Evidence.INITIAL):
        return is_about_health(around)
    wished = name.evidence is Evidence.TIE or ties.BEFORE.search(before)
    return is_clinical(around) or (bool(wished) and is_care(around))


def _is_ours(around: Surroundings, after: str) -> bool:
    """Whether somebody with a role lies with us: "footballer Kevin Marsh was admitted here"."""
    return ties.AFTER.match(after) is not None and around.has(OURS)


def _is_told_of(around: Surroundings) -> bool:
    """Whether the care is surely that of the named person, who may speak as well."""
    return (around.has(PRONOUN) and is_care(around)) or around.has(EXACT_AGE)
