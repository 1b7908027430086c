"""The time of the sandbox, one for all, which people move ahead; and a clock for each side."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path


def _steady() -> float:
    """Answer the offset of a clock that is right: 0 seconds."""
    return 0.0


class WorldTime:
    """How far the time of the sandbox is ahead of the machine's: for Slack, X and the bot alike.

    The bot reads it in a file; where it has none, time cannot be moved.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.ahead_s = 0.0
        self._passed_s = 0.0
        self._tell()

    def now_s(self) -> float:
        """Answer unix seconds."""
        return time.time() + self.ahead_s

    def steady_s(self) -> float:
        """Answer seconds that only ever pass: what was skipped has passed too."""
        return time.monotonic() + self._passed_s

    def move_to(self, unix_s: float) -> None:
        """Make it that time now; it never goes back."""
        by_s = max(0.0, unix_s - self.now_s())
        self.ahead_s += by_s
        self._passed_s += by_s
        self._tell()

    def go_back(self) -> None:
        """Make it the machine's time again."""
        self.ahead_s = 0.0
        self._tell()

    def _tell(self) -> None:
        """Write it down for the bot, in one step: nobody reads half a number."""
        if self.file is None:
            return
        draft = self.file.with_name(f"{self.file.name}.part")
        draft.write_text(f"{self.ahead_s:.3f}\n", encoding="ascii")
        draft.replace(self.file)


class Clock:
    """The clock of one side: the time, plus an offset of a knob, plus what `move` adds."""

    def __init__(
        self, offset: Callable[[], float] = _steady, now_s: Callable[[], float] = time.time
    ) -> None:
        self._offset, self._now_s = offset, now_s
        self._moved_s = 0.0

    def now_s(self) -> float:
        """Answer unix seconds on this clock."""
        return self._now_s() + self._moved_s + self._offset()

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
