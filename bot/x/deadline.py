"""An overall deadline: a timeout of the socket begins anew with every byte, this one does not."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")

_log = logging.getLogger(__name__)


def within(seconds: float, call: Callable[[], T], *, overdue: T, late: Callable[[T], None]) -> T:
    """Return what `call` answers, `overdue` in its place when that takes longer.

    An answer is either returned or given to `late`, on the call's own thread, never both and never
    neither. `call` must not raise. RuntimeError where no thread can be started: then nothing ran.
    """
    future = _begin(call, late)
    try:
        return future.result(seconds)
    except TimeoutError:
        # cancelling is atomic: it fails where the answer came in this very moment
        return overdue if future.cancel() else future.result()


def _begin(call: Callable[[], T], late: Callable[[T], None]) -> Future[T]:
    future: Future[T] = Future()

    def run() -> None:
        answer = call()
        if future.set_running_or_notify_cancel():
            future.set_result(answer)
        else:
            _deliver(answer, late)

    Thread(target=run, name="call to X", daemon=True).start()
    return future


def _deliver(answer: T, late: Callable[[T], None]) -> None:
    """Give a late answer away. What fails there is logged by its kind: its text may be private."""
    try:
        late(answer)
    except Exception as error:  # noqa: BLE001  # nobody is above this thread
        _log.error("a late answer of X could not be recorded: %s", type(error).__name__)
