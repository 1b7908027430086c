"""The addresses in a text, judged by their form alone: nothing is asked of the network."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.domain.links import links
from bot.guidelines.texts import Span

_WITH_SCHEME = re.compile(
    r"(?<![a-z0-9])(?:https?|ftp|file|javascript|data):/[^\s<>\"]+", re.IGNORECASE
)
_NOT_LAST = ".,;:!?)'\u2019\u201d"
_CUT_OFF = "\u2026"


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a text, with or without a scheme, and the host that it names ("": none)."""

    url: str
    host: str
    span: Span
    has_scheme: bool


def addresses(text: str) -> tuple[Address, ...]:
    """Return what X would link, and whatever else looks like an address, from left to right."""
    return tuple(sorted(_found(text), key=lambda address: address.span))


def _found(text: str) -> Iterator[Address]:
    taken: list[Span] = []
    for match in _WITH_SCHEME.finditer(text):
        taken.append(match.span())
        if _CUT_OFF not in match.group():  # cut off: it says nothing
            url = match.group().rstrip(_NOT_LAST)
            yield Address(url, host_of(url), match.span(), has_scheme=True)
    for link in links(text):
        if not any(start < link.end and link.start < end for start, end in taken):
            host = host_of(f"https://{link.url}")
            yield Address(link.url, host, (link.start, link.end), has_scheme=False)


def host_of(url: str) -> str:
    """Return the host of a URL in lower case, empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_within(host: str, domains: frozenset[str]) -> bool:
    """Whether a host is one of some domains or below one: www.cdc.gov is within cdc.gov.

    By dots, never by the registrable domain: nhs.uk and gov.au are public suffixes themselves,
    and nih.gov.evil.example is not within nih.gov.
    """
    labels = host.split(".")
    return any(".".join(labels[n:]) in domains for n in range(len(labels)))
