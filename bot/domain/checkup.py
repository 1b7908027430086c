"""One line of the doctor's table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, whether it works, and in words what was seen or what to do."""

    name: str
    works: bool
    words: str
