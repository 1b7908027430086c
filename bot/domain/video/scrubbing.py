"""What of a movie box stays: what a film needs, and nothing that tells of its making.

Every box keeps its size, for the places of the samples are counted from the file's beginning: what
goes becomes a `free` box of zeros.
"""

from bot.domain.unusable import UnusableError
from bot.domain.video import codecs
from bot.domain.video.boxes import Box, boxes, in_memory
from bot.domain.video.movie import PARTS, PICTURE, SOUND

FREE = b"free"
_NAME_AT = 4

_DATED = (b"mvhd", b"tkhd", b"mdhd")
_OF_PICTURES = frozenset({b"avcC", b"pasp", b"colr", b"clap", b"btrt", b"fiel"})
_OF_SOUND = frozenset({b"esds", b"wave", b"chan", b"btrt", b"srat"})
_OF_WAVE = frozenset({b"frma", b"mp4a", b"esds", b"\0\0\0\0"})
_IN_THIS_FILE = 1

_ELSEWHERE = "a part of it is in another file. Please export it anew, as one MP4."


def scrub(raw: bytearray, box: Box, kind: bytes = b"") -> None:
    """Erase whatever of a movie box no film needs; `kind` is what a track is of."""
    seen: set[bytes] = set()
    for child in boxes(in_memory(raw), box.body, box.end):
        is_second = child.name in seen and child.name != b"trak"
        seen.add(child.name)
        if child.name not in PARTS[box.name] or is_second:
            erase(raw, child)
        elif child.name in PARTS:
            scrub(raw, child, kind or _kind(raw, child))
        else:
            _strip(raw, child, kind)


def erase(raw: bytearray, box: Box) -> None:
    """Make a box one that everybody skips, with nothing in it."""
    raw[box.start + _NAME_AT : box.start + _NAME_AT + 4] = FREE
    _blank(raw, box.body, box.end)


def _blank(raw: bytearray, at: int, end: int) -> None:
    raw[at:end] = bytes(max(0, end - at))


def _kind(raw: bytearray, box: Box) -> bytes:
    """Return what a track is of, empty for a box that is none."""
    if box.name != b"trak":
        return b""
    peek = in_memory(raw)
    for media in boxes(peek, box.body, box.end):
        if media.name == b"mdia":
            for told in boxes(peek, media.body, media.end):
                if told.name == b"hdlr":
                    return bytes(raw[told.body + 8 : told.body + 12])
    return b""


def _strip(raw: bytearray, box: Box, kind: bytes) -> None:
    """Take out of a box that stays what it tells beside what it is for."""
    if box.name in _DATED:
        size = 16 if raw[box.body] == 1 else 8
        _blank(raw, box.body + 4, min(box.body + 4 + size, box.end))
    elif box.name == b"hdlr":  # what follows the kind names a program or a camera
        _blank(raw, box.body + 12, box.end)
    elif box.name == b"dref":
        _strip_references(raw, box)
    elif box.name == b"stsd":
        _strip_entries(raw, box, kind)


def _strip_references(raw: bytearray, box: Box) -> None:
    """Let the data be in this file, and no path of a disk be named."""
    for entry in boxes(in_memory(raw), box.body + 8, box.end):
        if not raw[entry.body + 3 : entry.body + 4][-1:] == bytes((_IN_THIS_FILE,)):
            raise UnusableError(_ELSEWHERE)
        _blank(raw, entry.body + 4, entry.end)


def _strip_entries(raw: bytearray, box: Box, kind: bytes) -> None:
    for entry in codecs.entries(raw, box):
        at = codecs.inner(raw, entry, kind)
        if kind == PICTURE:
            _blank(raw, entry.body + 8, entry.body + 24)  # whose program it was
            _blank(raw, entry.body + 42, entry.body + 74)  # and its name
        elif kind == SOUND:
            _blank(raw, entry.body + 10, entry.body + 16)
        _strip_within(raw, at, entry.end, _OF_PICTURES if kind == PICTURE else _OF_SOUND)


def _strip_within(raw: bytearray, at: int, end: int, stay: frozenset[bytes]) -> None:
    for box in boxes(in_memory(raw), at, end):
        if box.name not in stay:
            erase(raw, box)
        elif box.name == b"wave":
            _strip_within(raw, box.body, box.end, _OF_WAVE)
