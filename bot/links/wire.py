"""One request over one connection: to the address that was checked, within a time and a size.

No session, no proxy, no cookie, no credential: what http.client is not told, it does not send.
"""

import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, cast

import certifi

from bot.links.place import Place

Connect = Callable[[str, int, float], socket.socket]
"""Opens a connection to an address and a port within some seconds."""

MOST = 262_144
"""The most octets that are read of an answer, its head included."""

_PIECE = 16_384
_TITLE_END = b"</title"
_HEADERS = {
    "User-Agent": "link-check",
    "Accept": "text/html, */*;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


class NotSecureError(Exception):
    """A site's certificate is not good for its name, or there is no encryption to agree on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answered; the body only of an HTML page, perhaps not all of it."""

    status: int
    location: str
    charset: str
    body: bytes


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """Open a connection to an address, never to a name."""
    return socket.create_connection((address, port), seconds)


@lru_cache(maxsize=1)
def public_authorities() -> ssl.SSLContext:
    """Return what decides whose certificate is good; made when somebody first looks."""
    return ssl.create_default_context(cafile=certifi.where())


def ask(
    plain: socket.socket, place: Place, tls: Callable[[], ssl.SSLContext], end: float
) -> Answer:
    """Send a request over a connection, which is closed then.

    Raises NotSecureError, OSError (TimeoutError once `time.monotonic` passes `end`), HTTPException.
    """
    with _secured(plain, place, tls, end) as secured:
        connection = HTTPConnection(place.host, place.port)
        connection.sock = cast("socket.socket", _Bounded(secured, end))
        connection.request("GET", place.target, headers=_HEADERS | {"Host": place.authority})
        with connection.getresponse() as response:
            return _read(response)


def _secured(
    plain: socket.socket, place: Place, tls: Callable[[], ssl.SSLContext], end: float
) -> socket.socket:
    if place.scheme == "http":
        return plain
    with plain:  # it is empty once it is wrapped
        plain.settimeout(_left(end))
        try:
            return tls().wrap_socket(plain, server_hostname=place.host)
        except ssl.SSLEOFError as error:
            raise ConnectionResetError from error
        except ssl.SSLError as error:
            raise NotSecureError from error


def _read(response: HTTPResponse) -> Answer:
    kind = response.headers.get_content_type()
    is_page = kind in ("text/html", "application/xhtml+xml")
    is_coded = response.headers.get("Content-Encoding", "identity").lower() != "identity"
    wanted = response.status < 300 and is_page and not is_coded
    return Answer(
        response.status,
        _decoded(response.headers.get("Location", "")),
        response.headers.get_content_charset("utf-8"),
        _head_of(response) if wanted else b"",
    )


def _head_of(response: HTTPResponse) -> bytes:
    """Return a page up to its title, or what there is of it: that the site answers is known."""
    body = bytearray()
    try:
        while piece := response.read1(_PIECE):
            body += piece
            if _TITLE_END in body[-len(piece) - len(_TITLE_END) :].lower():
                break
    except (OSError, HTTPException):
        pass
    return bytes(body)


def _decoded(header: str) -> str:
    """Return a header in the letters that sites mean: http.client takes its octets for Latin-1."""
    return header.encode("latin-1", "replace").decode("utf-8", "replace")


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Bounded:
    """A connection as http.client uses it: each step has only the time that is left.

    A socket's own timeout begins anew with every octet.
    """

    def __init__(self, connection: socket.socket, end: float) -> None:
        self._connection, self._end = connection, end

    def sendall(self, data: bytes) -> None:
        """Send all of it."""
        self._connection.settimeout(_left(self._end))
        self._connection.sendall(data)

    def makefile(self, *_: object) -> io.BufferedReader:
        """Return what is read from."""
        return io.BufferedReader(_Incoming(self._connection, self._end))

    def close(self) -> None:
        """Leave it open: http.client closes before the body is read, as sockets allow."""


class _Incoming(io.RawIOBase):
    """What comes over a connection: after `MOST` octets nothing more."""

    def __init__(self, connection: socket.socket, end: float) -> None:
        self._connection, self._end, self._room = connection, end, MOST

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what there is."""
        with memoryview(buffer) as view:
            room = min(len(view), self._room)
            if not room:
                return 0
            self._connection.settimeout(_left(self._end))
            got = self._connection.recv_into(view, room)
        self._room -= got
        return got
