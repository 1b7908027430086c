"""Cutting texts that are too long into parts of a thread: between sentences, at worst words."""

import re
from collections.abc import Iterable, Iterator

from bot.domain.tweet import LIMIT, measure, normalise, weighted_length

_SENTENCE = re.compile(r"(?P<word>\S*?)[.!?…][\"'”’»)\]]*(?=\s)|[。！？]|(?=\n)")  # noqa: RUF001
_CLAUSE = re.compile(r"[,;:\u2013\u2014](?=\s)|[、，；]")  # noqa: RUF001
_WORD = re.compile(r"(?=\s)")
_SMALL = re.compile(r"\s+[a-z]")
_TITLES = frozenset(
    {"dr", "prof", "mr", "mrs", "ms", "st", "no", "vs", "fig", "approx", "e.g", "i.e", "incl"}
)
"""Words that a full stop shortens: no sentence ends behind them."""


Piece = tuple[int, str]
"""What was cut, and of which of the texts it is a piece, counted from 0."""


def split_long(texts: Iterable[str], *, numbered: bool = False, limit: int = LIMIT) -> list[Piece]:
    """Return the texts with each that is too long in as many pieces as it needs.

    `numbered` ends each with its place, as in " 2/3", where there are several. Nothing but white
    space at the cuts is lost, and neither a link nor an emoji is cut. What has no words gets none.
    """
    typed = [normalise(text) for text in texts]
    pieces, digits = _pieces(typed, limit), 1
    while numbered and len(pieces) > 1:
        longest = len(f" {'9' * digits}/{'9' * digits}")
        pieces = _pieces(typed, limit - longest)
        if len(str(len(pieces))) <= digits:
            total = len(pieces)
            places = enumerate(pieces, 1)
            return [(of, said and f"{said} {at}/{total}") for at, (of, said) in places]
        digits += 1
    return pieces


def _pieces(texts: Iterable[str], room: int) -> list[Piece]:
    return [(of, piece) for of, text in enumerate(texts) for piece in _cut(text, room)]


def _cut(text: str, room: int) -> Iterator[str]:
    while weighted_length(text) > room:
        at = _end(text, max(measure(text, room).fits, 1))
        yield text[:at].rstrip()
        text = text[at:].lstrip()
    yield text


def _end(text: str, fits: int) -> int:
    """Return where the first piece ends: the last good place that leaves it not too short."""
    for places in (_sentences(text, fits), _ends(_CLAUSE, text, fits), _ends(_WORD, text, fits)):
        if best := max((at for at in places if at > fits // 3), default=0):
            return best
    return max(_ends(_WORD, text, fits), default=fits) or fits


def _sentences(text: str, fits: int) -> Iterator[int]:
    for found in _SENTENCE.finditer(text, 0, fits + 1):
        shortened = (found["word"] or "").strip("(\"'").lower()
        is_small = _SMALL.match(text, found.end()) and found[0].endswith(".")
        if found.end() <= fits and shortened not in _TITLES and not is_small:
            yield found.end()


def _ends(pattern: re.Pattern[str], text: str, fits: int) -> Iterator[int]:
    return (found.end() for found in pattern.finditer(text, 0, fits + 1) if found.end() <= fits)
