"""Characters that a reader cannot see, so that nobody approves what they did not read.

No marks are: tabs and line ends; spaces of any width; joiners, selectors and tags inside emoji
sequences; joiners where a script needs them (see `joiners`); a selector after the ideograph or
the Mongolian letter whose form it chooses; and one left-to-right, right-to-left or Arabic letter
mark at a time in a line that has right-to-left letters, where it keeps punctuation in its place.
Embeddings, overrides and isolates always are: they make a text read differently from what it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import bidirectional, category, name

from bot.domain.emojis import is_emoji, sequences
from bot.domain.joiners import ZWJ, ZWNJ, needed

# Nothing to see, though Unicode calls them letters, marks or symbols: fillers, selectors, blanks.
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc\U0001d159"
).union(map(chr, range(0xFE00, 0xFE10)), map(chr, range(0xE0100, 0xE01F0)))
# Format characters that are drawn, the signs that embrace Arabic, Syriac and Kaithi numbers; and
# what makes a gap that everybody sees.
_DRAWN = frozenset("\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\t\n").union(
    map(chr, range(0x0600, 0x0606))
)
_DIRECTION = frozenset("\u061c\u200e\u200f")
_TEXT_STYLE = "\ufe0e"
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_IDEOGRAPHIC = re.compile("[\U000e0100-\U000e01ef]")
_MONGOLIAN = re.compile("[\u1820-\u18aa]")
_MONGOLIAN_FORM = frozenset("\u180b\u180c\u180d\u180e\u180f")

_NAMELESS = {"Cc": "CONTROL CHARACTER", "Cs": "LONE SURROGATE", "Co": "PRIVATE USE"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One unseen character, perhaps repeated, at `text[start:end]`, and its name in Unicode."""

    start: int
    end: int
    name: str


def invisible(text: str) -> tuple[Mark, ...]:
    """Return what a reader cannot see, from left to right; linear in the text's length."""
    marks: list[Mark] = []
    offset = 0
    for line in text.split("\n"):
        for at in _unseen(line):
            last = marks[-1] if marks else None
            here = offset + at
            if last and last.end == here and text[last.start] == text[here]:
                marks[-1] = Mark(last.start, here + 1, last.name)
            else:
                marks.append(Mark(here, here + 1, _name(text[here])))
        offset += len(line) + 1
    return tuple(marks)


def visible(text: str) -> str:
    """Return the text with each mark spelled out, such as `⟦U+200B ZERO WIDTH SPACE⟧`."""
    parts = []
    at = 0
    for mark in invisible(text):
        times = f" \u00d7{mark.end - mark.start}" if mark.end - mark.start > 1 else ""
        parts += [text[at : mark.start], f"⟦U+{ord(text[mark.start]):04X} {mark.name}{times}⟧"]
        at = mark.end
    return "".join([*parts, text[at:]])


def _unseen(line: str) -> Iterator[int]:
    """Yield where a line has a mark."""
    suspects = [at for at, character in enumerate(line) if _draws_nothing(character)]
    if not suspects:
        return
    inside = {at for span in sequences(line) for at in range(*span)}
    right_to_left = any(_is_right_to_left(character) for character in line)
    for at in suspects:
        if at in inside or _has_purpose(line, at):
            continue
        if right_to_left and line[at] in _DIRECTION and line[at - 1 : at] not in _DIRECTION:
            continue
        yield at


def _draws_nothing(character: str) -> bool:
    """Whether the character by itself leaves no trace, or none that every reader would see."""
    if character.isprintable():
        return character in _BLANK
    if character in _DRAWN or category(character) == "Zs":
        return False
    return not is_emoji(character)  # of a Unicode version that this Python does not know


def _has_purpose(line: str, at: int) -> bool:
    """Whether the unseen character does something to the one before it that a reader sees."""
    character, before = line[at], line[at - 1 : at]
    if character in (ZWJ, ZWNJ):
        return needed(line, at)
    if not before:
        return False
    if character == _TEXT_STYLE:
        return is_emoji(before)
    if category(before) != "Lo":
        return False
    if _IDEOGRAPHIC.match(character):
        return _IDEOGRAPH.match(before) is not None
    return character in _MONGOLIAN_FORM and _MONGOLIAN.match(before) is not None


def _is_right_to_left(character: str) -> bool:
    """Whether it is a letter of a script that runs from right to left."""
    return bidirectional(character) in ("R", "AL") and category(character)[0] == "L"


def _name(character: str) -> str:
    """Return the character's name in Unicode, or what it is where it has none."""
    code = ord(character)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "NONCHARACTER"
    return name(character, _NAMELESS.get(category(character), "UNASSIGNED"))
