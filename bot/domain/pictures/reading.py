"""From the bytes of a file to a picture that X takes: the kind is told by content, never by name.

Limits: docs.x.com, media best practices (August 2026).
"""

from bot.domain.media import MediaKind
from bot.domain.pictures import gif, jpeg, png, webp
from bot.domain.pictures.picture import Picture, UnusableError

PHOTO_BYTES, GIF_BYTES = 5_000_000, 15_000_000
GIF_WIDTH, GIF_HEIGHT, GIF_FRAMES, GIF_PIXELS = 1_280, 1_080, 350, 300_000_000

_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_NO_HEIC = "X takes no HEIC. Please send it as a JPEG; a screenshot of it will do."
_NO_VIDEO = "I cannot publish videos yet. Please take it out, or post it on X by hand."
_NO_PICTURE = "it is no picture that X takes. Please send a JPEG, PNG, WebP or GIF."


def read(raw: bytes) -> Picture:
    """Return the picture in a file, cleaned; UnusableError in words where X would not take it."""
    picture = _clean(raw)
    _check(picture)
    return picture


def _clean(raw: bytes) -> Picture:
    if raw.startswith(jpeg.SIGNATURE):
        return jpeg.clean(raw)
    if raw.startswith(png.SIGNATURE):
        return png.clean(raw)
    if raw.startswith(gif.SIGNATURES):
        return gif.clean(raw)
    if webp.fits(raw):
        return webp.clean(raw)
    raise UnusableError(_why_not(raw))


def _why_not(raw: bytes) -> str:
    if raw[4:8] == b"ftyp":
        return _NO_HEIC if raw[8:12] in _HEIC else _NO_VIDEO
    return _NO_VIDEO if raw.startswith(b"\x1a\x45\xdf\xa3") else _NO_PICTURE


def _check(picture: Picture) -> None:
    moving = picture.kind is MediaKind.GIF
    most = GIF_BYTES if moving else PHOTO_BYTES
    if len(picture.content) > most:
        raise UnusableError(
            f"it has {len(picture.content) / 1e6:.1f} MB and X takes {most / 1e6:.0f} MB. "
            "Please send a smaller one."
        )
    if moving:
        _check_gif(picture)


def _check_gif(picture: Picture) -> None:
    if picture.width > GIF_WIDTH or picture.height > GIF_HEIGHT:
        raise UnusableError(
            f"it is {picture.width} x {picture.height} pixels and X takes GIFs up to "
            f"{GIF_WIDTH} x {GIF_HEIGHT}. Please send a smaller one."
        )
    pixels = picture.width * picture.height * picture.frames
    if picture.frames > GIF_FRAMES or pixels > GIF_PIXELS:
        raise UnusableError(
            f"its {picture.frames} frames are more than X takes. Please send a shorter one."
        )
