"""Where the samples of a track stand in a file: chunk by chunk, without reading any of them."""

import sys
from array import array
from collections.abc import Iterator
from itertools import accumulate

from bot.domain.unusable import UnusableError, damaged
from bot.domain.video.boxes import UNREADABLE
from bot.domain.video.movie import MOST_ROWS, Track, unpack

Span = tuple[int, int]
"""From a byte of the file up to another one, which is not in it any more."""


def spans(track: Track) -> Iterator[Span]:
    """Yield the bytes of each chunk of a track; damaged where the tables do not fit together."""
    sizes = _sizes(track)
    ends = array("Q", accumulate(sizes, initial=0))
    offsets = _offsets(track)
    first = 0
    for offset, count in zip(offsets, _counts(track, len(offsets)), strict=True):
        last = min(first + count, len(sizes))
        yield offset, offset + ends[last] - ends[first]
        first = last
    if first < len(sizes):
        raise damaged()


def gaps(room: Span, used: list[Span]) -> Iterator[Span]:
    """Yield what of a room is not used; the spans are in order, and may overlap."""
    at, end = room
    for first, last in used:
        if first > at:
            yield at, min(first, end)
        at = max(at, last)
        if at >= end:
            return
    yield at, end


def _sizes(track: Track) -> "array[int]":
    """Return the size of each sample."""
    if b"stsz" not in track.parts:
        return _compact(track)
    box = track.part(b"stsz")
    each, count = unpack(">II", track.raw, box.body + 4)
    if count > MOST_ROWS:
        raise UnusableError(UNREADABLE)
    if each:
        return array("I", [each]) * int(count)
    if box.body + 12 + 4 * count > box.end:
        raise damaged()
    sizes = array("I", track.raw[box.body + 12 : box.body + 12 + 4 * count])
    if sys.byteorder == "little":
        sizes.byteswap()
    return sizes


def _compact(track: Track) -> "array[int]":
    """Return the sizes of the form that has 16, 8 or 4 bits for each."""
    box = track.part(b"stz2")
    bits, count = unpack(">II", track.raw, box.body + 4)
    if bits & 0xFF == 16:
        return array("I", (size for (size,) in track.rows(b"stz2", ">H", 8)))
    if count > MOST_ROWS:
        raise UnusableError(UNREADABLE)
    table = track.raw[box.body + 12 : box.end]
    if bits & 0xFF == 4:
        table = bytes(half for byte in table for half in (byte >> 4, byte & 15))
    if bits & 0xFF not in (4, 8) or count > len(table):
        raise damaged()
    return array("I", table[:count])


def _offsets(track: Track) -> list[int]:
    name, form = (b"co64", ">Q") if b"co64" in track.parts else (b"stco", ">I")
    return [offset for (offset,) in track.rows(name, form)]


def _counts(track: Track, chunks: int) -> Iterator[int]:
    """Yield how many samples each chunk has; the table only says where that changes."""
    rows = list(track.rows(b"stsc", ">III"))
    firsts = [first - 1 for first, _, _ in rows]
    ends = [*firsts[1:], chunks]
    if (chunks and firsts[:1] != [0]) or firsts != sorted(set(firsts)) or max(ends) > chunks:
        raise damaged()
    for (_, count, _), first, end in zip(rows, firsts, ends, strict=True):
        for _ in range(first, end):
            yield count
