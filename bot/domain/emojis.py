"""Emoji sequences: where several code points draw one picture (Unicode Technical Standard 51)."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VARIATION = "\ufe0f"
"""Asks for the coloured form of the character before it."""

_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_FOLDED_TONE = min(_TONES)
_JOINER = "\u200d"

# The second code point of a sequence: a selector, joiner, keycap, skin tone, half a flag, or the
# "g" in tags that every subdivision begins with. Few ranges, so that a search is quick.
_SECOND = re.compile("[\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff\U000e0067]")


@dataclass(frozen=True, slots=True)
class _Table:
    """The emoji by themselves, these and the sequences (folded), and all proper beginnings."""

    single: frozenset[str]
    known: frozenset[str]
    beginnings: frozenset[str]


@cache
def _table() -> _Table:
    """Read the list that lies beside this module, once."""
    rows = files(__package__).joinpath("emojis.txt").read_text(encoding="utf-8").splitlines()
    lines = [row for row in rows if not row.startswith("#")]
    ranges = [line.split("..") for line in lines if " " not in line]
    spelled = [line for line in lines if " " in line]
    single = frozenset(
        chr(code) for ends in ranges for code in range(int(ends[0], 16), int(ends[-1], 16) + 1)
    )
    longer = frozenset("".join(chr(int(code, 16)) for code in line.split()) for line in spelled)
    beginnings = frozenset(word[:n] for word in longer for n in range(1, len(word)))
    return _Table(single, longer | single, beginnings)


def is_emoji(character: str) -> bool:
    """Whether the character is an emoji by itself."""
    return character in _table().single


def sequences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the sequences of several code points, left to right; linear."""
    table = _table()
    found = []
    at = 0
    while second := _SECOND.search(text, at + 1):
        start = second.start() - 1
        end = _end(text, start, table)
        if end > start + 1:
            found.append((start, end))
        at = max(end, start + 1)
    return tuple(found)


def _end(text: str, start: int, table: _Table) -> int:
    """Return where the longest sequence ends that begins at `start`, or `start` for none."""
    folded, end = "", start
    for at in range(start, len(text)):
        character = text[at]
        if character == VARIATION and folded:
            if text[at - 1] in (VARIATION, _JOINER):
                break
            end = at + 1 if end == at else end
            continue
        folded += _FOLDED_TONE if character in _TONES else character
        if folded in table.known:
            end = at + 1
        elif folded not in table.beginnings:
            break
    return end
