"""The census of first names, read once when the program starts."""

from importlib.resources import files


def _read(name: str) -> frozenset[str]:
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line and not line.startswith("#"))


CENSUS = _read("first_names.txt")
"""Every first name of the census, in lower case."""

FIRST_NAMES = CENSUS - _read("rarely_names.txt")
"""Those that in a tweet are mostly names."""
