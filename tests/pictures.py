"""Pictures for tests, made by Pillow, with what phones and programs write into them."""

from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.domain.cleaning import clean
from bot.domain.media import Media
from bot.ports import Upload

PLACE = b"somewhere-private"
"""Stands wherever a picture may tell of its making: it must never go out."""

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def drawn(width: int = 24, height: int = 16, shade: int = 0) -> Image.Image:
    """Return a picture in which every pixel can be told from its neighbours."""
    image = Image.new("RGB", (width, height))
    dots = ((x * 9 % 256, y * 13 % 256, (x + y + shade) % 256) for y in range(height)
            for x in range(width))  # fmt: skip
    image.putdata(list(dots))
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """Return an Exif block that says where and by whom, and which way up."""
    block = Image.Exif()
    block[MAKER] = PLACE.decode()
    block[ORIENTATION] = orientation
    block.get_ifd(GPS)[29] = PLACE.decode()
    return block


def saved(image: Image.Image, format_: str, **how: object) -> bytes:
    """Return the bytes of a file."""
    file = BytesIO()
    image.save(file, format_, **how)
    return file.getvalue()


def jpeg(orientation: int = 1, *, progressive: bool = False, **size: int) -> bytes:
    """Return a JPEG with Exif, XMP and a comment."""
    how = {"exif": exif(orientation), "comment": PLACE, "xmp": PLACE}
    return saved(drawn(**size), "JPEG", quality=90, progressive=progressive, **how)


def png(orientation: int = 1, **size: int) -> bytes:
    """Return a PNG with texts and Exif."""
    texts = PngInfo()
    texts.add_text("Author", PLACE.decode())
    texts.add_itxt("XML:com.adobe.xmp", PLACE.decode())
    return saved(drawn(**size), "PNG", pnginfo=texts, exif=exif(orientation))


def webp(orientation: int = 1, *, lossless: bool = True, **size: int) -> bytes:
    """Return a WebP with Exif and XMP."""
    how = {"exif": exif(orientation), "xmp": PLACE}
    return saved(drawn(**size), "WEBP", lossless=lossless, **how)


def gif(frames: int = 3, **size: int) -> bytes:
    """Return a GIF with a comment; with more than one frame it moves."""
    first, *others = (drawn(**size, shade=40 * number) for number in range(frames))
    how = {"save_all": True, "append_images": others, "loop": 0} if others else {}
    return saved(first, "GIF", comment=PLACE, **how)


def opened(content: bytes) -> Image.Image:
    """Open a picture with eyes that are not ours."""
    image = Image.open(BytesIO(content))
    image.load()
    return image


DOT = png(width=2, height=2)
"""A small picture."""


def given(raw: bytes, alt: str = "", piece: int = 1_000_000) -> Upload:
    """Return a file as X is given it once it was cleaned, in pieces of that size."""
    file = BytesIO(raw)
    found = clean(file)
    media = Media(found.sha256, found.kind, found.format, alt)
    return as_upload(media, file.getvalue(), piece)


def as_upload(media: Media, content: bytes, piece: int = 1_000_000) -> Upload:
    """Return bytes as X is given them."""
    starts = range(0, len(content), piece)
    return Upload(media, len(content), lambda: (content[at : at + piece] for at in starts))
