"""Health over HTTP: 200 when everything works that publishing needs, else 503 and what does not."""

import json
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Checks = Callable[[], Mapping[str, bool]]


class HealthServer:
    """Answers `GET /health` from a thread of its own."""

    def __init__(self, host: str, port: int, checks: Checks) -> None:
        self._server = ThreadingHTTPServer((host, port), _handler(checks), bind_and_activate=False)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True
        )

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Begin to answer; OSError where the port cannot be had."""
        self._server.server_bind()
        self._server.server_activate()
        self._thread.start()

    def stop(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(checks: Checks) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """One request."""

        def do_GET(self) -> None:
            """Answer /health; anything else is not found."""
            if self.path != "/health":
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            answer = dict(checks())
            healthy = all(answer.values())
            body = json.dumps({"healthy": healthy, **answer}).encode()
            self.send_response(HTTPStatus.OK if healthy else HTTPStatus.SERVICE_UNAVAILABLE)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay silent: a probe every few seconds is no news."""

    return Handler
