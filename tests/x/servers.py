"""Bare servers on loopback, for what a web server would not do."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Talk = Callable[[socket.socket], None]


class Bare:
    """A server that talks to each connection as it was told; `calls` has each one's request."""

    def __init__(self, talk: Talk, tls: ssl.SSLContext | None) -> None:
        self.calls: list[bytes] = []
        self.ended = threading.Event()
        self._talk, self._tls = talk, tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._serve)]

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._listening.getsockname()[1]}"

    def start(self) -> None:
        self._threads[0].start()

    def stop(self) -> None:
        """End every thread."""
        self.ended.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self._threads.append(threading.Thread(target=self._meet, args=(connection,)))
            self._threads[-1].start()

    def _meet(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        try:
            with self._secured(connection) as secured:
                self.calls.append(_request(secured))
                self._talk(secured)
        except OSError:
            connection.close()

    def _secured(self, connection: socket.socket) -> socket.socket:
        return self._tls.wrap_socket(connection, server_side=True) if self._tls else connection


def _request(connection: socket.socket) -> bytes:
    """Read a request to its end; what is no HTTP is taken as it comes."""
    read = connection.recv(65536)
    while read[:1].isalpha() and not _is_whole(read) and (more := connection.recv(65536)):
        read += more
    return read


def _is_whole(request: bytes) -> bool:
    head, end, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *([0-9]+)", head)
    return bool(end) and len(body) >= (int(length[1]) if length else 0)


@contextmanager
def bare(talk: Talk, tls: ssl.SSLContext | None = None) -> Iterator[Bare]:
    """Run a bare server."""
    server = Bare(talk, tls)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def saying(answer: bytes) -> Talk:
    """Answer these bytes to everybody."""
    return lambda connection: connection.sendall(answer)


def json_answer(body: bytes, status: str = "201 Created") -> bytes:
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body
