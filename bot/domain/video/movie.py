"""The movie box: what a file says of its tracks, each number held against what is really there."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.unusable import UnusableError, damaged
from bot.domain.video.boxes import UNREADABLE, Box, boxes, in_memory

PICTURE, SOUND = b"vide", b"soun"

PARTS: Mapping[bytes, frozenset[bytes]] = {
    b"moov": frozenset({b"mvhd", b"trak"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia"}),
    b"edts": frozenset({b"elst"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl"}),
    b"dinf": frozenset({b"dref"}),
    b"stbl": frozenset({b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"stps", b"sdtp", b"stsc",
                        b"stsz", b"stz2", b"stco", b"co64", b"sgpd", b"sbgp"}),
}  # fmt: skip
"""What a film needs of each box; whatever else is in one may tell of its making."""

MOST_ROWS = 1_000_000
"""The most rows of a table; two minutes have some ten thousand pictures."""

_ENABLED = 1
_VERSION_1_AT, _VERSION_0_AT = 20, 12  # where a header says how many ticks a second has


@dataclass(frozen=True, slots=True)
class Track:
    """One track: what it is of, and where the boxes are that say more, by their names."""

    raw: bytes
    box: Box
    kind: bytes
    enabled: bool
    parts: Mapping[bytes, Box]
    movie_scale: int
    """Ticks of the movie's clock in a second: edits are in these."""

    @property
    def scale(self) -> int:
        """Ticks of the track's own clock in a second."""
        return _scale(self.raw, self.part(b"mdhd"))

    def part(self, name: bytes) -> Box:
        """Return a box that there must be."""
        if name not in self.parts:
            raise damaged()
        return self.parts[name]

    def rows(self, name: bytes, form: str, at: int = 4) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table behind its count, which stands `at` bytes into the box."""
        box = self.part(name)
        (count,) = unpack(">I", self.raw, box.body + at)
        first, size = box.body + at + 4, struct.calcsize(form)
        if count > MOST_ROWS:
            raise UnusableError(UNREADABLE)
        if first + count * size > box.end:
            raise damaged()
        return struct.iter_unpack(form, self.raw[first : first + count * size])


def unpack(form: str, raw: bytes | bytearray, at: int) -> tuple[Any, ...]:
    """Read numbers at a place; the file is damaged where there are none."""
    try:
        return struct.unpack_from(form, raw, at)
    except struct.error:
        raise damaged() from None


def tracks(raw: bytes, movie: Box) -> list[Track]:
    """Return the tracks of a movie box."""
    peek = in_memory(raw)
    found = list(boxes(peek, movie.body, movie.end))
    head = next((box for box in found if box.name == b"mvhd"), None)
    if head is None:
        raise damaged()
    scale = _scale(raw, head)
    return [_track(raw, box, scale) for box in found if box.name == b"trak"]


def _track(raw: bytes, box: Box, movie_scale: int) -> Track:
    parts = dict(_parts(raw, box))
    if b"hdlr" not in parts or b"tkhd" not in parts:
        raise damaged()
    (flags,) = unpack(">I", raw, parts[b"tkhd"].body)
    kind = raw[parts[b"hdlr"].body + 8 : parts[b"hdlr"].body + 12]
    return Track(raw, box, kind, bool(flags & _ENABLED), parts, movie_scale)


def _parts(raw: bytes, of: Box) -> Iterator[tuple[bytes, Box]]:
    """Yield the boxes of a track that a film needs; two of one name would mean two things."""
    seen = set()
    for box in boxes(in_memory(raw), of.body, of.end):
        if box.name not in PARTS[of.name]:
            continue
        if box.name in seen:
            raise damaged()
        seen.add(box.name)
        if box.name in PARTS:
            yield from _parts(raw, box)
        elif (of.name, box.name) != (b"minf", b"hdlr"):  # QuickTime's second one, of no use
            yield box.name, box


def _scale(raw: bytes, header: Box) -> int:
    at = _VERSION_1_AT if raw[header.body : header.body + 1] == b"\1" else _VERSION_0_AT
    scale: int = unpack(">I", raw, header.body + at)[0]
    if not scale or header.body + at + 4 > header.end:
        raise damaged()
    return scale
