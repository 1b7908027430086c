"""PNG (W3C PNG, third edition): the chunks that make the picture stay, and no others."""

import zlib
from collections.abc import Iterator

from bot.domain.media import MediaFormat
from bot.domain.pictures.exif import UPRIGHT, only_orientation, orientation
from bot.domain.pictures.picture import Picture
from bot.domain.unusable import UnusableError, damaged

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_STAY = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"pHYs", b"sBIT"})
_STAY |= {b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP"}
_MOVES = "X shows only the first frame of a moving PNG. Please send it as a GIF."

Chunk = tuple[bytes, bytes]


def clean(raw: bytes) -> Picture:
    """Return a PNG without texts, times, Exif and whatever follows its end."""
    chunks = list(_chunks(raw))
    names = [name for name, _ in chunks]
    width, height = (int.from_bytes(chunks[0][1][at : at + 4]) for at in (0, 4))
    if names[0] != b"IHDR" or b"IDAT" not in names or not (width and height):
        raise damaged()
    if b"acTL" in names:
        raise UnusableError(_MOVES)
    kept = [chunk for chunk in chunks if chunk[0] in _STAY]
    kept[1:1] = _upright(chunks)
    content = SIGNATURE + b"".join(_written(*chunk) for chunk in kept)
    return Picture(content, MediaFormat.PNG, width, height)


def _chunks(raw: bytes) -> Iterator[Chunk]:
    """Yield the chunks up to the last one, each with the checksum that it should have."""
    at, name = len(SIGNATURE), b""
    while name != b"IEND":
        end = at + 8 + int.from_bytes(raw[at : at + 4])
        name, content = raw[at + 4 : at + 8], raw[at + 8 : end]
        if raw[end : end + 4] != zlib.crc32(name + content).to_bytes(4):
            raise damaged()
        yield name, content
        at = end + 4


def _written(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content).to_bytes(4)
    return len(content).to_bytes(4) + name + content + checksum


def _upright(chunks: list[Chunk]) -> list[Chunk]:
    turned = next((orientation(content) for name, content in chunks if name == b"eXIf"), UPRIGHT)
    return [] if turned == UPRIGHT else [(b"eXIf", only_orientation(turned))]
