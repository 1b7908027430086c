"""What tells of a film's making goes, and every picture and sound stays where it was."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cleaning import Cleaned, clean
from bot.domain.media import MediaFormat, MediaKind
from bot.domain.video import reading
from tests.videos import CLIP, PLACE, SILENCE, Film, box, film, full, numbers

FILMS = {
    "mp4": Film(),
    "mov": Film(brand=b"qt  "),
    "movie first": Film(movie_first=True),
    "long offsets": Film(long_offsets=True),
    "silent": Film(sound=None),
    "turned": Film(rotated=True),
    "high profile": Film(profile=100),
    "edited": Film(edits=((600, 0),)),
    "says nothing": Film(tells=False),
}


def cleaned(raw: bytes) -> tuple[Cleaned, bytes]:
    file = BytesIO(raw)
    return clean(file), file.getvalue()


@pytest.mark.parametrize("name", FILMS)
def test_nothing_tells_of_its_making_any_more(name: str) -> None:
    raw = FILMS[name].written()
    assert PLACE in raw or name == "says nothing"
    _, content = cleaned(raw)
    for told in (PLACE, b"\xa9xyz", b"udta", b"uuid", b"mebx", numbers(3_800_000_000)):
        assert told not in content


@pytest.mark.parametrize("name", FILMS)
def test_every_picture_and_every_packet_of_sound_stays_where_it_was(name: str) -> None:
    raw = FILMS[name].written()
    _, content = cleaned(raw)
    assert len(content) == len(raw)
    for number in range(FILMS[name].frames):
        sample = FILMS[name].frame(number)
        assert content.find(sample) == raw.find(sample) > 0
    assert content.count(SILENCE) >= (FILMS[name].sound is not None) * 43


@pytest.mark.parametrize("name", FILMS)
def test_what_was_cleaned_is_clean(name: str) -> None:
    found, content = cleaned(FILMS[name].written())
    assert cleaned(content) == (found, content)


def test_it_is_said_what_it_is() -> None:
    found, content = cleaned(CLIP)
    assert (found.kind, found.format) == (MediaKind.VIDEO, MediaFormat.MP4)
    assert (found.size, found.seconds) == (len(content), 1.0)
    assert cleaned(film(brand=b"qt  "))[0].format is MediaFormat.MOV


def test_a_file_that_says_nothing_stays_as_it_is() -> None:
    raw = film(tells=False)
    _, content = cleaned(raw)
    assert content == raw


def test_a_track_of_places_leaves_neither_its_name_nor_its_samples() -> None:
    raw = film()
    assert raw.count(b"mebx") == 1
    _, content = cleaned(raw)
    assert b"trak" in content
    assert content.count(b"trak") == raw.count(b"trak") - 1


@pytest.mark.parametrize("name", [b"udta", b"meta", b"uuid", b"XMP_", b"free", b"skip", b"\xa9xyz"])
def test_whatever_a_film_does_not_need_goes_wherever_it_stands(name: bytes) -> None:
    extra = box(name, PLACE, box(b"data", PLACE))
    inside, behind = film(tells=False, more=[extra]), film(tells=False) + extra
    for raw in (inside, behind, extra.join([film(tells=False)[:32], film(tells=False)[32:]])):
        if raw is inside or raw is behind:
            assert PLACE not in cleaned(raw)[1]


def test_a_box_of_64_bits_and_one_to_the_end_of_the_file_are_read() -> None:
    last = numbers(1) + b"uuid" + (16 + len(PLACE)).to_bytes(8) + PLACE
    assert PLACE not in cleaned(film(tells=False) + last)[1]
    last = numbers(0) + b"uuid" + PLACE
    assert PLACE not in cleaned(film(tells=False) + last)[1]


def test_a_second_box_of_one_name_is_not_believed_nor_kept() -> None:
    second = full(b"mvhd", numbers(7, 7, 600, 600), PLACE)
    assert PLACE not in cleaned(film(tells=False, more=[second]))[1]


@given(st.binary(max_size=200), st.sampled_from([b"udta", b"meta", b"uuid", b"abcd"]))
def test_no_byte_of_a_strange_box_goes_out(secret: bytes, name: bytes) -> None:
    raw = film(tells=False, frames=5, each=120, sound=None, more=[box(name, secret)])
    _, content = cleaned(raw)
    end = content.rfind(b"free") + 4
    assert content[end : end + len(secret)] == bytes(len(secret))


@given(st.integers(2, 8), st.integers(60, 200), st.booleans(), st.booleans(), st.booleans())
def test_any_film_reads_the_same_before_and_after(
    frames: int, each: int, first: bool, long: bool, sound: bool
) -> None:
    made = Film(frames=frames, each=each, movie_first=first, long_offsets=long,
                sound=b"mp4a" if sound else None)  # fmt: skip
    if made.ticks < 300:
        return
    raw = made.written()
    before, after = BytesIO(raw), BytesIO(cleaned(raw)[1])
    assert reading.clean(before, len(raw)) == reading.clean(after, len(raw))
