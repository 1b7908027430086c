"""Lists of words, read once when the program starts; each file says where it comes from."""

from importlib.resources import files


def _read(name: str) -> frozenset[str]:
    lines = files(__package__).joinpath("lists", f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(
        word.lower() for line in lines if not line.startswith("#") for word in line.split()
    )


KNOWN_NAMES = _read("first_names") | _read("world_names")
"""Every first name of the census, and those common elsewhere, without accents."""

FIRST_NAMES = KNOWN_NAMES - _read("rarely_names")
"""Those that in a tweet are mostly names."""

TITLES = _read("titles")
OFFICES = _read("offices")
PARTICLES = _read("particles")

ROLES = _read("roles")
"""What somebody is who speaks in public or treats."""

NOT_NAMES = _read("not_names")
"""Capitalised words that are no part of a name."""
