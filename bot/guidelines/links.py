"""Links: shorteners, who stands behind a host, what hides where it leads, and what is dead."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.domain.links import links
from bot.guidelines.addresses import Address, is_within
from bot.guidelines.check import Check, Kind, Params
from bot.guidelines.texts import Spans
from bot.guidelines.tweet import Seen

_PORTS = (None, 80, 443)
_PRIVATE = frozenset(("local", "internal", "localhost", "lan", "home.arpa"))
_NUMBERS = re.compile(r"[\d.]+|(?:0x[0-9a-f]+\.?)+", re.IGNORECASE)


def _has_link(seen: Seen, _: Params) -> Spans:
    return tuple(address.span for address in seen.addresses)


def _host_in(seen: Seen, params: Params) -> Spans:
    domains: frozenset[str] = params["lexicon"]
    return tuple(found.span for found in seen.addresses if is_within(found.host, domains))


def _host_not_trusted(seen: Seen, _: Params) -> Spans:
    return tuple(found.span for found in seen.addresses if not seen.trusts(found))


def _unsafe_form(seen: Seen, _: Params) -> Spans:
    return tuple(a.span for a in seen.addresses if a.has_scheme and _is_unsafe(a))


def _leads_nowhere(seen: Seen, _: Params) -> Spans:
    text, dead = seen.tweet.text, seen.tweet.dead
    if text in dead:
        return ((0, len(text)),)
    return tuple((link.start, link.end) for link in links(text) if link.url in dead)


def _is_unsafe(address: Address) -> bool:
    try:
        parts = urlsplit(address.url)
        known = parts.scheme in ("http", "https") and parts.port in _PORTS
    except ValueError:
        return True
    return not known or "@" in parts.netloc or _is_unsafe_host(address.host)


def _is_unsafe_host(host: str) -> bool:
    """Whether a host is a number in any spelling, a private name, or in letters that deceive."""
    if "." not in host or is_within(host, _PRIVATE) or _is_number(host):
        return True
    return not host.isascii() or any(label.startswith("xn--") for label in host.split("."))


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return bool(_NUMBERS.fullmatch(host))
    return True


CHECKS = {
    "has_link": Check(_has_link),
    "host_in": Check(_host_in, {"lexicon": Kind.LEXICON}, reads_links=True),
    "host_not_trusted": Check(_host_not_trusted, reads_links=True),
    "unsafe_form": Check(_unsafe_form, reads_links=True),
    "leads_nowhere": Check(_leads_nowhere, needs_network=True),
}
