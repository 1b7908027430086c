"""Calls that surely never reached X, and those of which nobody can say that."""

import shutil
import socket
import ssl
import subprocess
from pathlib import Path

import pytest
import requests
from urllib3 import HTTPSConnectionPool
from urllib3.exceptions import MaxRetryError, ProtocolError
from urllib3.exceptions import SSLError as TransportSSLError

from bot.domain.publication import NotLive, Outcome, Reason, Unknown
from bot.errors import AccountError
from bot.ports import Outgoing
from bot.x.outcomes import NOT_REACHED, NOT_TRUSTED, not_sent
from bot.x.publisher import NOT_BEGUN, XPublisher
from tests.x.conftest import TEXT, At
from tests.x.servers import bare, saying

REACHED_NOBODY = NotLive(Reason.REFUSED, NOT_REACHED, retry=True)


def post(publisher: XPublisher) -> Outcome:
    late: list[Outcome] = []
    outcome = publisher.post(Outgoing(TEXT, None), late.append)
    assert late == []
    return outcome


def test_a_refused_connection_was_not_sent(at: At) -> None:
    with socket.create_server(("127.0.0.1", 0)) as once:
        port = once.getsockname()[1]
    assert post(at(f"http://127.0.0.1:{port}")) == REACHED_NOBODY


def test_a_name_that_nobody_knows_was_not_sent(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert post(at("http://x.invalid")) == REACHED_NOBODY


def test_a_connection_that_is_never_accepted_was_not_sent(at: At) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):  # the only place in the queue
            outcome = post(at(f"http://127.0.0.1:{port}", connect_s=0.2))
    assert outcome == REACHED_NOBODY


@pytest.fixture
def own_certificate(tmp_path: Path) -> ssl.SSLContext:
    """A server's side of TLS with a certificate that nobody vouches for."""
    if not (openssl := shutil.which("openssl")):
        pytest.skip("there is no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    wanted = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1"
    command = [openssl, *wanted.split(), "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def test_nothing_is_sent_to_a_server_with_a_wrong_certificate(
    at: At, own_certificate: ssl.SSLContext
) -> None:
    with bare(saying(b""), own_certificate) as server:
        outcome = post(at(f"https://{server.host}"))
    assert outcome == NotLive(Reason.REFUSED, NOT_TRUSTED, retry=True)
    assert server.calls == []


def test_a_broken_handshake_leaves_a_doubt(at: At) -> None:
    with bare(saying(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as server:
        assert isinstance(post(at(f"https://{server.host}")), Unknown)


def in_tls(reason: ssl.SSLError) -> requests.ConnectionError:
    """Return an error as requests wraps it."""
    pool = HTTPSConnectionPool("127.0.0.1")
    return requests.exceptions.SSLError(MaxRetryError(pool, "/", TransportSSLError(reason)))


def test_of_the_errors_of_tls_only_the_certificate_is_sure() -> None:
    assert not_sent(in_tls(ssl.SSLCertVerificationError(1, "self-signed"))) == NOT_TRUSTED
    assert not_sent(in_tls(ssl.SSLEOFError(8, "EOF in violation of protocol"))) is None
    assert not_sent(in_tls(ssl.SSLError(1, "wrong version number"))) is None


def test_a_connection_that_broke_may_have_carried_it() -> None:
    assert not_sent(requests.ConnectionError(ProtocolError("Connection aborted."))) is None
    assert not_sent(requests.ConnectionError()) is None
    assert not_sent(requests.ReadTimeout()) is None


def test_where_no_thread_can_start_nothing_was_sent(
    at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", full)
    publisher = at("http://127.0.0.1:9")
    assert post(publisher) == NotLive(Reason.REFUSED, NOT_BEGUN, retry=True)
    with pytest.raises(AccountError):
        publisher.identity()
