"""A click that arrives twice acts once, and no copy is acknowledged before that is on disk."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

REMEMBERED = 1_000
"""So many clicks are known again; copies arrive within minutes."""


@dataclass(slots=True)
class _Turn:
    lock: Lock = field(default_factory=Lock)
    done: bool = False


class Once:
    """Runs what a click asks for at its first copy; a copy that comes meanwhile waits for it."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._turns: OrderedDict[str, _Turn] = OrderedDict()

    def __call__(self, key: str, act: Callable[[], None]) -> None:
        """Return when `act` was done under this key; where it raised, the next copy tries anew."""
        turn = self._turn(key)
        with turn.lock:
            if not turn.done:
                act()
                turn.done = True

    def _turn(self, key: str) -> _Turn:
        with self._guard:
            turn = self._turns.setdefault(key, _Turn())
            while len(self._turns) > REMEMBERED:
                self._turns.popitem(last=False)
            return turn
