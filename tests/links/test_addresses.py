"""No address that is not of the public internet gets through, however it is written."""

from ipaddress import (
    IPv4Address,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.links.addresses import is_public

HOSTILE = [
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fd00::1",
    "fe80::1",
    "fec0::1",
    "ff0e::1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:0:7f00:1::1",
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "172.31.255.255",
    "192.0.0.1",
    "192.88.99.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "239.255.255.250",
    "fd00:ec2::254",
    "::ffff:0:7f00:1",
    "2001:db8::1",
    "3fff::1",
    "100::1",
    "2001:2::1",
    "2001:20::1",
    "fe80::1%eth0",
    "2606:4700::1111%1",
    "::ffff:8.8.8.8",
    "4000::1",
    "5f00::1",
    "e000::1",
    "[::1]",
]
FINE = ["8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"]
NO_ADDRESSES = [
    "",
    "localhost",
    "127.1",
    "0x7f000001",
    "2130706433",
    "0177.0.0.1",
    "8.8.8",
    "8.8.8.8 ",
]

CARRIERS = [ip_network(one) for one in ("2002::/16", "2001::/32", "64:ff9b::/96", "::ffff:0:0/96")]
"""What carries another address inside: it is refused whatever that is."""

WHEREVER = st.one_of(
    st.ip_addresses(v=4),
    st.ip_addresses(v=6),
    st.builds(
        lambda network, last: network[last % min(network.num_addresses, 1 << 40)],
        st.sampled_from(CARRIERS),
        st.integers(0, 1 << 40),
    ),
)


@pytest.mark.parametrize("address", HOSTILE)
def test_a_hostile_address_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", FINE)
def test_a_public_address_is_fine(address: str) -> None:
    assert is_public(address)


@given(WHEREVER)
@example(ip_address("224.0.0.1"))
@example(ip_address("ff0e::1"))
def test_what_is_public_is_global_unicast_and_carries_no_other_address(
    address: IPv4Address | IPv6Address,
) -> None:
    if not is_public(str(address)):
        return
    assert address.is_global
    kinds = ("multicast", "reserved", "private", "loopback", "link_local", "unspecified")
    assert [kind for kind in kinds if getattr(address, f"is_{kind}")] == []
    if isinstance(address, IPv6Address):
        assert address in IPv6Network("2000::/3")
        assert (address.ipv4_mapped, address.sixtofour, address.teredo) == (None, None, None)


@given(st.text(max_size=50))
def test_no_text_is_an_address_that_ipaddress_does_not_read(text: str) -> None:
    if is_public(text):
        assert str(ip_address(text)) != ""
