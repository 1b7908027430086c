"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
MOST = 1_000
"""Pieces that are compared; two longer stretches are simply one for the other (it is quadratic)."""


class Change(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one fate."""

    change: Change
    text: str


def word_diff(before: str, after: str) -> tuple[Run, ...]:
    """Return the stretches that make up both texts; nothing where they are the same.

    Kept and removed ones are the old text, kept and added ones the new, each in order.
    """
    if before == after:
        return ()
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    runs = [
        Run(Change.KEPT, "".join(old[:head])),
        *_middle(old[head : len(old) - tail], new[head : len(new) - tail]),
        Run(Change.KEPT, "".join(old[len(old) - tail :])),
    ]
    return tuple(run for run in runs if run.text)


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pieces both begin with."""
    return sum(1 for _ in takewhile(bool, map(str.__eq__, old, new)))


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Yield what became of the stretch in which the texts differ."""
    if max(len(old), len(new)) > MOST:
        yield from (Run(Change.REMOVED, "".join(old)), Run(Change.ADDED, "".join(new)))
        return
    matcher = SequenceMatcher(_is_blank, old, new, autojunk=False)
    for what, from_, to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            yield Run(Change.KEPT, "".join(old[from_:to]))
            continue
        yield Run(Change.REMOVED, "".join(old[from_:to]))
        yield Run(Change.ADDED, "".join(new[new_from:new_to]))


def _is_blank(piece: str) -> bool:
    """Spaces alone are no reason to call words the same."""
    return piece.isspace()
