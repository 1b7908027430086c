"""Boxes, of which MP4 and MOV files consist (ISO/IEC 14496-12; Apple, QuickTime File Format).

A size comes from whoever made the file: each is held against what is really there, and every step
goes forward, so no file makes this run for long.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from bot.domain.unusable import UnusableError, damaged

MOST = 2_000
"""The most boxes side by side; an ordinary film has a few dozen."""

UNREADABLE = "it is made in a way that I cannot read. Please export it anew, as an MP4."

Peek = Callable[[int, int], bytes]
"""Returns so many bytes from a place on, fewer where there are no more."""

_SHORT, _LONG = 8, 16
_TO_THE_END, _IN_64_BITS = 0, 1


@dataclass(frozen=True, slots=True)
class Box:
    """A box: where its header begins, where its content does, and where it ends."""

    name: bytes
    start: int
    body: int
    end: int


def boxes(peek: Peek, at: int, end: int, *, outermost: bool = False) -> Iterator[Box]:
    """Yield the boxes that fill a room one after the other.

    Only the last one of a whole file may leave its size open.
    """
    for _ in range(MOST):
        if at >= end or _is_rest(peek(at, _SHORT), end - at):
            return
        box = _box(peek(at, _LONG), at, end, outermost=outermost)
        yield box
        at = box.end
    raise UnusableError(UNREADABLE)


def _box(head: bytes, at: int, end: int, *, outermost: bool) -> Box:
    size, body = int.from_bytes(head[:4]), at + _SHORT
    if size == _IN_64_BITS:
        size, body = int.from_bytes(head[_SHORT:_LONG]), at + _LONG
    elif size == _TO_THE_END and outermost:
        size = end - at
    if at + size > end or body > at + size:
        raise damaged()
    return Box(head[4:_SHORT], at, body, at + size)


def _is_rest(head: bytes, left: int) -> bool:
    """Whether what is left is no box: QuickTime ends some lists with four zeros."""
    return left < _SHORT and not any(head[:left])


def in_memory(raw: bytes | bytearray) -> Peek:
    """Look into bytes."""
    return lambda at, size: bytes(raw[at : at + size])


def in_file(file: BinaryIO) -> Peek:
    """Look into a file."""

    def peek(at: int, size: int) -> bytes:
        file.seek(at)
        return file.read(size)

    return peek
