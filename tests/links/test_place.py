"""An address by its form: no spelling of a number, a private name or a trick is looked up."""

import socket
from ipaddress import ip_address

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.links.place import (
    FOREIGN_LETTERS,
    HIDDEN_NAME,
    NO_PUBLIC_NAME,
    OTHER_PORT,
    OTHER_SCHEME,
    UNREADABLE,
    Place,
    UnfitError,
    read,
)

HOSTILE = [
    "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1.",
    "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "cdc.gov@evil.example", "0", "0x7f.1", "127.0x1",
    "1.2.3", "00000177.0.0.1", "0x7F.0X0.0.1", "①②⑦.0.0.1", "127。0。0。1", "8.8.8.8", "[2606::1]",
    "[fe80::1%25eth0]", "intranet", "printer.local", "db.internal", "metadata.google.internal",
    "1.0.0.127.in-addr.arpa", "router.home.arpa", "LOCALHOST", "a.localhost", "-a.example",
    "a..b.example", "a.b-", "%31%32%37.0.0.1", "evil.example\\.cdc.gov",
    "cdc.gov\t.evil.example", "", ".", "..",
    "cdc.gov\n", "a b.example", "xn--cd-ewa.gov.example", "cd\u0441.gov", "user:secret@cdc.gov",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", HOSTILE)
def test_a_hostile_host_is_refused(host: str, scheme: str) -> None:
    with pytest.raises(UnfitError):
        read(f"{scheme}://{host}/latest/meta-data")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://cdc.gov/a", OTHER_SCHEME),
        ("file:///etc/passwd", OTHER_SCHEME),
        ("gopher://cdc.gov:80/_x", OTHER_SCHEME),
        ("javascript:alert(1)", OTHER_SCHEME),
        ("//cdc.gov", OTHER_SCHEME),
        ("https://cdc.gov:8443/", OTHER_PORT),
        ("http://cdc.gov:22/", OTHER_PORT),
        ("http://cdc.gov:99999/", OTHER_PORT),
        ("http://cdc.gov:x/", OTHER_PORT),
        ("https://me@cdc.gov/", HIDDEN_NAME),
        ("https://cdc.gov@127.0.0.1/", HIDDEN_NAME),
        ("https://127.0.0.1/", NO_PUBLIC_NAME),
        ("https://bücher.example/", FOREIGN_LETTERS),
        ("https://[::1/", UNREADABLE),
        (f"https://cdc.gov/{'a' * 5_000}", UNREADABLE),
        (f"https://{'a' * 64}.example/", NO_PUBLIC_NAME),
        (f"https://{'a.' * 130}example/", NO_PUBLIC_NAME),
    ],
)
def test_it_is_said_why_nobody_looks(url: str, why: str) -> None:
    with pytest.raises(UnfitError) as caught:
        read(url)
    assert str(caught.value) == why


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://www.cdc.gov/flu?a=1#top", Place("https", "www.cdc.gov", 443, "/flu?a=1")),
        ("HTTP://WWW.NHS.UK", Place("http", "www.nhs.uk", 80, "/")),
        (
            "https://cdc.gov.:443/ä b".replace(" ", "%20"),
            Place("https", "cdc.gov", 443, "/%C3%A4%20b"),
        ),
        ("http://cdc.gov:443?q", Place("http", "cdc.gov", 443, "/?q")),
        ("https://my_page.example/a[1]", Place("https", "my_page.example", 443, "/a%5B1%5D")),
    ],
)
def test_an_ordinary_address_is_read(url: str, place: Place) -> None:
    assert read(url) == place


PIECES = st.one_of(
    st.sampled_from(
        ["127", "0x7f", "0177", "1", "0", "::1", "ffff", "[", "]", "@", ":", "%", "\\", "/", "#",
         "localhost", "cdc", "gov", "com", "。", "\uff0e", "①",
         "xn--", "-", "_", " ", "\t", "0x", "e1"]
    ),
    st.text(max_size=3),
    st.ip_addresses().map(str),
    st.integers(0, 1 << 33).map(str),
    st.integers(0, 1 << 33).map(hex),
    st.integers(0, 1 << 33).map(oct),
)  # fmt: skip
HOSTS = st.one_of(
    st.lists(PIECES, max_size=6).map(".".join),
    st.lists(PIECES, max_size=6).map("".join),
)


def numeric(host: str) -> list[str]:
    """Return what the system takes a host for without asking anybody."""
    try:
        found = socket.getaddrinfo(host, 80, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError, ValueError):
        return []
    return [str(info[4][0]) for info in found]


@given(HOSTS, st.sampled_from(["http", "https"]))
@example("0x7f.0.0.1", "http")
@example("127.0.0.1.", "http")
def test_no_host_that_somebody_could_read_as_an_address_gets_through(
    host: str, scheme: str
) -> None:
    try:
        place = read(f"{scheme}://{host}/")
    except UnfitError:
        return
    assert numeric(place.host) == []
    for spelled in (place.host, place.host.strip("[]")):
        with pytest.raises(ValueError, match="does not appear"):
            ip_address(spelled)
        with pytest.raises(OSError, match="illegal"):
            socket.inet_aton(spelled)
    assert place.port in (80, 443)
    assert not set(place.host) & set("@:%[]\\/ ")
    assert place.host.rpartition(".")[2].isalpha()


@given(st.text(max_size=60))
def test_whatever_is_read_can_be_sent_in_one_line(path: str) -> None:
    assume(not set(path) & set("#"))
    try:
        place = read(f"https://cdc.gov/{path}")
    except UnfitError:
        return
    assert place.target.isascii()
    assert place.target.isprintable()
    assert " " not in place.target
