"""The client against servers on loopback: what it says of a link, and whom it never reaches.

Names are resolved by a table to public addresses, and whoever connects to one of those is led to
the test's own server: nothing in the client itself gives way for a test.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.domain.destination import Condition, Destination
from bot.links import client as of_client
from bot.links.client import HOPS, Client
from bot.links.resolving import NoSuchNameError
from bot.links.wire import MOST
from tests.links.test_addresses import HOSTILE
from tests.links.test_place import HOSTILE as HOSTILE_HOSTS
from tests.x.servers import Bare, bare, saying

PUBLIC, OTHER = "8.8.8.8", "2606:4700::1111"
SITE = "http://site.example"


@dataclass(slots=True)
class Net:
    """Names and addresses as a test needs them; `reached` has every connection that was opened."""

    server: Bare | None = None
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    reached: list[tuple[str, int]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context
    whole: float = 20.0

    def resolve(self, host: str, _port: int, _seconds: float) -> tuple[str, ...]:
        self.asked.append(host)
        return self.names.get(host, (PUBLIC,))

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.reached.append((address, port))
        if self.server is None or address in self.refused:
            raise ConnectionRefusedError
        host, _, own = self.server.host.partition(":")
        return socket.create_connection((host, int(own)), seconds)

    def look(self, url: str) -> Destination:
        return Client(self.resolve, self.connect, self.tls, self.whole).look(url)


def page(title: str = "Flu & you", status: str = "200 OK", more: str = "") -> bytes:
    body = f"<html><head><title>{title}</title></head></html>".encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{more}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def moved(to: str, status: int = 301) -> bytes:
    return f"HTTP/1.1 {status} Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.fixture
def net() -> Net:
    return Net()


@contextmanager
def serving(net: Net, answers: dict[str, bytes]) -> Iterator[Bare]:
    """Run a server that answers by host and path, or by host; to everybody else with a page."""
    servers: list[Bare] = []

    def talk(connection: socket.socket) -> None:
        request = servers[0].calls[-1].decode()
        host = request.partition("Host: ")[2].partition("\r\n")[0]
        path = request.split(" ")[1]
        connection.sendall(answers.get(host + path, answers.get(host, page())))

    with bare(talk) as server:
        servers.append(server)
        net.server = server
        yield server


# -- what a link is --


def test_a_site_that_answers_is_named_with_its_title(net: Net) -> None:
    with serving(net, {}):
        found = net.look("http://www.site.example/a?b=c")
    assert found == Destination(Condition.ANSWERS, "www.site.example", "Flu & you")


def test_nothing_of_ours_is_sent(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    cookie = page(more="Set-Cookie: a=b\r\n")
    with serving(net, {"site.example/": moved("/b"), "site.example/b": cookie}) as server:
        net.look(SITE)
        net.look(SITE)
    assert server.calls[1] == (
        b"GET /b HTTP/1.1\r\nUser-Agent: link-check\r\nAccept: text/html, */*;q=0.5\r\n"
        b"Accept-Encoding: identity\r\nConnection: close\r\nHost: site.example\r\n\r\n"
    )
    assert server.calls[3] == server.calls[1]


def test_a_shortened_link_is_followed_to_where_it_leads(net: Net) -> None:
    with serving(net, {"bit.ly": moved("http://www.nhs.uk/flu", 302)}):
        found = net.look("bit.ly/3abc")
    assert (found.host, found.title) == ("www.nhs.uk", "Flu & you")
    assert found.address == "http://www.nhs.uk/flu"
    assert "www.nhs.uk/flu" not in repr(found)  # what it says may be private
    assert net.asked == ["bit.ly", "www.nhs.uk"]


@pytest.mark.parametrize(
    "address", ["http://192.168.0.1/a", "https://a@b.example/", "http://gone.example/?token=8f2c"]
)
def test_where_nobody_looks_is_named_all_the_same(net: Net, address: str) -> None:
    with serving(net, {"site.example": moved(address), "gone.example": page(status="404 No")}):
        assert net.look(SITE).address == address


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_site_may_send_on_within_itself(net: Net, status: int) -> None:
    answers = {"site.example/": moved("/there?x=1", status), "site.example": page("There")}
    with serving(net, answers) as server:
        assert net.look(SITE).title == "There"
    assert server.calls[1].startswith(b"GET /there?x=1 ")


def test_who_sends_on_for_ever_is_left(net: Net) -> None:
    with serving(net, {"site.example": moved("/again")}):
        found = net.look(SITE)
    assert (found.condition, found.why) == (Condition.UNKNOWN, of_client.TOO_OFTEN)
    assert len(net.reached) == HOPS + 1


@pytest.mark.parametrize("status", [400, 404, 405, 410, 418, 451, 500, 502, 503])
def test_an_error_makes_a_link_dead(net: Net, status: int) -> None:
    with serving(net, {"site.example": page(status=f"{status} No")}):
        found = net.look(SITE)
    assert found == Destination(
        Condition.DEAD, "site.example", why=f"answers with an error ({status})"
    )


@pytest.mark.parametrize("status", [401, 403, 429, 304, 305, 999])
def test_who_does_not_answer_us_may_answer_others(net: Net, status: int) -> None:
    with serving(net, {"site.example": page(status=f"{status} No")}):
        assert net.look(SITE).condition is Condition.UNKNOWN


def test_a_name_that_does_not_exist_is_dead(net: Net) -> None:
    def nowhere(*_: object) -> tuple[str, ...]:
        raise NoSuchNameError

    found = Client(nowhere, net.connect).look("https://gone.example/a")
    assert found == Destination(Condition.DEAD, "gone.example", why=of_client.NO_NAME)


@pytest.mark.parametrize("error", [TimeoutError(), OSError("no route"), ValueError("label")])
def test_what_a_resolver_does_not_know_is_unknown(net: Net, error: Exception) -> None:
    def troubled(*_: object) -> tuple[str, ...]:
        raise error

    assert Client(troubled, net.connect).look(SITE).condition is Condition.UNKNOWN


def test_who_cannot_be_reached_from_here_is_unknown(net: Net) -> None:
    found = net.look(SITE)
    assert (found.condition, found.why) == (Condition.UNKNOWN, of_client.NOT_REACHED)


def test_another_address_of_the_host_is_tried(net: Net) -> None:
    net.names["site.example"] = (OTHER, PUBLIC)
    net.refused.add(OTHER)
    with serving(net, {}):
        assert net.look(SITE).condition is Condition.ANSWERS
    assert net.reached == [(OTHER, 80), (PUBLIC, 80)]


# -- whom it never reaches --


@pytest.mark.parametrize("address", [*HOSTILE, "127.1", "nonsense", ""])
@pytest.mark.parametrize("beside", [(), (PUBLIC,)])
def test_no_host_with_a_hostile_address_is_reached(
    net: Net, address: str, beside: tuple[str, ...]
) -> None:
    net.names["site.example"] = (*beside, address)
    found = net.look(SITE)
    assert (found.condition, found.why) == (Condition.UNKNOWN, of_client.PRIVATE)
    assert net.reached == []


@pytest.mark.parametrize("host", HOSTILE_HOSTS)
def test_no_hostile_host_is_even_looked_up(net: Net, host: str) -> None:
    assert net.look(f"http://{host}/latest/meta-data").condition is Condition.UNKNOWN
    assert (net.asked, net.reached) == ([], [])


@pytest.mark.parametrize(
    "to",
    [
        *(f"http://{host}/" for host in ("127.0.0.1", "[::1]", "169.254.169.254", "2130706433")),
        "//localhost/", "http://me@site.example/", "http://site.example:22/", "ftp://site.example/",
        "file:///etc/passwd", "http://inside.example/", "//[", "http://site.example\\@a.example/",
    ],
)  # fmt: skip
def test_each_hop_is_checked_anew(net: Net, to: str) -> None:
    net.names["inside.example"] = ("10.0.0.7",)
    with serving(net, {"site.example": moved(to)}) as server:
        assert net.look(SITE).condition is Condition.UNKNOWN
    assert len(server.calls) == len(net.reached) == 1


def test_a_name_is_asked_for_once_and_that_answer_is_connected_to(net: Net) -> None:
    """Rebinding: the second answer would be private, and nobody asks for it."""
    answers = [("127.0.0.1",), (PUBLIC,)]

    def rebinding(*_: object) -> tuple[str, ...]:
        return answers.pop()

    with serving(net, {}):
        assert Client(rebinding, net.connect).look(SITE).condition is Condition.ANSWERS
    assert (net.reached, answers) == ([(PUBLIC, 80)], [("127.0.0.1",)])


def test_the_real_resolver_and_the_real_connection_do_not_reach_loopback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def local(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]

    with bare(saying(page())) as server:
        monkeypatch.setattr(socket, "getaddrinfo", local)
        assert Client().look("http://localtest.example/").why == of_client.PRIVATE
        monkeypatch.undo()
    assert server.calls == []


# -- how long, and how much --


def test_an_endless_page_is_read_to_a_limit(net: Net) -> None:
    sent: list[int] = []

    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while sum(sent) < 100 * MOST:
            connection.sendall(b"x" * 65_536)
            sent.append(65_536)

    with bare(endless) as server:
        net.server = server
        assert net.look(SITE) == Destination(Condition.ANSWERS, "site.example")
    assert sum(sent) < 100 * MOST


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\nX: "])
def test_who_drips_is_left_when_the_time_is_over(net: Net, first: bytes) -> None:
    ended = threading.Event()

    def dripping(connection: socket.socket) -> None:
        connection.sendall(first)
        while not ended.wait(0.02):
            connection.sendall(b"x")

    net.whole = 0.3
    with bare(dripping) as server:
        net.server = server
        found = net.look(SITE)
        ended.set()
    assert (found.condition, found.why) == (Condition.UNKNOWN, of_client.NO_ANSWER)


def test_no_hop_begins_after_the_time(net: Net) -> None:
    def slow(connection: socket.socket) -> None:
        time.sleep(0.2)
        connection.sendall(moved("/on"))

    net.whole = 0.3
    with bare(slow) as server:
        net.server = server
        assert net.look(SITE).why == of_client.NO_ANSWER
    assert len(server.calls) <= 2


@pytest.mark.parametrize(
    "said",
    [
        b"", b"\x00\xff\x00", b"HTTP/1.1 abc\r\n\r\n", b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 9_000,
    ],
)  # fmt: skip
def test_what_is_no_answer_is_unknown(net: Net, said: bytes) -> None:
    with bare(saying(said)) as server:
        net.server = server
        assert net.look(SITE).condition is Condition.UNKNOWN


@pytest.mark.parametrize(
    "body",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n<title>a</title>",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\ncut",
        b"HTTP/1.1 204 No Content\r\n\r\n",
    ],
)
def test_what_is_no_readable_page_still_answers(net: Net, body: bytes) -> None:
    with bare(saying(body)) as server:
        net.server = server
        assert net.look(SITE) == Destination(Condition.ANSWERS, "site.example")


# -- encryption --


@dataclass(frozen=True, slots=True)
class Authority:
    """Somebody who certifies, and what a server of a name needs."""

    certificate: bytes
    folder: Path

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cadata=self.certificate.decode())

    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "cert.pem", self.folder / "key.pem")
        return context


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A certificate for site.example that signs itself."""
    folder = tmp_path_factory.mktemp("authority")
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "site.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("site.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    ).public_bytes(serialization.Encoding.PEM)
    plain = serialization.NoEncryption()
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "cert.pem").write_bytes(made)
    (folder / "key.pem").write_bytes(key.private_bytes(encoding, form, plain))
    return Authority(made, folder)


