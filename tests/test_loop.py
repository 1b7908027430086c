"""One loop: it steps until there is nothing to do, and no ring is lost."""

import threading
import time

import pytest

from bot.heartbeat import MOST_RESTS, Loop

PATIENCE = 5.0


class Work:
    """A queue of steps; counts those that were done."""

    def __init__(self) -> None:
        self.left = 0
        self.done = 0
        self.did_one = threading.Event()

    def step(self) -> bool:
        if not self.left:
            return False
        self.left -= 1
        self.done += 1
        self.did_one.set()
        return True


def test_a_ring_starts_an_idle_loop_and_only_once() -> None:
    loop = Loop("work", Work().step)
    assert loop.ring()
    assert not loop.ring()
    assert loop.busy
    loop.drain()
    assert not loop.busy
    assert loop.ring()


def test_a_loop_steps_until_there_is_nothing_to_do() -> None:
    work = Work()
    work.left = 5
    loop = Loop("work", work.step)
    loop.ring()
    loop.drain()
    assert work.done == 5


def test_a_ring_while_the_last_step_runs_makes_it_go_round_again() -> None:
    work = Work()

    def step() -> bool:
        if work.done == 0:
            work.done = 1
            loop.ring()
            return False
        return work.step()

    loop = Loop("work", step)
    work.left = 1
    loop.ring()
    loop.drain()
    assert work.done == 2


def test_no_ring_of_many_threads_is_lost() -> None:
    work, lock = Work(), threading.Lock()
    loop = Loop("work", lambda: _locked(lock, work))

    def ring() -> None:
        for _ in range(200):
            with lock:
                work.left += 1
            if loop.ring():
                loop.drain()

    threads = [threading.Thread(target=ring) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert (work.left, work.done, loop.busy) == (0, 1600, False)


def _locked(lock: threading.Lock, work: Work) -> bool:
    with lock:
        return work.step()


def test_a_step_that_fails_does_not_end_its_loop(caplog: pytest.LogCaptureFixture) -> None:
    work = Work()

    def step() -> bool:
        if not work.done:
            work.done = 1
            loop.ring()
            raise ZeroDivisionError
        return work.step()

    loop = Loop("work", step)
    work.left = 1
    loop.ring()
    loop.drain()
    assert work.done == 2
    assert "loop work failed in a step" in caplog.text


def test_a_stopped_loop_begins_no_further_step() -> None:
    work = Work()
    work.left = 5

    def step() -> bool:
        if work.done == 1:
            loop.stop()
        return work.step()

    loop = Loop("work", step)
    loop.ring()
    loop.drain()
    assert (work.done, loop.busy) == (2, False)
    assert not loop.ring()
    assert not loop.busy


def test_a_loop_rests_before_each_step() -> None:
    work = Work()
    work.left = 3
    loop = Loop("cards", work.step, rest=0.02)
    loop.ring()
    begun = time.monotonic()
    loop.drain()
    assert time.monotonic() - begun >= 4 * 0.02


def test_an_urgent_ring_and_a_stop_end_the_rest_of_a_loop() -> None:
    work = Work()
    work.left = 1
    loop = Loop("lane", work.step, rest=PATIENCE * 10)
    loop.ring(urgent=True)
    draining = threading.Thread(target=loop.drain)
    draining.start()
    assert work.did_one.wait(PATIENCE)
    loop.stop()
    draining.join(PATIENCE)
    assert (draining.is_alive(), loop.busy) == (False, False)


def test_a_loop_makes_room_for_a_crowd_and_goes_on_at_last() -> None:
    work, looks = Work(), []

    def is_crowded() -> bool:
        looks.append(work.done)
        return True

    loop = Loop("cards", work.step, 0.001, is_crowded)
    loop.ring()
    loop.drain()
    assert looks == [0] * MOST_RESTS


def test_an_alarm_goes_past_a_crowd() -> None:
    work, looks = Work(), []

    def is_crowded() -> bool:
        looks.append(work.done)
        return True

    loop = Loop("lane", work.step, 0.001, is_crowded)
    work.left = 1
    loop.ring(urgent=True)
    loop.drain()
    assert looks == [1] * MOST_RESTS
