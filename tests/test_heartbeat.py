"""The timer: no ring is lost, the alarm is set, and it stops when it is told to."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.heartbeat import Heartbeat, Loop
from bot.ports import Clock, utc_now
from tests.test_loop import Work

PATIENCE = 5.0


def eventually(condition: Callable[[], bool]) -> bool:
    """Wait for a condition, at most PATIENCE seconds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.002)
    return True


def nothing(_: datetime) -> datetime | None:
    return None


@pytest.fixture
def beating() -> Iterator[Callable[..., Heartbeat]]:
    """Start heartbeats that are stopped at the end."""
    started: list[Heartbeat] = []

    def start(
        *loops: Loop,
        moment: Callable[[datetime], datetime | None] = nothing,
        sweep: float = 60,
        clock: Clock = utc_now,
    ) -> Heartbeat:
        heartbeat = Heartbeat(loops, moment, clock, sweep)
        started.append(heartbeat)
        heartbeat.start()
        return heartbeat

    yield start
    for heartbeat in started:
        heartbeat.stop(PATIENCE)
        heartbeat._pulse.join(PATIENCE)


def test_a_wake_up_lets_every_loop_look(beating: Callable[..., Heartbeat]) -> None:
    one, other = Work(), Work()
    heartbeat = beating(Loop("one", one.step), Loop("other", other.step))
    one.left = other.left = 3
    heartbeat.wake()
    assert eventually(lambda: (one.done, other.done) == (3, 3))


def test_a_loop_that_hangs_does_not_delay_another(beating: Callable[..., Heartbeat]) -> None:
    let_go, other = threading.Event(), Work()
    other.left = 1

    def hang() -> bool:
        let_go.wait(PATIENCE)
        return False

    beating(Loop("hanging", hang), Loop("other", other.step))
    assert eventually(lambda: other.done == 1)
    let_go.set()


def test_the_sweep_looks_even_if_nobody_wakes_anybody(beating: Callable[..., Heartbeat]) -> None:
    work = Work()
    heartbeat = beating(Loop("work", work.step), sweep=0.02)
    work.left = 1
    assert eventually(lambda: work.done == 1)
    assert heartbeat.alive


def test_the_alarm_is_set_to_the_next_due_row(beating: Callable[..., Heartbeat]) -> None:
    due = datetime.now(UTC) + timedelta(seconds=0.2)
    late: list[float] = []

    def step() -> bool:
        now = datetime.now(UTC)
        if now >= due and not late:
            late.append((now - due).total_seconds())
        return False

    beating(Loop("work", step), moment=lambda now: due if now < due else None)
    assert eventually(lambda: bool(late))


@dataclass
class Moved:
    """A clock that somebody moves."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


def test_the_alarm_goes_by_a_clock_that_is_not_the_machines(
    beating: Callable[..., Heartbeat],
) -> None:
    clock = Moved(timedelta(days=1))
    due = clock() + timedelta(seconds=0.2)
    found: list[bool] = []

    def step() -> bool:
        if clock() >= due:
            found.append(True)
        return False

    beating(Loop("work", step), moment=lambda now: due if now < due else None, clock=clock)
    assert eventually(lambda: bool(found))


def test_a_step_of_the_clock_is_noticed_and_what_is_regular_is_done_at_once(
    beating: Callable[..., Heartbeat],
) -> None:
    clock, work, ran = Moved(), Work(), list[str]()
    heartbeat = beating(Loop("work", work.step), sweep=0.02, clock=clock)
    heartbeat.every(3600, lambda: ran.append("hourly"))
    clock.ahead = timedelta(hours=2)
    assert eventually(lambda: len(ran) == 1)
    clock.ahead = timedelta(0)
    assert eventually(lambda: len(ran) == 2)
    work.left = 1
    assert eventually(lambda: work.done == 1)
    assert len(ran) == 2  # and it stays regular


def test_a_commit_that_moves_the_next_row_forward_moves_the_alarm(
    beating: Callable[..., Heartbeat],
) -> None:
    moments = [datetime.now(UTC) + timedelta(hours=1)]
    rung = threading.Event()

    def step() -> bool:
        if datetime.now(UTC) >= moments[-1]:
            rung.set()
        return False

    heartbeat = beating(Loop("work", step), moment=lambda _: moments[-1])
    moments.append(datetime.now(UTC) + timedelta(seconds=0.1))
    heartbeat.wake()
    assert rung.wait(PATIENCE)


def test_regular_jobs_run_beside_the_loops_and_at_once_if_they_should(
    beating: Callable[..., Heartbeat],
) -> None:
    ran: list[str] = []
    heartbeat = beating()
    heartbeat.every(3600, lambda: ran.append("hourly"))
    heartbeat.every(3600, lambda: ran.append("at once"), at_once=True)
    heartbeat.every(0.05, lambda: ran.append("often"))
    assert eventually(lambda: ran.count("often") >= 2 and "at once" in ran)
    assert "hourly" not in ran


def test_it_stops_after_the_step_that_runs_and_wakes_nobody_any_more(
    beating: Callable[..., Heartbeat],
) -> None:
    began, work = threading.Event(), Work()
    work.left = 100

    def step() -> bool:
        began.set()
        time.sleep(0.05)
        return work.step()

    heartbeat = beating(Loop("work", step))
    assert began.wait(PATIENCE)
    assert heartbeat.stop(PATIENCE)
    done = work.done
    assert done < 100
    heartbeat.wake()
    assert heartbeat.stop(PATIENCE)
    assert work.done == done


def test_a_commit_of_the_last_step_does_not_keep_it_from_stopping(
    beating: Callable[..., Heartbeat],
) -> None:
    began, stopping = threading.Event(), threading.Event()

    def commit() -> bool:
        began.set()
        stopping.wait(PATIENCE)
        heartbeat.wake()
        return False

    heartbeat = beating(Loop("committing", commit), Loop("idle", lambda: False))
    assert began.wait(PATIENCE)
    threading.Timer(0.05, stopping.set).start()
    before = time.monotonic()
    assert heartbeat.stop(PATIENCE)
    assert time.monotonic() - before < PATIENCE / 2


def test_it_says_when_a_step_did_not_end_in_time(beating: Callable[..., Heartbeat]) -> None:
    let_go = threading.Event()

    def hang() -> bool:
        let_go.wait(PATIENCE)
        return False

    heartbeat = beating(Loop("hanging", hang))
    assert not heartbeat.stop(0.05)
    let_go.set()


def test_a_heartbeat_that_never_began_stops_too() -> None:
    assert Heartbeat((), nothing, utc_now, 60).stop(PATIENCE)
