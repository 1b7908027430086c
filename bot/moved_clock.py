"""A clock that a file moves ahead of the machine's: to try out what time does, and nowhere else.

The file holds seconds, and whoever wants the bot to be later writes more of them into it. Where
either side is the real one there is no such clock: a tweet of the public goes out by the true time.
"""

import math
from contextlib import suppress
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from bot.ports import utc_now

NOT_HERE = (
    "{name} moves the bot's clock, to try things out beside a local Slack and a local X alone: "
    "COUNTERSIGN_SLACK_API and COUNTERSIGN_X_API must both be addresses of this machine "
    "(127.0.0.1). Please leave {name} away."
)
UNREADABLE = "{name}: {path} must be a file that holds seconds, 0 or more, and nothing else."

MOST_S = 10 * 366 * 86_400
"""Ten years; what is further ahead is a mistake."""


class MovedClock:
    """The machine's clock and what a file adds to it now; where the file is lost, what it added."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ahead = _seconds(path)

    def __call__(self) -> datetime:
        """Return the present moment of whoever moves the clock, aware, UTC."""
        return utc_now() + self.ahead

    @property
    def ahead(self) -> timedelta:
        """How far it is ahead of the machine's clock."""
        with suppress(OSError, ValueError):  # the next look may find it whole
            self._ahead = _seconds(self._path)
        return timedelta(seconds=self._ahead)


def moved_clock(name: str, path: Path, *addresses: str) -> MovedClock:
    """Return the clock of a file that a setting names; ValueError in words where there is none."""
    if not all(map(_is_here, addresses)):
        raise ValueError(NOT_HERE.format(name=name))
    try:
        return MovedClock(path)
    except (OSError, ValueError):
        raise ValueError(UNREADABLE.format(name=name, path=path)) from None


def _seconds(path: Path) -> float:
    seconds = float(path.read_text(encoding="ascii"))
    if not (math.isfinite(seconds) and 0 <= seconds <= MOST_S):
        raise ValueError
    return seconds


def _is_here(address: str) -> bool:
    """Whether an address is this machine's own, by its number: a name may lead elsewhere."""
    try:
        return ip_address(urlsplit(address).hostname or "").is_loopback
    except ValueError:
        return False
