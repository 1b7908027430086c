"""From a file that somebody shared to what may go out: the same pixels, and nothing about them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from bot.domain.media import MediaFormat, MediaKind
from bot.domain.pictures import reading as pictures
from bot.domain.unusable import UnusableError
from bot.domain.video import reading as videos

LARGEST_VIDEO = 512_000_000
"""The most bytes of a video (docs.x.com, media best practices)."""

_HEAD = 32
_PIECE = 1 << 20

TOO_LARGE = "it has {size:.1f} MB and {whose} {most:.0f} MB. Please send a shorter or smaller one."


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is in a file now: its hash, its size in bytes; `seconds` is the length of a video."""

    sha256: str
    size: int
    kind: MediaKind
    format: MediaFormat
    seconds: float | None = None


def clean(file: BinaryIO, largest: int = LARGEST_VIDEO) -> Cleaned:
    """Make of a file, where it stands, what may go out; UnusableError in words where X refuses it.

    `largest` is the most bytes that the team lets a video have.
    """
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(_HEAD)
    if not videos.fits(head) or pictures.is_heic(head):
        return _picture(file, head, size)
    if size > largest:
        whose = "X takes" if largest == LARGEST_VIDEO else "your team lets videos have"
        raise UnusableError(TOO_LARGE.format(size=size / 1e6, whose=whose, most=largest / 1e6))
    found = videos.clean(file, size)
    return Cleaned(_hash(file), size, MediaKind.VIDEO, found.format, found.seconds)


def pieces(file: BinaryIO, size: int = _PIECE) -> Iterator[bytes]:
    """Yield a whole file piece by piece."""
    file.seek(0)
    while piece := file.read(size):
        yield piece


def _picture(file: BinaryIO, head: bytes, size: int) -> Cleaned:
    file.seek(0)
    raw = file.read() if size <= pictures.LARGEST_FILE else head
    picture = pictures.read(raw, size)
    file.seek(0)
    file.truncate()
    file.write(picture.content)
    return Cleaned(picture.sha256, len(picture.content), picture.kind, picture.format)


def _hash(file: BinaryIO) -> str:
    found = hashlib.sha256()
    for piece in pieces(file):
        found.update(piece)
    return found.hexdigest()
