"""What a track is encoded with: the entry that describes its samples.

H.264: ISO/IEC 14496-10 and -15 (`avc1`, `avcC`); AAC: ISO/IEC 14496-1 and -3 (`mp4a`, `esds`).
"""

from dataclasses import dataclass

from bot.domain.unusable import damaged
from bot.domain.video.boxes import Box, boxes, in_memory
from bot.domain.video.movie import Track, unpack

PICTURE_HEAD, SOUND_HEAD = 78, 28
"""Bytes of an entry before the boxes in it."""

_SOUND_MORE = {0: 0, 1: 16, 2: 36}
"""And so many more in QuickTime's own versions."""

_EXTENDED = frozenset({44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 144, 244})
"""Profiles of H.264 that say how colours are sampled; the others all do it as 4:2:0."""

_ES, _DECODER, _SPECIFIC = 3, 4, 5
_AAC, _LOW_COMPLEXITY = 0x40, 2


@dataclass(frozen=True, slots=True)
class Pictures:
    """How pictures are encoded: size in pixels, the form of a pixel, and how colours are sampled.

    `chroma` is 1 for 4:2:0, None where the file does not say.
    """

    codec: str
    width: int
    height: int
    square: bool
    chroma: int | None


@dataclass(frozen=True, slots=True)
class Sound:
    """How sound is encoded; AAC with low complexity or not, and in how many channels."""

    codec: str
    is_aac_lc: bool
    channels: int


def entries(raw: bytes | bytearray, described: Box) -> list[Box]:
    """Return the entries of a sample description."""
    (count,) = unpack(">I", raw, described.body + 4)
    found = list(boxes(in_memory(raw), described.body + 8, described.end))
    if not found or count != len(found):
        raise damaged()
    return found


def inner(raw: bytes | bytearray, entry: Box, kind: bytes) -> int:
    """Return where the boxes in an entry begin."""
    at = entry.body + PICTURE_HEAD
    if kind == b"soun":
        (version,) = unpack(">H", raw, entry.body + 8)
        at = entry.body + SOUND_HEAD + _SOUND_MORE.get(version, 0)
    if at > entry.end:
        raise damaged()
    return at


def pictures_of(track: Track) -> Pictures:
    """Return how the pictures of a track are encoded; all its entries must say the same."""
    found = {_pictures(track.raw, entry) for entry in entries(track.raw, track.part(b"stsd"))}
    if len(found) > 1:
        raise damaged()
    return found.pop()


def sound_of(track: Track) -> Sound:
    """Return how the sound of a track is encoded; all its entries must say the same."""
    found = {_sound(track.raw, entry) for entry in entries(track.raw, track.part(b"stsd"))}
    if len(found) > 1:
        raise damaged()
    return found.pop()


def _pictures(raw: bytes, entry: Box) -> Pictures:
    codec = entry.name.decode("latin-1")
    within = _within(raw, inner(raw, entry, b"vide"), entry.end)
    width, height = unpack(">HH", raw, entry.body + 24)
    square = True
    if b"pasp" in within:
        across, down = unpack(">II", raw, within[b"pasp"].body)
        square = across == down
    chroma = _chroma(raw, within[b"avcC"]) if b"avcC" in within else None
    return Pictures(codec, width, height, square, chroma)


def _within(raw: bytes, at: int, end: int) -> dict[bytes, Box]:
    return {box.name: box for box in boxes(in_memory(raw), at, end)}


def _chroma(raw: bytes, configuration: Box) -> int | None:
    """Return how colours are sampled, as the first sequence parameter set says."""
    content = raw[configuration.body : configuration.end]
    length = int.from_bytes(content[6:8])
    parameters = content[8 : 8 + length]
    if len(content) < 8 or not content[5] & 31 or not 4 < length == len(parameters):
        raise damaged()
    if parameters[1] not in _EXTENDED:
        return 1
    bits = _Bits(parameters[4:].replace(b"\0\0\3", b"\0\0"))
    bits.number()  # which parameter set it is
    return bits.number()


class _Bits:
    """Reads Exp-Golomb numbers."""

    def __init__(self, raw: bytes) -> None:
        self._bits = "".join(f"{byte:08b}" for byte in raw[:32])

    def number(self) -> int | None:
        zeros = len(self._bits) - len(self._bits.lstrip("0"))
        taken, self._bits = self._bits[: 2 * zeros + 1], self._bits[2 * zeros + 1 :]
        return int(taken, 2) - 1 if len(taken) == 2 * zeros + 1 else None


def _sound(raw: bytes, entry: Box) -> Sound:
    codec = entry.name.decode("latin-1")
    within = _within(raw, inner(raw, entry, b"soun"), entry.end)
    if b"wave" in within:  # QuickTime has it one box deeper
        within |= _within(raw, within[b"wave"].body, within[b"wave"].end)
    (channels,) = unpack(">H", raw, entry.body + 16)
    if entry.name != b"mp4a" or b"esds" not in within:
        return Sound(codec, is_aac_lc=False, channels=channels)
    return Sound(codec, *_aac(raw[within[b"esds"].body + 4 : within[b"esds"].end], channels))


def _aac(descriptor: bytes, said: int) -> tuple[bool, int]:
    """Return whether a stream is AAC with low complexity, and how many channels it has."""
    stream = _content(descriptor, _ES)
    flags = stream[2] if len(stream) > 2 else 0
    at = 3 + (2 if flags & 0x80 else 0) + (2 if flags & 0x20 else 0)
    if flags & 0x40:
        at += 1 + int.from_bytes(stream[at : at + 1])
    decoder = _content(stream[at:], _DECODER)
    specific = _content(decoder[13:], _SPECIFIC)
    if len(specific) < 2 or decoder[0] != _AAC:
        return False, said
    word = int.from_bytes(specific[:2])
    frequency = word >> 7 & 15
    channels = word >> 3 & 15 if frequency != 15 else said
    return word >> 11 == _LOW_COMPLEXITY, channels


def _content(descriptor: bytes, tag: int) -> bytes:
    """Return what is in a descriptor; its size is written seven bits a byte."""
    if descriptor[:1] != bytes((tag,)):
        return b""
    size = 0
    for at, byte in enumerate(descriptor[1:5], 2):
        size = size << 7 | byte & 127
        if not byte & 128:
            return descriptor[at : at + size]
    return b""
