"""WebP (RFC 9649): the chunks that make the picture stay, and no others."""

from collections.abc import Iterator

from bot.domain.media import MediaFormat
from bot.domain.pictures.exif import UPRIGHT, only_orientation, orientation
from bot.domain.pictures.picture import Picture
from bot.domain.unusable import UnusableError, damaged

_STAY = (b"VP8X", b"ICCP", b"ALPH", b"VP8 ", b"VP8L")
_PIXELS = (b"VP8 ", b"VP8L")
_MOVES = "X takes no moving WebP. Please send it as a GIF."
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
_HEADER, _VP8X = 12, 10

Chunk = tuple[bytes, bytes]


def fits(raw: bytes) -> bool:
    """Whether these bytes begin like a WebP."""
    return raw[:4] == b"RIFF" and raw[8:_HEADER] == b"WEBP"


def clean(raw: bytes) -> Picture:
    """Return a WebP without Exif, XMP, unknown chunks and whatever follows its end."""
    chunks = list(_chunks(raw))
    names = [name for name, _ in chunks]
    if b"ANIM" in names or b"ANMF" in names:
        raise UnusableError(_MOVES)
    if not any(name in _PIXELS for name in names):
        raise damaged()
    width, height = _size(*chunks[0])
    turned = next((orientation(content) for name, content in chunks if name == b"EXIF"), UPRIGHT)
    if b"VP8X" not in names:  # without it nothing but the pixels is read
        turned = UPRIGHT
    kept = [_flagged(chunk, turned) for chunk in chunks if chunk[0] in _STAY]
    kept += [(b"EXIF", only_orientation(turned))] if turned != UPRIGHT else []
    body = b"WEBP" + b"".join(_written(*chunk) for chunk in kept)
    content = b"RIFF" + len(body).to_bytes(4, "little") + body
    return Picture(content, MediaFormat.WEBP, width, height)


def _chunks(raw: bytes) -> Iterator[Chunk]:
    at, end = _HEADER, 8 + int.from_bytes(raw[4:8], "little")
    if end > len(raw) or end <= _HEADER:
        raise damaged()
    while at < end:
        size = int.from_bytes(raw[at + 4 : at + 8], "little")
        if at + 8 + size > end:
            raise damaged()
        yield raw[at : at + 4], raw[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _size(name: bytes, content: bytes) -> tuple[int, int]:
    """Return width and height, from the chunk that a WebP begins with."""
    if name == b"VP8X" and len(content) >= _VP8X:
        width, height = (int.from_bytes(content[at : at + 3], "little") for at in (4, 7))
        return width + 1, height + 1
    if name == b"VP8L" and content[:1] == b"\x2f":
        bits = int.from_bytes(content[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 " and content[3:6] == b"\x9d\x01\x2a":
        width, height = (int.from_bytes(content[at : at + 2], "little") for at in (6, 8))
        return width & 0x3FFF, height & 0x3FFF
    raise damaged()


def _flagged(chunk: Chunk, turned: int) -> Chunk:
    """Let the header say what is still there."""
    name, content = chunk
    if name != b"VP8X":
        return chunk
    if len(content) < _VP8X:
        raise damaged()
    flags = content[0] & ~_EXIF_FLAG & ~_XMP_FLAG | (_EXIF_FLAG if turned != UPRIGHT else 0)
    return name, bytes((flags,)) + content[1:]


def _written(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
