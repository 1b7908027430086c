"""Exif: all that is kept of it is which way up the picture is (CIPA DC-008, tag 0x0112)."""

import struct

UPRIGHT = 1
_ORIENTATION = 0x0112
_SHORT = 3
_ENTRY = 12


def orientation(tiff: bytes) -> int:
    """Return the orientation, 1 to 8, in the TIFF structure of an Exif block; 1 if none is said."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return UPRIGHT
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(count):
            at = first + 2 + number * _ENTRY
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, at)
            if (tag, kind) == (_ORIENTATION, _SHORT):
                return value if UPRIGHT <= value <= 8 else UPRIGHT
    except struct.error:
        pass
    return UPRIGHT


def only_orientation(value: int) -> bytes:
    """Return a TIFF structure that says which way up a picture is, and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, value, 0)
    return struct.pack(">2sHIH", b"MM", 42, 8, 1) + entry + struct.pack(">I", 0)
