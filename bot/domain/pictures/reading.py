"""From the bytes of a file to a picture that X takes: the kind is told by content, never by name.

Limits: docs.x.com, media best practices (August 2026).
"""

from bot.domain.media import MediaKind
from bot.domain.pictures import gif, jpeg, png, webp
from bot.domain.pictures.picture import Picture
from bot.domain.unusable import UnusableError

PHOTO_BYTES, GIF_BYTES = 5_000_000, 15_000_000
LARGEST_FILE = 20_000_000
"""The most bytes of a file that is looked at: what tells of its making is not counted by X."""

GIF_WIDTH, GIF_HEIGHT, GIF_FRAMES, GIF_PIXELS = 1_280, 1_080, 350, 300_000_000

_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_NO_HEIC = "X takes no HEIC. Please send it as a JPEG; a screenshot of it will do."
_NO_WEBM = "X takes videos as MP4 or MOV. Please export it as an MP4."
_NEITHER = (
    "it is nothing that X takes. Please send a JPEG, PNG, WebP or GIF, or a video as MP4 or MOV."
)
_LARGE = "it has {size:.1f} MB and X takes {most:.0f} MB. Please send a smaller one."


def read(raw: bytes, size: int | None = None) -> Picture:
    """Return the picture in a file, cleaned; UnusableError in words where X would not take it.

    A file of more than `LARGEST_FILE` is judged by its beginning and its size.
    """
    if size is not None and size > LARGEST_FILE:
        raise UnusableError(_too_large(raw, size))
    picture = _clean(raw)
    _check(picture)
    return picture


def is_heic(head: bytes) -> bool:
    """Whether bytes begin like a picture in the form that iPhones prefer."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC


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
    if is_heic(raw):
        return _NO_HEIC
    return _NO_WEBM if raw.startswith(b"\x1a\x45\xdf\xa3") else _NEITHER


def _too_large(head: bytes, size: int) -> str:
    known = (jpeg.SIGNATURE, png.SIGNATURE, *gif.SIGNATURES)
    if not (head.startswith(known) or webp.fits(head)):
        return _why_not(head)
    most = GIF_BYTES if head.startswith(gif.SIGNATURES) else PHOTO_BYTES
    return _LARGE.format(size=size / 1e6, most=most / 1e6)


def _check(picture: Picture) -> None:
    moving = picture.kind is MediaKind.GIF
    most = GIF_BYTES if moving else PHOTO_BYTES
    if len(picture.content) > most:
        size = len(picture.content) / 1e6
        raise UnusableError(_LARGE.format(size=size, most=most / 1e6))
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
