"""Whether two texts say nearly the same: what readers would take for a repetition."""

import re
from difflib import SequenceMatcher

NEARLY = 0.8
"""The share of words in common, in order, from which two texts count as nearly the same."""

_WORD = re.compile(r"\w+")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def alike(one: str, other: str) -> bool:
    """Whether two texts say nearly the same, whatever their links, case and punctuation."""
    first, second = _words(one), _words(other)
    longest = max(len(first), len(second))
    if longest == 0:
        return one.strip() == other.strip()
    if min(len(first), len(second)) < NEARLY * longest / (2 - NEARLY):
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= NEARLY


def _words(text: str) -> list[str]:
    return _WORD.findall(_LINK.sub(" ", text).casefold())
