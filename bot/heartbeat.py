"""The timer: wakes the loops when a row is due, when somebody commits, and once a second anyway.

The only file that knows APScheduler. Its jobs are wake-ups in memory that may be lost; the rows
are the schedule.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime

from apscheduler.job import Job
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from bot.ports import Clock, utc_now

Step = Callable[[], bool]

TIMER_REST_S = 0.05
"""Before the alarm is set anew: commits come in bursts."""

STEP_S = 30.0
"""A clock that is so many seconds elsewhere than expected was stepped, or the machine slept."""

MOST_RESTS = 10
"""So many rests at most a loop makes room for a crowd before its next step."""

_log = logging.getLogger(__name__)


class Loop:
    """Steps until there is nothing to do; a ring that comes meanwhile makes it go round again.

    It waits `rest` seconds before each step, so that many commits in a row cost one look and what
    is not urgent leaves room; while it is `crowded` elsewhere, it rests on for a while. An alarm
    does not wait, and is for `prompt` loops alone.
    """

    def __init__(
        self,
        name: str,
        step: Step,
        rest: float = 0.0,
        crowded: Callable[[], bool] = lambda: False,
        *,
        prompt: bool = True,
    ) -> None:
        self.name = name
        self.prompt = prompt
        self._step, self._rest, self._crowded = step, rest, crowded
        self._lock = threading.Lock()
        self._hurry = threading.Event()
        self._wanted = False
        self._running = False
        self._stopped = False

    def ring(self, *, urgent: bool = False) -> bool:
        """Note that there may be work; True where somebody must now call `drain`."""
        if urgent:
            self._hurry.set()
        with self._lock:
            self._wanted = True
            starts = not self._running and not self._stopped
            self._running = self._running or starts
            return starts

    def stop(self) -> None:
        """Begin no further step."""
        self._stopped = True
        self._hurry.set()

    def drain(self) -> None:
        """Step until idle and nobody has rung since."""
        while self._take():
            try:
                while self._waited() and self._step():
                    pass
            except Exception:  # noqa: BLE001 - a failing step must not end its loop
                _log.exception("loop %s failed in a step and goes on with the next beat", self.name)

    def _waited(self) -> bool:
        """Wait until the next step may begin; False where none may any more."""
        rests = MOST_RESTS if self._rest else 0
        while rests and not self._hurry.wait(self._rest):
            rests = rests - 1 if self._crowded() else 0
        if not self._stopped:
            self._hurry.clear()
        return not self._stopped

    def _take(self) -> bool:
        with self._lock:
            self._running = self._wanted and not self._stopped
            self._wanted = False
            return self._running

    @property
    def busy(self) -> bool:
        """Whether a step is running."""
        return self._running


class Heartbeat:
    """All loops, and what wakes them."""

    def __init__(
        self,
        loops: Iterable[Loop],
        next_moment: Callable[[datetime], datetime | None],
        clock: Clock,
        sweep: float,
    ) -> None:
        self._timer = Loop("timer", self._arm, TIMER_REST_S, prompt=False)
        self._loops = (*loops, self._timer)
        self._next_moment = next_moment
        self._clock = clock
        self._sweep = sweep
        self._ended = threading.Event()
        self._beat = time.monotonic()
        self._lead = self._measured()
        self._regular: list[Job] = []
        self._pulse = threading.Thread(target=self._beat_on, name="pulse", daemon=True)
        self._threads = ThreadPoolExecutor(len(self._loops), thread_name_prefix="loop")
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True}
        )

    def every(self, seconds: float, job: Callable[[], None], *, at_once: bool = False) -> None:
        """Run something regularly, beside the loops; with `at_once` also at the start."""
        self._regular.append(self._scheduler.add_job(job, "interval", seconds=seconds))
        if at_once:
            self._scheduler.add_job(job)

    def start(self) -> None:
        """Begin to beat."""
        self._scheduler.start()
        self._pulse.start()
        self.wake()

    def wake(self) -> None:
        """Let every loop look at the rows; returns at once."""
        for loop in self._loops:
            self._ring(loop)

    def stop(self, patience: float) -> bool:
        """Start no further step and wait for running ones; False where one did not end in time."""
        self._ended.set()
        for loop in self._loops:
            loop.stop()
        deadline = time.monotonic() + patience
        while any(loop.busy for loop in self._loops) and time.monotonic() < deadline:
            time.sleep(0.01)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._threads.shutdown(wait=False)
        return not any(loop.busy for loop in self._loops)

    @property
    def alive(self) -> bool:
        """Whether it has beaten lately."""
        return time.monotonic() - self._beat < self._sweep * 5 + 1

    def _beat_on(self) -> None:
        """Wake everybody regularly by the clock that cannot be stepped.

        APScheduler sleeps out a wait that the wall clock has overtaken (or that a step back has
        made an hour longer): this beat bounds that, whatever the wall clock does.
        """
        while not self._ended.wait(self._sweep):
            self._beat = time.monotonic()
            self._notice_step()
            self.wake()

    def _notice_step(self) -> None:
        """After a step of the clock, do what is regular at once: it may be long overdue."""
        lead = self._measured()
        if abs(lead - self._lead) > STEP_S:
            _log.warning("the clock was stepped by %+.0f s", lead - self._lead)
            for job in self._regular:
                with suppress(JobLookupError):  # it is being stopped
                    job.modify(next_run_time=utc_now())
        self._lead = lead

    def _measured(self) -> float:
        """Return how far our clock is from the one that cannot be stepped, in seconds."""
        return self._clock().timestamp() - time.monotonic()

    def _alarm(self) -> None:
        for loop in self._loops:
            if loop.prompt:
                self._ring(loop, urgent=True)

    def _ring(self, loop: Loop, *, urgent: bool = False) -> None:
        if loop.ring(urgent=urgent):
            self._threads.submit(loop.drain)

    def _arm(self) -> bool:
        """Set the alarm to the next due row; what is due already belongs to the beat."""
        now = self._clock()
        ahead = now - utc_now()  # the scheduler goes by the machine's clock
        moment = self._next_moment(now)
        if moment is not None:
            self._scheduler.add_job(
                self._alarm, "date", run_date=moment - ahead, id="due", replace_existing=True
            )
        return False
