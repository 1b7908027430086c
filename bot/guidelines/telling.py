"""Telling an author what is private and where, without a word of it.

A place is said by line and word numbers: the words around a span may name the person as well as
the span does.
"""

from collections.abc import Iterator, Sequence

from bot.guidelines.judging import UNSEARCHED, Exposure

_MOST = 6


def places(text: str, found: Sequence[Exposure]) -> str:
    """Return a line for each span of a text: what it is, and where it stands."""
    return "\n".join(_lines(text, found))


def titles(found: Sequence[Exposure]) -> str:
    """Return the titles of the rules that found something, each once."""
    return "; ".join(dict.fromkeys(one.title for one in found))


def is_unsearched(found: Sequence[Exposure]) -> bool:
    """Whether nothing private was found, but it could not be looked for as well as it should."""
    return all(one.rule == UNSEARCHED for one in found)


def _lines(text: str, found: Sequence[Exposure]) -> Iterator[str]:
    several = "\n" in text.strip()
    for one in found[:_MOST]:
        yield f"• {one.title}: {_place(text, one, several=several)}"
    if len(found) > _MOST:
        yield f"• and {len(found) - _MOST} more"


def _place(text: str, one: Exposure, *, several: bool) -> str:
    before = text[: one.start]
    line = before[before.rfind("\n") + 1 :]
    first = len(line.split()) + (not line or line[-1].isspace())
    last = first + len(text[one.start : one.end].split()) - 1
    words = f"word {first}" if last <= first else f"words {first} to {last}"
    return f"line {before.count(chr(10)) + 1}, {words}" if several else words
