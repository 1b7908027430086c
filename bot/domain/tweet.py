"""How long a tweet is: X's weighted count, by the rules of twitter-text 3.

Whatever has one meaning for X has one weight: a link counts 23, an emoji sequence 2, a character
1 in the alphabets of Europe and the Near East and 2 elsewhere. All of it is linear in the text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.emojis import sequences
from bot.domain.entities import Entity, cashtags, hashtags, mentions
from bot.domain.hosts import INVALID
from bot.domain.links import Link, links

__all__ = [
    "LIMIT",
    "Entity",
    "Length",
    "Link",
    "cashtags",
    "hashtags",
    "links",
    "measure",
    "mentions",
    "normalise",
    "weighted_length",
]

LIMIT = 280
"""Weight of the longest tweet; accounts with long posts may have another."""

_LINK = 23
_EMOJI = 2
# The (c) and (r) signs are below U+10FF, yet emoji: implementations disagree, 2 is the safe side.
_HEAVY = re.compile("[^\0-\xa8\xaa-\xad\xaf-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_INVALID = re.compile(f"[{INVALID}]")
_LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Length:
    """A text's weight, whether X would take it, and how many characters of its NFC form fit."""

    weighted: int
    valid: bool
    fits: int


def normalise(text: str) -> str:
    """Return the text as it is kept, counted and sent: NFC, lines ended by LF, nothing around."""
    return unicodedata.normalize("NFC", _LINE_END.sub("\n", text)).strip()


def weighted_length(text: str) -> int:
    """Return the text's weight as X counts it."""
    return _weight(unicodedata.normalize("NFC", text))


def measure(text: str, limit: int = LIMIT) -> Length:
    """Weigh the text against a limit; an empty one and one with forbidden characters is invalid."""
    text = unicodedata.normalize("NFC", text)
    weight = _weight(text)
    forbidden = _INVALID.search(text)
    if weight <= limit and not forbidden:
        return Length(weight, weight > 0, len(text))
    return Length(weight, valid=False, fits=_fitting(text, limit))


def _weight(text: str) -> int:
    """Return the weight of a text in NFC."""
    total = at = 0
    for link in links(text):
        total += _weight_of_words(text[at : link.start]) + _LINK
        at = link.end
    return total + _weight_of_words(text[at:])


def _weight_of_words(text: str) -> int:
    """Return the weight of a text without links."""
    found = sequences(text)
    rest = _without(text, found) if found else text
    return _EMOJI * len(found) + len(rest) + len(_HEAVY.findall(rest))


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Cut the spans out of the text."""
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    return "".join(text[a:b] for a, b in zip(ends, starts, strict=True))


def _fitting(text: str, limit: int) -> int:
    """Return how many characters of a text in NFC X would take before it refuses one."""
    total = at = 0
    for end, weight in _units(text):
        total += weight
        if total > limit or _INVALID.match(text, at):
            break
        at = end
    return at


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Yield what counts as one, as its end and its weight."""
    at = 0
    for link in links(text):
        yield from _units_of_words(text, at, link.start)
        yield link.end, _LINK
        at = link.end
    yield from _units_of_words(text, at, len(text))


def _units_of_words(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the units of `text[start:stop]`, which has no links."""
    ends = {start + begin: start + end for begin, end in sequences(text[start:stop])}
    at = start
    while at < stop:
        end = ends.get(at)
        yield (end, _EMOJI) if end else (at + 1, 2 if _HEAVY.match(text, at) else 1)
        at = end or at + 1
