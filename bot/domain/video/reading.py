"""From a file to a video that X takes: what tells of its making goes, and nothing moves."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from bot.domain.media import MediaFormat
from bot.domain.unusable import UnusableError, damaged
from bot.domain.video import codecs, limits, timing
from bot.domain.video.boxes import UNREADABLE, Box, boxes, in_file
from bot.domain.video.movie import PICTURE, SOUND, Track, tracks
from bot.domain.video.samples import Span, gaps, spans
from bot.domain.video.scrubbing import FREE, erase, scrub

_LARGEST_MOVIE = 16_000_000
"""The most bytes of a movie box; two minutes take less than one million."""

_BEGINNINGS = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_STAY = (b"ftyp", b"moov", b"mdat")
_QUICKTIME = b"qt  "
_BLOCK = bytes(1 << 16)

_NO_FILM = "there are no moving pictures in it. Please export it anew, as an ordinary MP4."
_SEVERAL = "it has more than one picture track. Please export it anew, as an ordinary MP4."
_FRAGMENTS = "it is in fragments, as for streaming. Please export it anew, as an ordinary MP4."


@dataclass(frozen=True, slots=True)
class Video:
    """A film: its format, its size in pixels as stored, its length, and whether one hears it."""

    format: MediaFormat
    width: int
    height: int
    seconds: float
    has_sound: bool


@dataclass(frozen=True, slots=True)
class _Film:
    """Where things stand in a file, and which of its tracks people see and hear."""

    outline: list[Box]
    box: Box
    movie: bytes
    seen: list[Track]
    others: list[Track]


def fits(head: bytes) -> bool:
    """Whether bytes begin like an MP4 or a MOV."""
    return head[4:8] in _BEGINNINGS


def clean(file: BinaryIO, size: int) -> Video:
    """Take out of a file what tells of its making, where it stands; UnusableError in words.

    What goes is overwritten with zeros, and so is every byte that belongs to no picture and no
    sound: places and sensors are often recorded in tracks of their own. What X would not take is
    left as it is.
    """
    film = _film(file, size)
    limits.check(film.seen)
    video = _described(file, film)
    unused = list(_unused(film, size))
    movie = _scrubbed(film)
    for box in film.outline:
        if box.name not in _STAY:
            _write(file, box.start + 4, FREE)
            _blank(file, (box.body, box.end))
    for span in unused:
        _blank(file, span)
    _write(file, film.box.start, movie)
    return video


def _film(file: BinaryIO, size: int) -> _Film:
    outline = list(_outline(file, size))
    movies = [box for box in outline if box.name == b"moov"]
    if len(movies) != 1:
        raise damaged()
    (box,) = movies
    if box.end - box.start > _LARGEST_MOVIE:
        raise UnusableError(UNREADABLE)
    movie = in_file(file)(box.start, box.end - box.start)
    found = tracks(movie, _inside(box))
    seen = list(_seen(found))
    return _Film(outline, box, movie, seen, [one for one in found if one not in seen])


def _outline(file: BinaryIO, size: int) -> Iterator[Box]:
    for box in boxes(in_file(file), 0, size, outermost=True):
        if box.name == b"moof":
            raise UnusableError(_FRAGMENTS)
        yield box


def _inside(box: Box) -> Box:
    """Return a box with its places counted from its own beginning."""
    return Box(box.name, 0, box.body - box.start, box.end - box.start)


def _seen(found: list[Track]) -> Iterator[Track]:
    """Yield the one track of pictures, and the first of sound, at best one that X takes."""
    pictures = [one for one in found if one.kind == PICTURE and one.enabled]
    sound = [one for one in found if one.kind == SOUND and one.enabled]
    if not pictures:
        raise UnusableError(_NO_FILM)
    if len(pictures) > 1:
        raise UnusableError(_SEVERAL)
    yield pictures[0]
    taken = [one for one in sound if codecs.sound_of(one).is_aac_lc]
    yield from [*taken, *sound][:1]


def _described(file: BinaryIO, film: _Film) -> Video:
    said = codecs.pictures_of(film.seen[0])
    kind = next((box for box in film.outline if box.name == b"ftyp"), None)
    brand = in_file(file)(kind.body, 4) if kind else _QUICKTIME
    return Video(
        format=MediaFormat.MOV if brand == _QUICKTIME else MediaFormat.MP4,
        width=said.width,
        height=said.height,
        seconds=max(map(timing.seconds, film.seen)),
        has_sound=len(film.seen) > 1,
    )


def _unused(film: _Film, size: int) -> Iterator[Span]:
    """Yield the data that no track uses; damaged where a track has less than it says."""
    rooms = [(box.body, box.end) for box in film.outline if box.name == b"mdat"]
    used = [span for track in film.seen for span in spans(track)]
    starts = [start for start, _ in rooms]
    for first, last in used:
        room = rooms[bisect_right(starts, first) - 1] if rooms else (0, 0)
        if not room[0] <= first <= last <= room[1]:
            raise damaged()
    heads = ((box.start, box.body) for box in film.outline if box.name == b"mdat")
    others = ((box.start, box.end) for box in film.outline if box.name != b"mdat")
    return gaps((0, size), sorted([*used, *heads, *others]))


def _scrubbed(film: _Film) -> bytes:
    movie = bytearray(film.movie)
    for track in film.others:
        erase(movie, track.box)
    scrub(movie, _inside(film.box))
    return bytes(movie)


def _write(file: BinaryIO, at: int, content: bytes) -> None:
    file.seek(at)
    file.write(content)


def _blank(file: BinaryIO, span: Span) -> None:
    at, end = span
    file.seek(at)
    file.writelines(_BLOCK[:left] for left in range(end - at, 0, -len(_BLOCK)))
