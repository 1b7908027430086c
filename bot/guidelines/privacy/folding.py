"""The normalised form of a text, and the way back from it.

What hides an identifier from a rule is folded away: styled letters and digits (NFKC), what leaves
no trace between two characters, curly quotes, fancy dashes and spaces.
"""

from dataclasses import dataclass
from unicodedata import category, normalize

_STRAIGHT = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u02bc\uff07", "'")
    | dict.fromkeys("\u201c\u201d\u201e\uff02", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
)
_SPACES = ("Zs", "Zl", "Zp")
_TRACELESS = ("Cf", "Me")
_SELECTORS = range(0xFE00, 0xFE10)


def straight(text: str) -> str:
    """Return a text of the same length with straight quotes and plain dashes."""
    return text.translate(_STRAIGHT)


@dataclass(frozen=True, slots=True)
class Folded:
    """A normalised text; `places[i]` is where its character i stands in the original."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where `text[start:end]` stands in the original."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Return the normalised form of a text, with the place of each of its characters."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for folded in character if character.isascii() else _fold(character):
            characters.append(folded)
            places.append(place)
    return Folded("".join(characters), tuple(places))


def _fold(character: str) -> str:
    kind = category(character)
    if kind in _TRACELESS or ord(character) in _SELECTORS:
        return ""
    if kind in _SPACES:
        return " "
    return normalize("NFKC", character).translate(_STRAIGHT)
