"""Looking where one link leads: every hop is checked anew, and nothing private is ever reached."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from http.client import HTTPException
from socket import socket
from ssl import SSLContext
from urllib.parse import urljoin

from bot.domain.destination import Condition, Destination, address, bounded
from bot.links.addresses import is_public
from bot.links.place import Place, UnfitError, read
from bot.links.resolving import NoSuchNameError, Resolve, resolve
from bot.links.title import title_of
from bot.links.wire import (
    Answer,
    Connect,
    NotSecureError,
    ask,
    connect,
    public_authorities,
)

HOPS = 5
"""How often a site may send on to another address."""

CONNECT_S, WHOLE_S = 3.0, 5.0
"""How long one connection and the whole look may take, names included."""

_TRIED = 2
"""Addresses of a host that are tried, one after the other."""

_MOVED = (301, 302, 303, 307, 308)
_MAY_ANSWER_OTHERS = (401, 403, 429)

NO_NAME = "names a site that does not exist"
NOT_SECURE = "has no valid certificate"
NO_ANSWER = "did not answer in time"
NOT_REACHED = "could not be reached"
PRIVATE = "leads into a private network, so I did not look"
TOO_OFTEN = "sends on too often"
OPENED = "sends on without encryption, so I did not look further"
GARBLED = "did not answer as a site does"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Client:
    """Looks where links lead.

    Every address that a name has must be public; the connection goes to one of those very
    addresses. Nobody asks for the name a second time, so it cannot mean another one by then.
    """

    resolve: Resolve = resolve
    connect: Connect = connect
    tls: Callable[[], SSLContext] = public_authorities
    whole: float = WHOLE_S

    def look(self, url: str) -> Destination:
        """Return where a link leads; see `ports.Follow`."""
        try:
            return bounded(self._followed(address(url), time.monotonic() + self.whole))
        except Exception as error:  # noqa: BLE001 - whatever a site answers, the loop goes on
            _log.error("a link could not be looked at: %s", type(error).__name__)
            return _unknown("", NOT_REACHED)

    def _followed(self, url: str, end: float) -> Destination:
        host = before = ""
        for _ in range(HOPS + 1):
            try:
                place = _place(url, before)
                host, before = place.host, place.scheme
                answer = self._asked(place, end)
                if not (answer.status in _MOVED and answer.location):
                    return replace(_answered(host, answer), address=url)
                url = urljoin(place.url, answer.location)
            except UnfitError as error:
                return replace(_unknown(host, str(error)), address=url)
            except (NoSuchNameError, NotSecureError, OSError, HTTPException, ValueError) as error:
                return replace(_failed(host, error), address=url)
        return replace(_unknown(host, TOO_OFTEN), address=url)

    def _asked(self, place: Place, end: float) -> Answer:
        found = self.resolve(place.host, place.port, _left(end))
        if not found or not all(map(is_public, found)):
            raise UnfitError(PRIVATE)
        return ask(self._connected(found[:_TRIED], place.port, end), place, self.tls, end)

    def _connected(self, addresses: tuple[str, ...], port: int, end: float) -> socket:
        *others, last = addresses
        for one in others:
            try:
                return self.connect(one, port, min(CONNECT_S, _left(end)))
            except OSError:
                continue
        return self.connect(last, port, min(CONNECT_S, _left(end)))


def _place(url: str, before: str) -> Place:
    """Return where to ask; never without encryption what one with it sends on to."""
    if before == "https" and url.lower().startswith("http:"):
        raise UnfitError(OPENED)
    return read(url)


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _answered(host: str, answer: Answer) -> Destination:
    status = answer.status
    if status in _MAY_ANSWER_OTHERS:
        return _unknown(host, f"does not let me look ({status})")
    if 400 <= status < 600:
        return Destination(Condition.DEAD, host, why=f"answers with an error ({status})")
    if 200 <= status < 300:
        return Destination(Condition.ANSWERS, host, title_of(answer.body, answer.charset))
    return _unknown(host, f"answers {status}")


def _failed(host: str, error: Exception) -> Destination:
    """Return what a failure means: only what others would meet as well makes a link dead."""
    match error:
        case NoSuchNameError():
            return Destination(Condition.DEAD, host, why=NO_NAME)
        case NotSecureError():
            return Destination(Condition.DEAD, host, why=NOT_SECURE)
        case TimeoutError():
            return _unknown(host, NO_ANSWER)
        case OSError():
            return _unknown(host, NOT_REACHED)
    return _unknown(host, GARBLED)


def _unknown(host: str, why: str) -> Destination:
    return Destination(Condition.UNKNOWN, host, why=why)
