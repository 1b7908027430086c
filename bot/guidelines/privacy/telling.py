"""Telling an author what is private and where, without a word of it.

A place is said by line and word numbers: the words around a span may name the person as well as
the span does.
"""

from collections.abc import Iterator, Sequence

from bot.guidelines.privacy.rulings import Ruling

_MOST = 6


def places(text: str, found: Sequence[Ruling]) -> str:
    """Return a line for each span of a text: what it is, and where it stands."""
    return "\n".join(_lines(text, found))


def nouns(found: Sequence[Ruling]) -> str:
    """Return what was found, each kind once: `a date of birth and a record or patient number`."""
    kinds = list(dict.fromkeys(one.rule.noun for one in found))
    return " and ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))


def _lines(text: str, found: Sequence[Ruling]) -> Iterator[str]:
    several = "\n" in text.strip()
    for one in found[:_MOST]:
        yield f"• {one.rule.noun}: {_place(text, one, several=several)}"
    if len(found) > _MOST:
        yield f"• and {len(found) - _MOST} more"


def _place(text: str, one: Ruling, *, several: bool) -> str:
    before = text[: one.span.start]
    line = before[before.rfind("\n") + 1 :]
    first = len(line.split()) + (not line or line[-1].isspace())
    last = first + len(text[one.span.start : one.span.end].split()) - 1
    words = f"word {first}" if last <= first else f"words {first} to {last}"
    return f"line {before.count(chr(10)) + 1}, {words}" if several else words
