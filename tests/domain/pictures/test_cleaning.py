"""What goes out of a picture is what one sees of it, to the last pixel, and nothing else."""

from collections.abc import Callable

import pytest
from PIL import Image, ImageOps, ImageSequence

from bot.domain.media import MediaFormat, MediaKind
from bot.domain.pictures.picture import Picture
from bot.domain.pictures.reading import read
from tests.pictures import (
    GPS,
    MAKER,
    ORIENTATION,
    PLACE,
    drawn,
    gif,
    jpeg,
    opened,
    png,
    saved,
    webp,
)

PHOTOS = {
    "jpeg": jpeg(),
    "jpeg in stages": jpeg(progressive=True),
    "png": png(),
    "webp": webp(),
    "lossy webp": webp(lossless=False),
}
TURNED: dict[str, Callable[[int], bytes]] = {"jpeg": jpeg, "png": png, "webp": webp}


def pixels(image: Image.Image) -> list[bytes]:
    return [frame.convert("RGBA").tobytes() for frame in ImageSequence.Iterator(image)]


def cleaned(raw: bytes) -> tuple[Picture, Image.Image]:
    picture = read(raw)
    return picture, opened(picture.content)


@pytest.mark.parametrize("raw", PHOTOS.values(), ids=PHOTOS)
def test_a_photo_looks_the_same_and_tells_nothing_of_its_making(raw: bytes) -> None:
    assert PLACE in raw
    picture, image = cleaned(raw)
    assert PLACE not in picture.content
    assert pixels(image) == pixels(opened(raw))
    assert not image.getexif().get_ifd(GPS)
    assert MAKER not in image.getexif()
    assert (picture.width, picture.height) == image.size == (24, 16)
    assert picture.kind is MediaKind.PHOTO
    assert picture.format == f"image/{image.format and image.format.lower()}"


@pytest.mark.parametrize("kind", TURNED)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_which_way_up_it_is_stays(kind: str, orientation: int) -> None:
    raw = TURNED[kind](orientation)
    picture, image = cleaned(raw)
    assert image.getexif().get(ORIENTATION, 1) == orientation
    assert pixels(ImageOps.exif_transpose(image)) == pixels(ImageOps.exif_transpose(opened(raw)))
    assert PLACE not in picture.content


@pytest.mark.parametrize("frames", [1, 2, 5])
def test_a_gif_moves_as_it_did_and_says_nothing_more(frames: int) -> None:
    raw = gif(frames)
    assert PLACE in raw
    picture, image = cleaned(raw)
    assert PLACE not in picture.content
    assert pixels(image) == pixels(opened(raw))
    assert image.info.get("loop") == opened(raw).info.get("loop")
    assert image.info.get("duration") == opened(raw).info.get("duration")
    assert picture.frames == frames
    assert picture.kind is (MediaKind.GIF if frames > 1 else MediaKind.PHOTO)
    assert picture.format is MediaFormat.GIF


@pytest.mark.parametrize("raw", [*PHOTOS.values(), gif()], ids=[*PHOTOS, "gif"])
def test_what_follows_the_end_does_not_go_out(raw: bytes) -> None:
    assert read(raw + PLACE).content == read(raw).content


@pytest.mark.parametrize("raw", [*PHOTOS.values(), gif()], ids=[*PHOTOS, "gif"])
def test_cleaning_twice_changes_nothing_more(raw: bytes) -> None:
    once = read(raw)
    assert read(once.content) == once


def test_colours_stay_as_their_profile_says() -> None:
    profile = b"\0" * 36 + b"acsp" + b"\0" * 88
    for format_ in ("JPEG", "PNG", "WEBP"):
        raw = saved(drawn(), format_, icc_profile=profile)
        assert opened(read(raw).content).info.get("icc_profile") == profile


def test_a_thumbnail_of_what_was_cut_away_does_not_go_out() -> None:
    raw = saved(drawn(), "JPEG")
    header = b"\xff\xe0" + (16 + 3 * 4).to_bytes(2) + raw[6:18] + b"\x02\x02" + PLACE[:12]
    assert raw[2:4] == b"\xff\xe0"
    picture = read(raw[:2] + header + raw[20:])
    assert PLACE[:12] not in picture.content
    assert pixels(opened(picture.content)) == pixels(opened(raw))
