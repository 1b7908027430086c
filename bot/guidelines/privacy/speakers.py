"""Whether a name is that of somebody who signs, speaks, treats or is only reported about."""

import re

from bot.guidelines.privacy.context import TOPICS
from bot.guidelines.privacy.lists import ROLES

_LAST_WORD = re.compile(r"([a-z-]{2,30})(?:'s)?,?\s$", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|ex|late|first)[ -](?:(?!patient|resident|client)\w+\s){1,3}$")
_SPECIALIST = re.compile(r"[a-z]{2,20}(?:ologist|iatrist|iatrician|thetist)s?")
_WORD = re.compile(r"[a-z-]+")
_APPOSED = re.compile(
    r"\s?[,(-]\s?(?:who (?:leads?|led|heads?|runs?|founded|joined|joins|works?|is)\s)?"
    r"(?:our|your|the|an?|chief|head|lead|senior|former)\s(?P<role>(?:[\w&'-]{1,24}\s?){1,5})",
    re.IGNORECASE,
)
_MEMBER = re.compile(
    r"\s(?:of|from|at|in|and (?:his|her|their|\d+)|joins|leads)\s(?:(?:our|the|his|her)\s)?"
    r"(?:[\w&'-]{1,24}\s){0,3}"
    r"(?:unit|team|department|staff|board|faculty|laboratory|lab|college|institute|university"
    r"|colleagues|society|academy|council)\b",
    re.IGNORECASE,
)

_SUBJECT = (
    r"(?!(?:dialysis|chemo\w*|oxygen|ventilat\w+|medications?|meds|insulin|antibiotics|an?|our|life"
    r"|warfarin|ward)\b)[a-z]{3,20}"
)
"""What somebody speaks on, unless it is what a patient is on."""

SIGNS = re.compile(
    r"\b(?:by|via|author|with|interview|feat|ft|photo|credit|cc|w/|from|here is what|and colleagues"
    r"|how|led by|according to|what)\.?:?\s*$",
    re.IGNORECASE,
)
"""Before the name of whoever wrote, leads or is asked."""

DEGREE = re.compile(
    r",?\s*(?:MD|DO|RN|PhD|NP|PA|DDS|FRCP|MPH|MBBS|BSc|MSc|CEO|MP|PharmD|DNP|FACP|OBE|MBE)\b"
)
"""Behind the name of somebody of the trade."""

SPEAKS = re.compile(
    r",?\s(?:says|said|explains?|writes?|wrote|argues?|discuss(?:es|ed)|talks?|talked|reports?"
    r"|warns?|asks?|speaks?|spoke|presents?|joins|leads|led|heads|tells|told|describes?|reflects"
    r"|interviews?|reviews?|thinks|believes|learned|learnt|shows|stud(?:ies|ied)|calls|hopes|knows"
    r"|helps|f(?:inds|ound)|discover(?:s|ed)|wins|won|receive[sd]|performs|performed|reveals"
    r"|announces|shares|opens up|recalls|answers|urges|promises|teaches|publishe[sd]|launches"
    r"|founded|runs|retires|steps down|takes (?:over|part)|has (?:given|written|published|led)"
    r"|and (?:colleagues|others|team|(?:his|her) (?:team|colleagues))|et al"
    rf"|on (?:how|why|the|what|living|life|being|her|his|{TOPICS}|(?-i:{_SUBJECT}))"
    r"|to (?:speak|talk|lead|discuss)|appointed|named|elected|president|chief|director|professor)\b"
    r"|:|\s?\|"
    r"|'s (?:(?!(?:on|about|of|for|in|into|to|and|at|is|was)\b)[\w-]{1,20} ){0,3}"
    r"(?:work|book|study|research|paper|team|theory|film|memoir|lab|column|talk|lecture|blog|podcast"
    r"|campaign|law|bill|plan|history|documentary|series|charity|play|legacy|lawyers?|agent"
    r"|spokes(?:man|woman|person)|manager|office|music|song|novel)\b",
    re.IGNORECASE,
)
"""Behind the name of whoever says, finds or does something in public."""


def has_role(before: str, after: str) -> bool:
    """Whether a role stands right before a name, behind it, or the name is that of a team's."""
    last = _LAST_WORD.search(before)
    if (last and _is_role(last[1].lower())) or _FORMER.search(before.lower()):
        return True
    apposed = _APPOSED.match(after)
    if apposed and any(_is_role(word) for word in _WORD.findall(apposed["role"].lower())):
        return True
    return _MEMBER.match(after) is not None


def _is_role(word: str) -> bool:
    return word in ROLES or word.removesuffix("s") in ROLES or bool(_SPECIALIST.fullmatch(word))
