"""Slots and quiet hours as a team writes them: `mon-fri 08:30, 12:15` and `21:00-07:00`."""

import re
from datetime import time

from bot.domain.slots import Quiet, Slot

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_LINE = re.compile(r"(?P<days>[a-z][a-z -]*?)\s+(?P<times>[0-9:, ]+)")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def read_slots(line: str) -> tuple[Slot, ...]:
    """Read `mon-fri 08:30, 12:15`, `sat sun 10:00` or `daily 9:00`; ValueError in words."""
    found = _LINE.fullmatch(line.strip().lower())
    if found is None:
        message = f"{line!r} is no list of slots; write one like mon-fri 08:30, 12:15"
        raise ValueError(message)
    days = [day for word in found["days"].split() for day in _days(word)]
    times = [_time(piece) for piece in found["times"].split(",")]
    return tuple(sorted({Slot(day, at) for day in days for at in times}))


def read_quiet(words: str) -> Quiet:
    """Read `21:00-07:00`; ValueError in words."""
    begins, dash, ends = words.partition("-")
    if not dash or _time(begins) == _time(ends):
        message = f"{words!r} are no quiet hours; write them like 21:00-07:00"
        raise ValueError(message)
    return Quiet(_time(begins), _time(ends))


def _days(word: str) -> list[int]:
    if word == "daily":
        return list(range(7))
    first, _, last = word.partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        message = f"{word!r} is no day; write mon, tue, wed, thu, fri, sat, sun, or mon-fri"
        raise ValueError(message)
    start, end = DAYS.index(first), DAYS.index(last or first)
    return [(start + n) % 7 for n in range((end - start) % 7 + 1)]


def _time(piece: str) -> time:
    found = _TIME.fullmatch(piece.strip())
    if found is None:
        message = f"{piece.strip()!r} is no time of day; write one like 08:30"
        raise ValueError(message)
    return time(int(found[1]), int(found[2]))
