"""Which addresses the public internet is behind: everything else is never connected to.

`ipaddress.is_global` alone is not enough: it calls multicast, site-local, NAT64 and (before
Python 3.11.10) more of them global. Whatever carries another address inside is refused as well.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_UNICAST = ip_network("2000::/3")
"""All of IPv6 that is given out; mapped, NAT64, site-local and multicast are outside."""

_DENIED_6 = tuple(
    map(
        ip_network,
        (
            "2001::/23",  # Teredo, ORCHID, benchmarking
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4
            "3fff::/20",  # documentation
        ),
    )
)
_DENIED_4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",  # behind a carrier's NAT
            "127.0.0.0/8",
            "169.254.0.0/16",  # link-local: metadata of clouds
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15",  # benchmarking
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",
        ),
    )
)


def is_public(address: str) -> bool:
    """Whether an address, as a resolver returns it, belongs to the public internet."""
    try:
        known = ip_address(address)
    except ValueError:
        return False
    if isinstance(known, IPv6Address):
        return _is_public_6(known)
    return _is_public_4(known)


def _is_public_4(address: IPv4Address) -> bool:
    return address.is_global and not any(address in network for network in _DENIED_4)


def _is_public_6(address: IPv6Address) -> bool:
    given_out = address in _UNICAST and address.scope_id is None
    return given_out and address.is_global and not any(address in one for one in _DENIED_6)
