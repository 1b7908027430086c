"""Lists of words, read once when the program starts; each file says where it comes from."""

from importlib.resources import files


def _read(name: str) -> frozenset[str]:
    lines = files(__package__).joinpath("lists", f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(
        word.lower() for line in lines if not line.startswith("#") for word in line.split()
    )


CENSUS = _read("first_names")
"""Every first name of the census."""

FIRST_NAMES = CENSUS - _read("rarely_names")
"""Those that in a tweet are mostly names."""

TITLES = _read("titles")
OFFICES = _read("offices")
PARTICLES = _read("particles")

NOT_NAMES = _read("not_names")
"""Capitalised words that are no part of a name."""
