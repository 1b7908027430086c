"""What X would not take of a film is refused in words that say what to do, and never at length."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cleaning import LARGEST_VIDEO, clean
from bot.domain.unusable import UnusableError
from bot.domain.video.boxes import MOST, UNREADABLE
from tests.videos import CLIP, Film, box, film, full, numbers

WHOLE = film(frames=5, each=120)
DAMAGED = "damaged or incomplete"


def why_not(raw: bytes, largest: int = LARGEST_VIDEO) -> str:
    file = BytesIO(raw)
    with pytest.raises(UnusableError) as caught:
        clean(file, largest)
    assert file.getvalue() == raw  # what does not go out is left as it is
    return str(caught.value)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"codec": b"hvc1"}, "encoded as H.265 (HEVC) and X takes H.264"),
        ({"codec": b"av01"}, "encoded as AV1"),
        ({"codec": b"jpeg"}, "encoded as something else"),
        ({"profile": 122, "chroma": 2}, "4:2:0"),
        ({"profile": 244, "chroma": 3}, "4:2:0"),
        ({"sound": b"ac-3"}, "AAC-LC"),
        ({"aac": 5}, "AAC-LC"),
        ({"channels": 6}, "stereo"),
        ({"pixel": (4, 3)}, "square"),
        ({"width": 1_282, "height": 64, "frames": 1, "each": 600}, "1282 x 64 pixels"),
        ({"width": 1_056, "height": 1_056, "frames": 1, "each": 600}, "720p"),
        ({"width": 48, "height": 30}, "48 x 30 pixels"),
        ({"width": 128, "height": 32}, "three times"),
        ({"frames": 10, "each": 8_406}, "140 seconds"),
        ({"frames": 4, "each": 60}, "half a second"),
        ({"frames": 61, "each": 9}, "67 pictures a second"),
        ({"edits": ((300, 1_500),), "frames": 40}, "cut off only in appearance"),
    ],
)
def test_what_x_does_not_take_is_said(how: dict[str, object], words: str) -> None:
    found = why_not(film(**how))
    assert words in found
    assert "Please" in found or "below half" in found


@pytest.mark.parametrize(
    "how",
    [
        {"width": 1_280, "height": 720, "frames": 1, "each": 600},
        {"width": 720, "height": 1_280, "frames": 1, "each": 600},
        {"width": 96, "height": 32},
        {"frames": 10, "each": 8_400},
        {"frames": 5, "each": 60},
        {"frames": 60, "each": 10},
        {"edits": ((600, 30),), "frames": 11},
        {"profile": 100, "chroma": 1},
    ],
)
def test_the_limits_themselves_are_taken(how: dict[str, object]) -> None:
    clean(BytesIO(film(**how)))


def test_a_larger_one_than_x_or_the_team_takes_is_refused_before_it_is_read() -> None:
    assert "X takes 0 MB" not in why_not(CLIP, 1_000)
    assert "your team lets videos have 0 MB" in why_not(CLIP, 1_000)


def test_files_that_are_no_films_of_ours_are_refused() -> None:
    fragments = film() + box(b"moof", b"")
    assert "in fragments" in why_not(fragments)
    assert "nothing that X takes" in why_not(b"RIFF\0\0\0\0AVI LIST")
    silent = Film(sound=None)
    assert "no moving pictures" in why_not(silent.written().replace(b"vide", b"text"))
    two = Film(sound=None, tells=False)
    track = two.track(2, b"vide", two.entry(), [4], 600, 60)
    assert "more than one picture track" in why_not(film(sound=None, more=[track]))


def test_pictures_in_another_file_are_not_ours_to_send() -> None:
    raw = film(tells=False)
    elsewhere = raw.replace(full(b"url ", flags=1), full(b"url ", flags=0))
    assert "in another file" in why_not(elsewhere)


@pytest.mark.parametrize("end", [8, 30, 60, 2_000, len(WHOLE) - 1])
def test_what_is_cut_off_is_refused(end: int) -> None:
    assert DAMAGED in why_not(WHOLE[:end]) or "no moving" in why_not(WHOLE[:end])


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (box(b"ftyp", b"isom") + numbers(4) + b"moov", DAMAGED),
        (box(b"ftyp", b"isom") + numbers(0) + b"moov", DAMAGED),
        (box(b"ftyp", b"isom") + numbers(1) + b"moov" + bytes(7) + b"\x03", DAMAGED),
        (box(b"ftyp", b"isom") + numbers(1) + b"moov" + b"\xff" * 8, DAMAGED),
        (box(b"ftyp", b"isom") + box(b"free") * (MOST + 1), UNREADABLE),
        (box(b"ftyp", b"isom") + box(b"moov") * 2, DAMAGED),
        (box(b"ftyp", b"isom") + box(b"moov", bytes(17_000_000)), UNREADABLE),
    ],
    ids=["too small", "open", "no room for 64 bits", "endless", "many", "two", "huge"],
)
def test_sizes_that_cannot_be_are_refused(raw: bytes, words: str) -> None:
    assert words in why_not(raw)


def _with(name: bytes, count: int, content: bytes = b"") -> bytes:
    """Return a film one of whose tables says that it has so many rows."""
    raw = bytearray(film(tells=False))
    at = raw.find(name) + 8
    at += 4 if name == b"stsz" else 0
    raw[at : at + 4] = numbers(count)
    if name == b"stsz" and content:
        raw[at - 4 : at] = content
    return bytes(raw)


@pytest.mark.parametrize("name", [b"stts", b"stsc", b"stsz", b"stco", b"stsd", b"dref"])
@pytest.mark.parametrize("count", [2**32 - 1, 2**20, 0])
def test_counts_that_cannot_be_make_nothing_run_away(name: bytes, count: int) -> None:
    file = BytesIO(_with(name, count))
    with suppress(UnusableError):
        clean(file)


def test_a_table_of_equal_sizes_may_not_stand_for_more_than_is_there() -> None:
    assert UNREADABLE in why_not(_with(b"stsz", 2**32 - 1, numbers(1)))
    assert DAMAGED in why_not(_with(b"stsz", 900_000, numbers(1_000)))


def test_boxes_in_boxes_without_end_are_not_followed() -> None:
    nested = b""
    for _ in range(3_000):
        nested = box(b"trak", nested)
    assert DAMAGED in why_not(film(more=[nested]))
    deep = b""
    for _ in range(3_000):
        deep = box(b"udta", deep)
    clean(BytesIO(film(more=[deep])))


@settings(max_examples=400)
@given(st.data())
def test_nothing_but_a_refusal_comes_of_broken_bytes(data: st.DataObject) -> None:
    raw = bytearray(WHOLE)
    first = raw.find(b"moov")
    places = st.lists(st.integers(first, len(raw) - 1) | st.integers(0, 60), max_size=6)
    for at in data.draw(places):
        raw[at] = data.draw(st.integers(0, 255))
    raw = raw[: data.draw(st.integers(0, len(raw)) | st.just(len(raw)))]
    file = BytesIO(raw)
    with suppress(UnusableError):
        clean(file)
    assert len(file.getvalue()) == len(raw)


@given(st.sampled_from([b"ftyp", b"moov", b"mdat", b"wide"]), st.binary(max_size=96))
def test_nothing_but_a_refusal_comes_of_a_name_and_noise(name: bytes, noise: bytes) -> None:
    for raw in (bytes(4) + name + noise, box(name, noise), box(b"ftyp") + box(b"moov", noise)):
        with suppress(UnusableError):
            clean(BytesIO(raw))
