"""A text in the one plain spelling that rules read, with the way back to what was written."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]
Spans = tuple[Span, ...]

WHOLE: Spans = ((0, 0),)
"""A finding that has no place in the text: an image without alt text, for one."""

_PLAIN = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'}
    | {"\u2010": "-", "\u2011": "-", "\u2122": " ", "\u2120": " "}
)
_UNSEEN = ("Cf", "Cs")
_SELECTORS = range(0xFE00, 0xFE10)


@dataclass(frozen=True, slots=True)
class Form:
    """A spelling of a text; `origins[i]` is where its character `i` stands in the text."""

    text: str
    origins: tuple[int, ...] | None = None

    def place(self, span: Span) -> Span:
        """Return the span of the text that a span of this spelling stands for."""
        if self.origins is None or span[0] == span[1]:
            return span
        return self.origins[span[0]], self.origins[span[1] - 1] + 1


def plain(text: str) -> Form:
    """Return a text in NFKC, with straight quotes, without characters that nobody sees."""
    if text.isascii():
        return Form(text)
    spelled = [_spelled(character) for character in text]
    origins = tuple(at for at, new in enumerate(spelled) for _ in new)
    return Form("".join(spelled), origins)


def blanked(text: str, spans: Iterable[Span]) -> str:
    """Return a text of the same length with spaces in some places."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _spelled(character: str) -> str:
    """Return a character as rules read it: "" where it is unseen, several where it is a ligature.

    A trade mark sign becomes a space, not the letters TM: they would hide the word before them.
    """
    if character.isascii():
        return character
    known = character.translate(_PLAIN)
    if known != character or character == "\u2026":
        return known
    if unicodedata.category(character) in _UNSEEN or ord(character) in _SELECTORS:
        return ""
    return unicodedata.normalize("NFKC", character)
