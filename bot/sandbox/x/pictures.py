"""What X finds in the bytes of an upload: which kind of picture it is, how large, how many frames.

Written from the published formats, and stricter than X: what is not whole is refused.
"""

from dataclasses import dataclass

MAX_PHOTO, MAX_GIF = 5_000_000, 15_000_000
GIF_SIZE, GIF_FRAMES, GIF_PIXELS = (1_280, 1_080), 350, 300_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A picture's media type and size in pixels; `frames` is 1 for one that stands still."""

    type: str
    width: int
    height: int
    frames: int = 1


def look(raw: bytes) -> Found | None:
    """Answer what the bytes are, None if they are no whole picture that X takes."""
    try:
        if raw[:3] == b"\xff\xd8\xff":
            return _jpeg(raw)
        if raw[:8] == b"\x89PNG\r\n\x1a\n":
            return _png(raw)
        if raw[:6] in (b"GIF87a", b"GIF89a"):
            return _gif(raw)
        if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
            return _webp(raw)
    except IndexError:
        pass
    return None


def fault(found: Found | None, category: str, size: int) -> str | None:
    """Answer why X does not take a picture for this category, None if it does."""
    if found is None:
        return "The media could not be read as an image."
    if category == "tweet_image":
        if found.frames > 1:
            return "A moving image must be uploaded as tweet_gif."
        return "File size exceeds 5 MB." if size > MAX_PHOTO else None
    if found.type != "image/gif" or found.frames < 2:
        return "The media is no animated GIF."
    if size > MAX_GIF:
        return "File size exceeds 15 MB."
    if found.width > GIF_SIZE[0] or found.height > GIF_SIZE[1]:
        return "The GIF is larger than 1280x1080."
    if found.frames > GIF_FRAMES or found.frames * found.width * found.height > GIF_PIXELS:
        return "The GIF has too many frames."
    return None


def _jpeg(raw: bytes) -> Found | None:
    at, size = 2, (0, 0)
    while raw[at] == 0xFF and raw[at + 1] != 0xDA:
        if raw[at + 1] in range(0xC0, 0xD0) and raw[at + 1] not in (0xC4, 0xC8, 0xCC):
            size = _number(raw, at + 7, 2), _number(raw, at + 5, 2)
        at += 2 + _number(raw, at + 2, 2)
    whole = raw[at] == 0xFF and raw.rfind(b"\xff\xd9") > at
    return Found("image/jpeg", *size) if whole and all(size) else None


def _png(raw: bytes) -> Found | None:
    size = _number(raw, 16, 4), _number(raw, 20, 4)
    whole = raw[12:16] == b"IHDR" and b"IDAT" in raw and raw.rfind(b"IEND") == len(raw) - 8
    return Found("image/png", *size) if whole and all(size) else None


def _gif(raw: bytes) -> Found | None:
    size = int.from_bytes(raw[6:8], "little"), int.from_bytes(raw[8:10], "little")
    at, frames = 13 + _table(raw[10]), 0
    while raw[at] != 0x3B:
        if raw[at] == 0x2C:
            frames += 1
            at += 11 + _table(raw[at + 9])
        elif raw[at] == 0x21:
            at += 2
        else:
            return None
        while raw[at]:
            at += 1 + raw[at]
        at += 1
    return Found("image/gif", *size, frames) if frames else None


def _webp(raw: bytes) -> Found | None:
    if int.from_bytes(raw[4:8], "little") + 8 != len(raw) or b"ANMF" in raw:
        return None
    kind = raw[12:16]
    if kind == b"VP8X":
        return Found("image/webp", _little(raw, 24, 3) + 1, _little(raw, 27, 3) + 1)
    if kind == b"VP8L":
        bits = _little(raw, 21, 4)
        return Found("image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    width, height = _little(raw, 26, 2) & 0x3FFF, _little(raw, 28, 2) & 0x3FFF
    return Found("image/webp", width, height) if kind == b"VP8 " else None


def _table(packed: int) -> int:
    return 3 << (packed & 7) + 1 if packed & 0x80 else 0


def _number(raw: bytes, at: int, size: int) -> int:
    return int.from_bytes(raw[at : at + size])


def _little(raw: bytes, at: int, size: int) -> int:
    return int.from_bytes(raw[at : at + size], "little")
