"""The time as one side of the sandbox sees it; each side has a clock of its own."""

import time
from collections.abc import Callable
from datetime import UTC, datetime


def _steady() -> float:
    """Answer the offset of a clock that is right: 0 seconds."""
    return 0.0


class Clock:
    """The machine's clock plus an offset in seconds, which a knob gives and `move` adds to."""

    def __init__(self, offset: Callable[[], float] = _steady) -> None:
        self._offset = offset
        self._moved_s = 0.0

    def now_s(self) -> float:
        """Answer unix seconds on this clock."""
        return time.time() + self._moved_s + self._offset()

    def now_ms(self) -> int:
        """Answer whole unix milliseconds on this clock."""
        return int(self.now_s() * 1000)

    def now(self) -> datetime:
        """Answer the aware UTC time on this clock."""
        return datetime.fromtimestamp(self.now_s(), UTC)

    def move(self, by_s: float) -> None:
        """Step the clock by that many seconds, backwards if negative."""
        self._moved_s += by_s

    def reset(self) -> None:
        """Undo every step."""
        self._moved_s = 0.0
