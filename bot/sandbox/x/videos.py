"""What X finds in the bytes of a video: how it is encoded, how large, how long, how fast.

Written from the published formats (ISO/IEC 14496-12, -14 and -15), and stricter than X: a file
that says two things, or less than it should, is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass

MAX_VIDEO = 512_000_000
SHORTEST_S, LONGEST_S, FASTEST = 0.5, 140, 60.5
SIDES, MOST_RATIO = (32, 1_024, 1_280), 3

_WAY = ("mdia", "minf", "stbl")
_PLAIN = (66, 77, 88)
"""Profiles of H.264 that know no other colours than 4:2:0."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A video as X sees it; `sound` is None for a silent one, `lc` for AAC-LC."""

    type: str
    codec: str
    width: int
    height: int
    seconds: float
    rate: float
    chroma: int
    sound: str | None


@dataclass(frozen=True, slots=True)
class _Box:
    name: str
    content: memoryview


@dataclass(frozen=True, slots=True)
class _Track:
    """A track: what it is of, how it is encoded, and where its samples are."""

    kind: str
    entry: _Box
    seconds: float
    sizes: list[int]
    chunks: list[list[int]]
    offsets: list[int]


class _NoVideoError(Exception):
    """The bytes are not a whole video."""


def look(raw: bytes) -> Clip | None:
    """Answer what the bytes are, None if they are no whole video."""
    try:
        return _clip(raw)
    except (_NoVideoError, IndexError, ZeroDivisionError, KeyError):
        return None


def fault(found: Clip | None, size: int) -> str | None:
    """Answer why X does not take a video, None if it does."""
    if found is None:
        return "The media could not be read as a video."
    short, long = sorted((found.width, found.height))
    reasons = {
        "File size exceeds 512 MB.": size > MAX_VIDEO,
        "Unsupported video codec.": found.codec != "avc1",
        "Unsupported pixel format.": found.chroma != 1,
        "Unsupported audio codec.": found.sound not in (None, "lc"),
        "Invalid video duration.": not SHORTEST_S <= found.seconds <= LONGEST_S,
        "Invalid frame rate.": found.rate > FASTEST,
        "Invalid dimensions.": short < SIDES[0] or short > SIDES[1] or long > SIDES[2],
        "Invalid aspect ratio.": long > MOST_RATIO * short,
    }
    return next((words for words, wrong in reasons.items() if wrong), None)


def _clip(raw: bytes) -> Clip:
    outer = _boxes(memoryview(raw))
    if [box.name for box in outer][:1] != ["ftyp"]:
        raise _NoVideoError
    movie = _one(outer, "moov")
    tracks = [_track(box.content) for box in _boxes(movie) if box.name == "trak"]
    pictures = [track for track in tracks if track.kind == "vide"]
    sounds = [track for track in tracks if track.kind == "soun"]
    if len(pictures) != 1 or len(sounds) > 1 or len(tracks) > len(pictures) + len(sounds):
        raise _NoVideoError
    _whole(raw, tracks)
    track, entry = pictures[0], pictures[0].entry
    return Clip(
        type="video/quicktime" if raw[8:12] == b"qt  " else "video/mp4",
        codec=entry.name,
        width=_number(entry.content, 24, 2),
        height=_number(entry.content, 26, 2),
        seconds=max(one.seconds for one in tracks),
        rate=len(track.sizes) / track.seconds,
        chroma=_chroma(entry),
        sound=_sound(sounds[0].entry) if sounds else None,
    )


def _track(content: memoryview) -> _Track:
    media = _one(_boxes(content), "mdia")
    handler, header = _one(_boxes(media), "hdlr"), _one(_boxes(media), "mdhd")
    table = media
    for name in _WAY[1:]:
        table = _one(_boxes(table), name)
    boxes = _boxes(table)
    times = _rows(_one(boxes, "stts"), 4, 2)
    sizes = _sizes(_one(boxes, "stsz"))
    if sum(count for count, _ in times) != len(sizes) or not sizes:
        raise _NoVideoError
    scale = _number(header, 20 if header[0] == 1 else 12, 4)
    entries = _boxes(_one(boxes, "stsd")[8:])
    if len(entries) != 1:
        raise _NoVideoError
    return _Track(
        kind=bytes(handler[8:12]).decode("latin-1"),
        entry=entries[0],
        seconds=sum(count * each for count, each in times) / scale,
        sizes=sizes,
        chunks=_rows(_one(boxes, "stsc"), 4, 3),
        offsets=_offsets(boxes),
    )


