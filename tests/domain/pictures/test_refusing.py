"""What X would not take is refused in words, whatever its name says and however it is broken."""

import zlib
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.pictures import reading
from bot.domain.pictures.reading import GIF_FRAMES, PHOTO_BYTES, read
from bot.domain.unusable import UnusableError
from tests.pictures import drawn, gif, jpeg, opened, png, saved, webp

WHOLE = {
    "jpeg": jpeg(),
    "staged": jpeg(progressive=True),
    "png": png(),
    "webp": webp(),
    "gif": gif(),
}


def why_not(raw: bytes) -> str:
    with pytest.raises(UnusableError) as caught:
        read(raw)
    return str(caught.value)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "nothing that X takes"),
        (b"%PDF-1.7 ...", "nothing that X takes"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "nothing that X takes"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "send it as a JPEG"),
        (b"\x1a\x45\xdf\xa3webm", "export it as an MP4"),
    ],
)
def test_what_is_no_picture_is_refused_by_its_content(raw: bytes, words: str) -> None:
    assert words in why_not(raw)


@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_cut_off_is_refused(kind: str) -> None:
    raw = WHOLE[kind]
    whole = read(raw).content
    for end in (20, len(whole) // 2, len(whole) - 1):
        assert "damaged or incomplete" in why_not(whole[:end])


def test_pictures_that_x_would_show_still_are_refused() -> None:
    first, others = drawn(), [drawn(shade=90)]
    for format_ in ("PNG", "WEBP"):
        moving = saved(first, format_, save_all=True, append_images=others)
        assert "send it as a GIF" in why_not(moving)


def test_sizes_that_x_does_not_take_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    large = png()[:-12] + b"".join(_chunk() for _ in range(3)) + png()[-12:]
    assert len(large) > PHOTO_BYTES
    assert "X takes 5 MB" in why_not(large)
    assert "1281 x 10 pixels" in why_not(gif(2, width=1281, height=10))
    monkeypatch.setattr(reading, "GIF_FRAMES", 2)
    assert "frames are more than X takes" in why_not(gif(3))
    assert GIF_FRAMES == 350


def test_a_gif_that_stands_still_has_a_photos_limits() -> None:
    assert read(gif(1, width=1281, height=10)).width == 1281


@given(st.sampled_from(sorted(WHOLE)), st.data())
@example("gif", None)
def test_nothing_but_a_refusal_comes_of_broken_bytes(kind: str, data: st.DataObject | None) -> None:
    raw = bytearray(WHOLE[kind])
    if data is not None:
        places = st.lists(st.integers(0, len(raw) - 1), max_size=4)
        for at in data.draw(places):
            raw[at] = data.draw(st.integers(0, 255))
        raw = raw[: data.draw(st.integers(0, len(raw)))]
    with suppress(UnusableError):
        read(bytes(raw))


@given(st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x20\0\0\0WEBP"]),
       st.binary(max_size=64))  # fmt: skip
def test_nothing_but_a_refusal_comes_of_a_signature_and_noise(sign: bytes, noise: bytes) -> None:
    with suppress(UnusableError):
        read(sign + noise)


def test_pictures_that_are_taken_can_be_opened() -> None:
    for raw in WHOLE.values():
        assert opened(read(raw).content).size == (24, 16)


def _chunk() -> bytes:
    """A chunk of a PNG that belongs to the picture and has 2 MB."""
    content = bytes(2_000_000)
    checksum = zlib.crc32(b"IDAT" + content).to_bytes(4)
    return len(content).to_bytes(4) + b"IDAT" + content + checksum
