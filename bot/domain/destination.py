"""Where a link leads: what the network said of it, and who stands behind the site."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlsplit

from bot.domain.content import Content, Part
from bot.domain.links import links


class Condition(StrEnum):
    """What is known of a link: `DEAD` only where its readers would surely find nothing."""

    ANSWERS = "answers"
    DEAD = "dead"
    UNKNOWN = "unknown"


class Trust(StrEnum):
    """Who stands behind a site, told from the end of its host's name."""

    OWN = "own"
    GOVERNMENT = "government"
    EDUCATION = "education"
    HEALTH = "health"
    LISTED = "listed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link led when somebody looked; `host` is the last one that was reached or named."""

    condition: Condition
    host: str = ""
    title: str = ""
    why: str = ""
    """What is wrong with it, as the end of a sentence that begins with the link."""
    address: str = field(default="", repr=False, compare=False)
    """The last address that was asked or named: it is judged, and kept nowhere."""


@dataclass(frozen=True, slots=True)
class LinkCard:
    """One link as the card shows it; None for its destination while nobody has looked."""

    url: str
    destination: Destination | None
    trust: Trust


@dataclass(frozen=True, slots=True)
class Led:
    """What the network says of a link, as rules ask: is it dead, and what its end breaks."""

    dead: bool = False
    breaks: tuple[str, ...] = ()
    """The rules that the address breaks to which it leads."""


MOST = 30
"""The most links of a draft that are looked at, and the most sources: others do not hold it up."""


def urls(content: Content) -> tuple[str, ...]:
    """Return every link of a content once, as written: those of its parts, then its sources."""
    return tuple(dict.fromkeys((*public_urls(content.parts), *content.sources[:MOST])))


def public_urls(parts: Iterable[Part]) -> tuple[str, ...]:
    """Return what X would make links of, once, as written: with or without a scheme."""
    return tuple(dict.fromkeys(link.url for part in parts for link in links(part.text)))[:MOST]


def address(url: str) -> str:
    """Return where X sends readers of a link: without a scheme it is http."""
    return url if "://" in url else f"http://{url}"


def host_in(url: str) -> str:
    """Return the host that a link names, "" where none can be read."""
    try:
        return urlsplit(address(url)).hostname or ""
    except ValueError:
        return ""


def site_of(url: str) -> str:
    """Return the host that a link names without a `www.`, which few people would tell apart."""
    return host_in(url).removeprefix("www.")


TITLE, WHY = 100, 100
"""The most characters that are kept of what a page calls itself, and of why a link is no good."""


def bounded(destination: Destination) -> Destination:
    """Return it with a title on one short line that has no character which nobody sees."""
    seen = (letter for letter in destination.title if letter.isprintable() or letter.isspace())
    title = " ".join("".join(seen).split())
    return replace(destination, title=title[:TITLE], why=destination.why[:WHY])
