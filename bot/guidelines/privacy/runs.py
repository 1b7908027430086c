"""Runs of capitalised words, in which names stand."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.guidelines.privacy.lists import PARTICLES

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_LONGEST = 40
_WHOLE_LETTERS = str.maketrans(
    {"\u0142": "l", "\u00f8": "o", "\u0131": "i", "\u0111": "d"}
    | {"\u00f0": "d", "\u00fe": "th", "\u00e6": "ae"}
)
"""Letters whose stroke or dot is no accent, as lists spell them."""


@dataclass(frozen=True, slots=True)
class Word:
    """One capitalised word, without a genitive's end, at `prose[start:end]`."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word as a list knows it."""
        return self.text.lower()

    @property
    def plain(self) -> str:
        """The word as a list of names knows it: without accents."""
        if self.text.isascii():
            return self.lower
        spelled = unicodedata.normalize("NFD", self.lower).translate(_WHOLE_LETTERS)
        return "".join(letter for letter in spelled if not unicodedata.combining(letter))

    @property
    def is_initial(self) -> bool:
        """Whether it is a single capital."""
        return len(self.text) == 1


Run = tuple[Word, ...]


def runs(prose: str) -> Iterator[Run]:
    """Yield the runs of capitalised words and initials, each as long as nothing parts it."""
    run: list[Word] = []
    for word in _words(prose):
        if run and not _joined(prose, run[-1], word):
            yield from _whole(run)
            run = []
        run.append(word)
    yield from _whole(run)


def _words(prose: str) -> Iterator[Word]:
    for found in _WORD.finditer(prose):
        text = found[0]
        if len(text) > _LONGEST or text.startswith("I'"):  # "I'm Anna": no part of the name
            continue
        text = text.removesuffix("'s")
        if text[:1].isupper() or text in PARTICLES:
            yield Word(text, found.start(), found.start() + len(text))


def _joined(prose: str, before: Word, after: Word) -> bool:
    """Whether only a space stands between two words, or a title's or initial's full stop."""
    gap = prose[before.end : after.start]
    if gap == " ":
        return True
    return gap in (". ", ".") and len(before.text) <= 4 and (gap == ". " or before.is_initial)


def _whole(run: list[Word]) -> Iterator[Run]:
    """Yield a run without particles at its ends; a particle alone is no name."""
    while run and run[0].text in PARTICLES:
        run = run[1:]
    while run and run[-1].text in PARTICLES:
        run = run[:-1]
    if run:
        yield tuple(run)