def test_an_encrypted_site_answers_where_its_certificate_is_good(
    net: Net, authority: Authority
) -> None:
    net.tls = authority.trusted
    with bare(saying(page()), authority.server()) as server:
        net.server = server
        assert net.look("https://site.example/").title == "Flu & you"
    assert net.reached == [(PUBLIC, 443)]
    assert b"Host: site.example\r\n" in server.calls[0]


@pytest.mark.parametrize("host", ["site.example", "other.example"])
def test_a_certificate_that_is_not_good_makes_a_link_dead(
    net: Net, authority: Authority, host: str
) -> None:
    net.tls = authority.trusted if host == "other.example" else ssl.create_default_context
    with bare(saying(page()), authority.server()) as server:
        net.server = server
        found = net.look(f"https://{host}/")
    assert found == Destination(Condition.DEAD, host, why=of_client.NOT_SECURE)
    assert server.calls == []


def test_our_own_authorities_do_not_trust_just_anybody(net: Net, authority: Authority) -> None:
    with bare(saying(page()), authority.server()) as server:
        net.server = server
        found = Client(net.resolve, net.connect).look("https://site.example/")
    assert found.condition is Condition.DEAD


def test_from_an_encrypted_site_nobody_follows_to_one_that_is_not(
    net: Net, authority: Authority
) -> None:
    net.tls = authority.trusted
    with bare(saying(moved("http://plain.example/")), authority.server()) as server:
        net.server = server
        assert net.look("https://site.example/").why == of_client.OPENED
    assert net.asked == ["site.example"]


def test_who_never_finishes_the_handshake_is_unknown(net: Net, authority: Authority) -> None:
    net.tls, net.whole = authority.trusted, 0.3
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        def connect(*_: object) -> socket.socket:
            return socket.create_connection(("127.0.0.1", port), 5)

        found = Client(net.resolve, connect, net.tls, net.whole).look("https://site.example/")
    assert (found.condition, found.why) == (Condition.UNKNOWN, of_client.NO_ANSWER)


def test_what_nobody_foresaw_ends_no_loop(net: Net, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object) -> tuple[str, ...]:
        raise ZeroDivisionError("https://site.example/secret")

    found = Client(broken, net.connect).look("https://site.example/secret")
    assert found.condition is Condition.UNKNOWN
    assert "ZeroDivisionError" in caplog.text
    assert "secret" not in caplog.text
