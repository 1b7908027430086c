"""Videos for tests, made box by box: films of real H.264 that any player shows, and odd ones.

A film has pictures that a decoder needs no tables for (I_PCM), and silence as AAC.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

PLACE = b"somewhere-private"
"""Stands wherever a film may tell of its making: it must never go out."""

SILENCE = bytes.fromhex("00000007")
"""One packet of AAC-LC, mono, in which nothing is heard."""

SECOND = 600
"""Ticks of every clock in a second."""


def box(name: bytes, *content: bytes) -> bytes:
    """Return a box."""
    inside = b"".join(content)
    return struct.pack(">I4s", 8 + len(inside), name) + inside


def full(name: bytes, *content: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Return a box that begins with a version and flags."""
    return box(name, struct.pack(">I", version << 24 | flags), *content)


def numbers(*values: int) -> bytes:
    """Return numbers of 32 bits."""
    return struct.pack(f">{len(values)}I", *values)


class Bits:
    """Writes bits, as H.264 has them."""

    def __init__(self) -> None:
        self._bits: list[str] = []

    def fixed(self, value: int, size: int) -> "Bits":
        self._bits.append(f"{value:0{size}b}")
        return self

    def golomb(self, *values: int) -> "Bits":
        for value in values:
            self.fixed(value + 1, 2 * (value + 1).bit_length() - 1)
        return self

    def aligned(self) -> bytes:
        joined = "".join(self._bits)
        joined += "0" * (-len(joined) % 8)
        return bytes(int(joined[at : at + 8], 2) for at in range(0, len(joined), 8))

    def ended(self) -> bytes:
        return self.fixed(1, 1).aligned()


def unit(kind: int, content: bytes) -> bytes:
    """Return a unit of H.264 in which nothing looks like the beginning of another one."""
    out, zeros = bytearray((kind,)), 0
    for byte in content:
        if zeros >= 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(out)


