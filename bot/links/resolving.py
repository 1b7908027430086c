"""Names to addresses, within a time: the system's resolver cannot be interrupted."""

import socket
from collections.abc import Callable
from concurrent.futures import Future
from threading import BoundedSemaphore, Thread

Resolve = Callable[[str, int, float], tuple[str, ...]]
"""Returns every address of a host for a port within some seconds.

Raises NoSuchNameError where there surely is none, OSError (TimeoutError too) where nobody knows.
"""

MOST = 8
"""Questions on their way at once: more of them wait for a resolver that does not answer."""

_NO_SUCH_NAME = frozenset(
    code for name in ("EAI_NONAME", "EAI_NODATA") if (code := getattr(socket, name, None))
)
_asking = BoundedSemaphore(MOST)


class NoSuchNameError(Exception):
    """A name has no address."""


def resolve(host: str, port: int, seconds: float) -> tuple[str, ...]:
    """Ask the system; see `Resolve`."""
    if not _asking.acquire(blocking=False):
        raise TimeoutError
    future: Future[tuple[str, ...]] = Future()
    try:
        Thread(target=_ask, args=(host, port, future), name="resolver", daemon=True).start()
    except RuntimeError:
        _asking.release()
        raise TimeoutError from None
    try:
        return future.result(seconds)
    except socket.gaierror as error:
        if error.errno in _NO_SUCH_NAME:
            raise NoSuchNameError from None
        raise


def _ask(host: str, port: int, future: "Future[tuple[str, ...]]") -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        future.set_result(tuple(dict.fromkeys(str(info[4][0]) for info in found)))
    except Exception as error:  # noqa: BLE001 - whoever waits must hear of anything
        future.set_exception(error)
    finally:
        _asking.release()
