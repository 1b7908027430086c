"""GIF (GIF89a): the frames stay and how they follow one another; comments and all else goes."""

from collections.abc import Iterator

from bot.domain.media import MediaFormat
from bot.domain.pictures.picture import Picture
from bot.domain.unusable import damaged

SIGNATURES = (b"GIF87a", b"GIF89a")

_HEADER = 13
_EXTENSION, _FRAME, _END = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")


def clean(raw: bytes) -> Picture:
    """Return a GIF without comments, foreign extensions and whatever follows its end."""
    width, height = (int.from_bytes(raw[at : at + 2], "little") for at in (6, 8))
    if len(raw) < _HEADER or not (width and height):
        raise damaged()
    start = _HEADER + _colours(raw[10])
    blocks = list(_blocks(raw, start))
    frames = sum(block[0] == _FRAME for block in blocks)
    if not frames:
        raise damaged()
    content = b"".join([raw[:start], *filter(_stays, blocks), bytes((_END,))])
    return Picture(content, MediaFormat.GIF, width, height, frames)


def _blocks(raw: bytes, at: int) -> Iterator[bytes]:
    while True:
        match raw[at : at + 1]:
            case b"\x21":
                end = _sub_blocks_end(raw, at + 2)
            case b"\x2c" if at + 10 < len(raw):
                end = _sub_blocks_end(raw, at + 11 + _colours(raw[at + 9]))
            case b"\x3b":
                return
            case _:
                raise damaged()
        yield raw[at:end]
        at = end


def _sub_blocks_end(raw: bytes, at: int) -> int:
    while at < len(raw):
        size = raw[at]
        at += 1 + size
        if not size:
            return at
    raise damaged()


def _colours(packed: int) -> int:
    """Return how many bytes a table of colours takes."""
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0


def _stays(block: bytes) -> bool:
    if block[0] != _EXTENSION:
        return True
    return block[1] == _CONTROL or (block[1] == _APPLICATION and block[2:14] in _LOOPS)
