"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")

MOST = 4_000_000
"""Comparisons at most: two longer texts are compared by their lines."""


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Change:
    """Some words and what became of them."""

    fate: Fate
    text: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return both texts as one: what is kept or removed is `before`, kept or added is `after`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > MOST:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return tuple(_merged(old, new))


def _merged(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for tag, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change(Fate.KEPT, "".join(old[i:j]))
            continue
        if j > i:
            yield Change(Fate.REMOVED, "".join(old[i:j]))
        if n > k:
            yield Change(Fate.ADDED, "".join(new[k:n]))
