"""Many runs side by side, each on a stage of its own."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from queue import SimpleQueue

from tests.crash.plan import draw
from tests.crash.play import Result, play, unjudged
from tests.crash.stage import Stage, stage


def played(
    seed: int, numbers: Sequence[int], *, jobs: int, naive: bool = False
) -> Iterator[Result]:
    """Play the runs with these numbers; yields each as it ends. Leaves no process behind."""
    with ExitStack() as held:
        stages = [held.enter_context(stage()) for _ in range(min(jobs, len(numbers)))]
        pool = held.enter_context(ThreadPoolExecutor(len(stages)))
        free: SimpleQueue[Stage] = SimpleQueue()
        for one in stages:
            free.put(one)

        def run(number: int) -> Result:
            mine = free.get()
            plan = draw(seed, number)
            try:
                return play(mine, plan, naive=naive)
            except Exception as error:  # noqa: BLE001 - a run that cannot be judged has failed
                return unjudged(plan, error)
            finally:
                free.put(mine)

        futures = [pool.submit(run, number) for number in numbers]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            for one in stages:
                one.aborted.set()
            pool.shutdown(cancel_futures=True)
