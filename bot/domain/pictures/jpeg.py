"""JPEG (ITU-T T.81): the segments that make the picture stay, what tells of its making goes."""

import re
from collections.abc import Iterator

from bot.domain.media import MediaFormat
from bot.domain.pictures.exif import UPRIGHT, only_orientation, orientation
from bot.domain.pictures.picture import Picture
from bot.domain.unusable import damaged

SIGNATURE = b"\xff\xd8\xff"

_SOI, _EOI, _SOS, _COM = b"\xff\xd8", 0xD9, 0xDA, 0xFE
_APP0, _APP1, _APP15 = 0xE0, 0xE1, 0xEF
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_AFTER_SCAN = re.compile(rb"\xff(?=[^\x00\xd0-\xd7\xff])", re.DOTALL)
_EXIF = b"Exif\0\0"
_JFIF = 12  # what stands before the size of a thumbnail

Segment = tuple[int, bytes, bytes]
"""A marker, its content, and the scan that follows it."""


def clean(raw: bytes) -> Picture:
    """Return a JPEG without Exif, XMP, IPTC, comments, thumbnails and whatever follows its end.

    Colour profiles stay, and which way up it is.
    """
    segments = list(_segments(raw))
    frame = next((content for marker, content, _ in segments if marker in _FRAMES), b"")
    height, width = int.from_bytes(frame[1:3]), int.from_bytes(frame[3:5])
    scans = any(marker == _SOS for marker, _, _ in segments)
    if not (scans and height and width):
        raise damaged()
    kept = [_written(*segment) for segment in map(_bare, segments) if _stays(*segment[:2])]
    kept[_place(segments) : _place(segments)] = _upright(segments)
    content = b"".join([_SOI, *kept, bytes((0xFF, _EOI))])
    return Picture(content, MediaFormat.JPEG, width, height)


def _segments(raw: bytes) -> Iterator[Segment]:
    at = len(_SOI)
    while True:
        if raw[at : at + 1] != b"\xff":
            raise damaged()
        marker = raw[at + 1 : at + 2]
        if marker == b"\xff":  # a fill byte
            at += 1
        elif marker and marker[0] in _ALONE:
            at += 2
        elif marker and marker[0] == _EOI:
            return
        else:
            end = at + 2 + int.from_bytes(raw[at + 2 : at + 4])
            if end < at + 4 or end > len(raw):
                raise damaged()
            after = _scan_end(raw, end) if marker[0] == _SOS else end
            yield marker[0], raw[at + 4 : end], raw[end:after]
            at = after


def _scan_end(raw: bytes, at: int) -> int:
    found = _AFTER_SCAN.search(raw, at)
    if found is None:
        raise damaged()
    return found.start()


def _stays(marker: int, content: bytes) -> bool:
    match marker:
        case 0xE0:
            return content.startswith(b"JFIF\0")
        case 0xE2:
            return content.startswith(b"ICC_PROFILE\0")
        case 0xEE:
            return content.startswith(b"Adobe")
        case _:
            return marker != _COM and not _APP0 <= marker <= _APP15


def _bare(segment: Segment) -> Segment:
    """Take the thumbnail out of a JFIF header."""
    marker, content, scan = segment
    return (marker, content[:_JFIF] + b"\0\0", scan) if marker == _APP0 else segment


def _written(marker: int, content: bytes, scan: bytes = b"") -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content + scan


def _place(segments: list[Segment]) -> int:
    """Return where Exif stands: behind a JFIF header, which must come first."""
    return int(bool(segments) and segments[0][0] == _APP0 and _stays(*segments[0][:2]))


def _upright(segments: list[Segment]) -> list[bytes]:
    """Return the segment that says which way up a picture is, nothing for one that is upright."""
    for marker, content, _ in segments:
        if marker == _APP1 and content.startswith(_EXIF):
            turned = orientation(content.removeprefix(_EXIF))
            said = _EXIF + only_orientation(turned)
            return [] if turned == UPRIGHT else [_written(_APP1, said)]
    return []
