"""An address by its form: what is no name of the public internet is not even looked up."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

_LONGEST = 4_096
_PORTS = {"http": 80, "https": 443}
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_HOST = re.compile(rf"(?:{_LABEL}\.)+[a-z]{{2,63}}")
"""A dotted name in plain letters that ends in letters: no spelling of a number passes."""

_LONGEST_HOST = 253
_PRIVATE = (
    "local", "internal", "localhost", "localdomain", "lan", "intranet", "corp", "home", "private",
    "onion", "test", "invalid", "arpa",
)  # fmt: skip
"""Names that lead nowhere for the public, whatever a resolver says."""

_KEPT = "/?:@!$&'()*+,;=-._~%"
"""What stays as it is in path and query; everything else is written as octets."""


class UnfitError(Exception):
    """Nobody looks there; the text says why, as the end of a sentence about the link."""


UNREADABLE = "is not an address that I can read"
OTHER_SCHEME = "is neither http nor https"
OTHER_PORT = "names a port of its own"
HIDDEN_NAME = "hides a user name"
NO_PUBLIC_NAME = "names no public site, so I did not look"
FOREIGN_LETTERS = "has letters in its name that may deceive, so I did not look"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes: `target` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as a request names them."""
        return self.host if self.port == _PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The address, for what another one is relative to."""
        return f"{self.scheme}://{self.authority}{self.target}"


def read(url: str) -> Place:
    """Return where an address leads; UnfitError where no public site can be meant."""
    parts = _split(url)
    if parts.scheme not in _PORTS:
        raise UnfitError(OTHER_SCHEME)
    if "@" in parts.netloc:
        raise UnfitError(HIDDEN_NAME)
    port = _port(parts)
    query = f"?{parts.query}" if parts.query else ""
    target = quote((parts.path or "/") + query, safe=_KEPT)
    return Place(parts.scheme, _host(parts), port, target)


def _split(url: str) -> SplitResult:
    # urlsplit would leave out tabs and line ends silently: a host may be spelled with them
    if len(url) > _LONGEST or not url.isprintable() or "\\" in url or " " in url:
        raise UnfitError(UNREADABLE)
    try:
        return urlsplit(url)
    except ValueError:
        raise UnfitError(UNREADABLE) from None


def _port(parts: SplitResult) -> int:
    try:
        port = parts.port
    except ValueError:
        raise UnfitError(OTHER_PORT) from None
    if port is not None and port not in _PORTS.values():
        raise UnfitError(OTHER_PORT)
    return port or _PORTS[parts.scheme]


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removesuffix(".")
    labels = host.split(".")
    if not host.isascii() or any(label.startswith("xn--") for label in labels):
        raise UnfitError(FOREIGN_LETTERS)
    if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host) or labels[-1] in _PRIVATE:
        raise UnfitError(NO_PUBLIC_NAME)
    return host
