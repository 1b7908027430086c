"""Whose a name is: a patient's beside words about care, or somebody's who signs, speaks or treats.

The name of whoever treats counts where one patient is told of: it is a thread to them.
"""

import re
from collections.abc import Iterator

from bot.guidelines.privacy.context import (
    EVENT,
    EXACT_AGE,
    HOUSE,
    ONE_PATIENT,
    PRONOUN,
    THEIR_OWN,
    is_clinical,
)
from bot.guidelines.privacy.names import Evidence, Name, names
from bot.guidelines.privacy.passage import Passage, Surroundings
from bot.guidelines.privacy.spans import Kind, Known, PrivateSpan

_ROLE = re.compile(
    r"\b(?:nurse|practitioner|doctor|surgeon|physician|midwife|therapist|specialist|director"
    r"|author|act(?:or|ress)|singer|star|president|minister|mp|professor|researcher|scientist|gp"
    r"|consultant|pharmacist|dietitian|psychologist|psychiatrist|columnist|journalist|reporter"
    r"|editor|player|champion|coach|chef|host|speaker|colleague|team member|volunteer|manager"
    r"|chief)s?,?\s$",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"\b(?:by|via|author|with|from|interview|feat|ft|photo|credit|cc|w/)\.?:?\s*$", re.IGNORECASE
)
_DEGREE = re.compile(
    r",?\s*(?:MD|DO|RN|PhD|NP|PA|DDS|FRCP|MPH|MBBS|BSc|MSc|CEO|MP|PharmD|DNP|FACP|OBE|MBE)\b"
)
_SPEAKS = re.compile(
    r",?\s(?:says|said|explains?|writes?|wrote|argues?|discusses|talks?|reports?|warns?|asks?"
    r"|speaks?|presents|joins|leads|tells|describes|reflects|interviews?|reviews?"
    r"|on (?:how|why|the)|to (?:speak|talk|lead|discuss)|appointed|named|elected|president|chief"
    r"|director|professor)\b|:|\s?\|"
)
_CARES = re.compile(
    r"(?:\b(?:by|with|to|under|of|for|from|see|saw|sees|seeing|consulted|visited|dx|visit"
    r"|attending|clinic),?|,)\.?\s*$",
    re.IGNORECASE,
)
_TREATS = re.compile(r"\.?,?\s(?:treated|saw|operated|referred|diagnosed|delivered)\b")


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


def _is_private(passage: Passage, name: Name) -> bool:
    around = passage.around(name.start, name.end)
    before = passage.prose[max(0, name.start - 24) : name.start]
    after = passage.prose[name.end : name.end + 40]
    if name.evidence is Evidence.OFFICE or _ROLE.search(before):
        treats = _CARES.search(before) or _TREATS.match(after)
        return treats is not None and around.has(ONE_PATIENT)
    if _DEGREE.match(after) or not is_clinical(around):
        return False
    if name.evidence is Evidence.LONE:
        return around.has(THEIR_OWN) and around.has(HOUSE) and around.has(EVENT)
    if name.evidence is Evidence.SURNAME:
        speaks = name.in_headline or _SIGNS.search(before) or _SPEAKS.match(after)
        return not speaks or _is_told_of(around)
    return True


def _is_told_of(around: Surroundings) -> bool:
    """Whether the care is surely that of the named person, who may speak as well."""
    return (around.has(PRONOUN) and around.has(EVENT)) or around.has(EXACT_AGE)