def _offsets(boxes: list[_Box]) -> list[int]:
    if any(box.name == "co64" for box in boxes):
        return [high << 32 | low for high, low in _rows(_one(boxes, "co64"), 4, 2)]
    return [offset for (offset,) in _rows(_one(boxes, "stco"), 4, 1)]


def _whole(raw: bytes, tracks: list[_Track]) -> None:
    """Refuse a file in which a picture or a packet of sound is not where it should be."""
    data = []
    at = 0
    for box in _boxes(memoryview(raw)):
        size = len(box.content)
        head = 16 if _number(memoryview(raw), at, 4) == 1 else 8
        data += [(at + head, at + head + size)] if box.name == "mdat" else []
        at += head + size
    for track in tracks:
        sizes = iter(track.sizes)
        for number, offset in enumerate(track.offsets, 1):
            count = [many for first, many, _ in track.chunks if first <= number][-1]
            end = offset + sum(next(sizes, 0) for _ in range(min(count, len(track.sizes))))
            if not any(first <= offset <= end <= last for first, last in data):
                raise _NoVideoError
        if next(sizes, None) is not None:
            raise _NoVideoError


def _boxes(content: memoryview) -> list[_Box]:
    return list(_split(content))


def _split(content: memoryview) -> Iterator[_Box]:
    at = 0
    while at + 8 <= len(content):
        size, head = _number(content, at, 4), 8
        if size == 1:
            size, head = _number(content, at + 8, 8), 16
        if size < head or at + size > len(content):
            raise _NoVideoError
        name = bytes(content[at + 4 : at + 8]).decode("latin-1")
        yield _Box(name, content[at + head : at + size])
        at += size


def _one(boxes: list[_Box], name: str) -> memoryview:
    found = [box.content for box in boxes if box.name == name]
    if len(found) != 1:
        raise _NoVideoError
    return found[0]


def _rows(content: memoryview, at: int, columns: int) -> list[list[int]]:
    count = _number(content, at, 4)
    numbers = content[at + 4 : at + 4 + 4 * columns * count]
    if len(numbers) != 4 * columns * count:
        raise _NoVideoError
    found = [_number(numbers, place, 4) for place in range(0, len(numbers), 4)]
    return [found[place : place + columns] for place in range(0, len(found), columns)]


def _sizes(content: memoryview) -> list[int]:
    if same := _number(content, 4, 4):
        return [same] * min(_number(content, 8, 4), MAX_VIDEO // same)
    return [size for (size,) in _rows(content, 8, 1)]


def _chroma(entry: _Box) -> int:
    """Answer how colours are sampled, 1 for 4:2:0, as the stream itself says."""
    config = _one(_boxes(entry.content[78:]), "avcC") if entry.name == "avc1" else memoryview(b"")
    if not config:
        return 0
    length = _number(config, 6, 2)
    parameters = bytes(config[8 : 8 + length])
    if parameters[0] & 31 != 7:
        raise _NoVideoError
    if parameters[1] in _PLAIN:
        return 1
    bits = int.from_bytes(parameters[4:12].ljust(8, b"\0"))
    return _golomb(bits, _golomb(bits, 63)[1])[0]


def _golomb(bits: int, top: int) -> tuple[int, int]:
    """Answer the number that begins at a bit, and where the next one begins."""
    zeros = 0
    while not bits >> top - zeros & 1:
        zeros += 1
        if 2 * zeros > top:
            raise _NoVideoError
    value = bits >> top - 2 * zeros & (1 << zeros + 1) - 1
    return value - 1, top - 2 * zeros - 1


def _sound(entry: _Box) -> str:
    """Answer `lc` for AAC-LC in mono or stereo, and the name of anything else."""
    inside = entry.content[28:]
    if _number(entry.content, 8, 2) == 1:
        inside = entry.content[44:]
    boxes = _boxes(inside)
    if any(box.name == "wave" for box in boxes):
        boxes = _boxes(_one(boxes, "wave"))
    if entry.name != "mp4a" or not any(box.name == "esds" for box in boxes):
        return entry.name
    stream = bytes(_one(boxes, "esds"))
    at = stream.find(b"\x05", stream.find(b"\x04") + 13)
    while stream[at + 1] & 0x80:
        at += 1
    word = int.from_bytes(stream[at + 2 : at + 4])
    return "lc" if word >> 11 == 2 and word >> 3 & 15 in (1, 2) else entry.name


def _number(content: memoryview, at: int, size: int) -> int:
    if at + size > len(content):
        raise _NoVideoError
    return int.from_bytes(content[at : at + size])