@dataclass(frozen=True, slots=True)
class Film:
    """What a film is made of; the plain one is what a phone might send, a second long."""

    width: int = 48
    height: int = 32
    frames: int = 10
    each: int = 60
    """Ticks of one picture."""
    chroma: int = 1
    profile: int = 66
    codec: bytes = b"avc1"
    pixel: tuple[int, int] = (1, 1)
    sound: bytes | None = b"mp4a"
    aac: int = 2
    channels: int = 1
    packets: int | None = None
    brand: bytes = b"isom"
    movie_first: bool = False
    long_offsets: bool = False
    rotated: bool = False
    tells: bool = True
    """Whether it says where and by whom it was made, in all the places for that."""
    edits: Sequence[tuple[int, int]] = ()
    """Length in ticks, and from which tick of the track on."""
    more: Sequence[bytes] = field(default=())
    """Boxes at the end of the movie box."""
    shade: int = 0

    @property
    def ticks(self) -> int:
        return self.frames * self.each

    # -- H.264 --

    def sequence(self) -> bytes:
        bits = Bits().fixed(self.profile, 8).fixed(0, 8).fixed(30, 8).golomb(0)
        if self.profile >= 100:
            bits.golomb(self.chroma)
            if self.chroma == 3:
                bits.fixed(0, 1)
            bits.golomb(0, 0).fixed(0, 2)
        across, down = -(-self.width // 16), -(-self.height // 16)
        bits.golomb(0, 2, 1).fixed(0, 1).golomb(across - 1, down - 1).fixed(0b11, 2)
        cut = (across * 16 - self.width) // 2, (down * 16 - self.height) // 2
        bits.fixed(int(any(cut)), 1)
        if any(cut):
            bits.golomb(0, cut[0], 0, cut[1])
        return unit(0x67, bits.fixed(0, 1).ended())

    def picture_set(self) -> bytes:
        bits = Bits().golomb(0, 0).fixed(0, 2).golomb(0, 0, 0).fixed(0, 3).golomb(0, 0, 0)
        return unit(0x68, bits.fixed(0, 3).ended())

    def frame(self, number: int) -> bytes:
        """Return one picture, all of one shade."""
        bits = Bits().golomb(0, 7, 0).fixed(0, 4).golomb(number % 2).fixed(0, 2).golomb(0)
        blocks = -(-self.width // 16) * -(-self.height // 16)
        shade = 16 + (number * 20 + self.shade) % 200
        content = bits.golomb(25).aligned()
        pixels = bytes((shade,)) * 256 + bytes((128,)) * 128
        between = Bits().golomb(25).aligned()
        content += between.join([pixels] * blocks) + b"\x80"
        sample = unit(0x65, content)
        return struct.pack(">I", len(sample)) + sample

    # -- tracks --

    def entry(self) -> bytes:
        told = PLACE if self.tells else b""
        name = struct.pack("32p", told)
        first, second = self.sequence(), self.picture_set()
        sets = struct.pack(">BH", 0xE1, len(first)) + first
        sets += struct.pack(">BH", 1, len(second)) + second
        config = box(b"avcC", bytes((1, self.profile, 0, 30, 0xFF)), sets)
        aspect = box(b"pasp", numbers(*self.pixel)) if self.pixel != (1, 1) else b""
        maker = struct.pack(">HH4sII", 0, 0, told[:4].ljust(4, b"\0"), 0, 0)
        size = struct.pack(">HH", self.width, self.height)
        head = bytes(6) + b"\0\1" + maker + size + numbers(0x480000, 0x480000, 0) + b"\0\1"
        extra = box(b"uuid", PLACE) if self.tells else b""
        return box(self.codec, head, name, b"\0\x18\xff\xff", config, aspect, extra)

    def sound_entry(self) -> bytes:
        specific = struct.pack(">H", self.aac << 11 | 4 << 7 | self.channels << 3)
        decoder = b"\x40\x15" + bytes(11) + b"\x05" + bytes((len(specific),)) + specific
        inside = b"\0\1\0\x04" + bytes((len(decoder),)) + decoder + b"\x06\x01\x02"
        stream = full(b"esds", b"\x03" + bytes((len(inside),)) + inside)
        head = bytes(6) + b"\0\1" + bytes(8) + struct.pack(">HHHH", self.channels, 16, 0, 0)
        return box(self.sound or b"mp4a", head, numbers(44_100 << 16), stream)

    def track(
        self, number: int, kind: bytes, entry: bytes, sizes: Sequence[int], each: int, at: int,
        scale: int = SECOND,
    ) -> bytes:  # fmt: skip
        """Return a track whose samples stand in one chunk."""
        told = PLACE if self.tells else b""
        when = 3_800_000_000 if self.tells else 0
        turned = (0, 1, 0, -1, 0, 0) if self.rotated else (1, 0, 0, 0, 1, 0)
        matrix = struct.pack(">9i", *(n << 16 for n in turned), 0, 0, 1 << 30)
        length = len(sizes) * each * SECOND // scale
        size = numbers(self.width << 16, self.height << 16)
        head = full(b"tkhd", numbers(when, when, number, 0, length), bytes(16), matrix, size,
                    flags=3)  # fmt: skip
        edits = b"".join(struct.pack(">IiI", *edit, 1 << 16) for edit in self.edits)
        edited = box(b"edts", full(b"elst", numbers(len(self.edits)), edits)) if edits else b""
        chunk = full(b"co64", numbers(1, 0, at)) if self.long_offsets else (
            full(b"stco", numbers(1, at)))  # fmt: skip
        table = box(
            b"stbl",
            full(b"stsd", numbers(1), entry),
            full(b"stts", numbers(1, len(sizes), each)),
            full(b"stsc", numbers(1, 1, len(sizes), 1)),
            full(b"stsz", numbers(0, len(sizes), *sizes)),
            chunk,
        )
        place = full(b"url ", told, flags=1)
        header = full(b"vmhd", bytes(8), flags=1) if kind == b"vide" else full(b"smhd", bytes(4))
        data = box(b"dinf", full(b"dref", numbers(1), place))
        media = box(
            b"mdia",
            full(b"mdhd", numbers(when, when, scale, len(sizes) * each), b"\x55\xc4\0\0"),
            full(b"hdlr", numbers(0), kind, bytes(12), told, b"\0"),
            box(b"minf", header, data, table),
        )
        extra = box(b"udta", PLACE) + box(b"meta", PLACE) if self.tells else b""
        return box(b"trak", head, edited, media, extra)

    # -- the file --

    def written(self) -> bytes:
        """Return the whole file."""
        movie = self._movie(0, 0, 0)
        frames, packets, told = self._samples()
        kind = box(b"ftyp", self.brand, numbers(512), self.brand, b"mp41")
        secret = box(b"uuid", PLACE) + box(b"free", PLACE) if self.tells else b""
        before = kind + secret + (movie if self.movie_first else b"")
        first = len(before) + 8 + len(told)
        second = first + sum(map(len, frames))
        third = second + sum(map(len, packets))
        movie = self._movie(first, second, third)
        content = box(b"mdat", told, *frames, *packets, told)
        if self.movie_first:
            return kind + secret + movie + content
        return kind + secret + content + movie

    def _samples(self) -> tuple[list[bytes], list[bytes], bytes]:
        frames = [self.frame(number) for number in range(self.frames)]
        packets = [SILENCE] * (self._packets() if self.sound else 0)
        return frames, packets, PLACE if self.tells else b""

    def _packets(self) -> int:
        return self.packets or max(1, self.ticks * 44_100 // SECOND // 1024)

    def _movie(self, first: int, second: int, third: int) -> bytes:
        when = 3_800_000_000 if self.tells else 0
        frames, packets, told = self._samples()
        times = numbers(when, when, SECOND, self.ticks, 1 << 16)
        head = full(b"mvhd", times, bytes(76), numbers(9))
        seen = self.track(1, b"vide", self.entry(), [*map(len, frames)], self.each, first)
        plain = replace(self, edits=())
        heard = plain.track(2, b"soun", self.sound_entry(), [*map(len, packets)], 1024, second,
                            44_100) if self.sound else b""  # fmt: skip
        where = plain.track(3, b"meta", full(b"mebx", PLACE), [len(told)], SECOND, third)
        tells = [where, box(b"udta", box(b"\xa9xyz", PLACE)), box(b"meta", PLACE)]
        return box(b"moov", head, seen, heard, *(tells if self.tells else []), *self.more)


def film(**how: object) -> bytes:
    """Return a film; see `Film`."""
    return Film(**how).written()  # type: ignore[arg-type]  # the fields of Film, by their names


CLIP = film()
"""A second of film, that tells much of its making."""
