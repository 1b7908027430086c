"""Writers take turns, and whoever came first goes first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from storage.turns import Turn

PATIENCE = 5.0
CROWD = 20


class WatchedTurn(Turn):
    """Says how many wait."""

    @property
    def queue(self) -> int:
        return len(self._waiting)


def test_whoever_has_waited_longest_goes_next() -> None:
    turn, order = WatchedTurn(), []
    tick = Event()

    def work(number: int) -> None:
        with turn:
            order.append(number)

    with turn:
        people = [Thread(target=work, args=(n,)) for n in range(CROWD)]
        for number, person in enumerate(people):
            person.start()
            while turn.queue <= number:
                tick.wait(0.001)
    for person in people:
        person.join(PATIENCE)
    assert order == list(range(CROWD))


def test_two_never_have_their_turn_at_once() -> None:
    turn, inside, seen = Turn(), [], []

    def work(number: int) -> None:
        with turn:
            inside.append(number)
            seen.append(len(inside))
            inside.remove(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(500)))
    assert seen == [1] * 500


def test_an_error_gives_the_turn_back() -> None:
    turn = Turn()
    with pytest.raises(RuntimeError), turn:
        raise RuntimeError
    with turn:
        pass
