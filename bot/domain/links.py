"""The links of a tweet: what X would turn into t.co addresses, by the rules of twitter-text 3."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.hosts import INVALID, LATIN_ACCENTS, RUN, encoded_length, latin_hosts, reaches

_MAX_URL = 4096  # with a scheme, the host in Punycode
_MAX_SLUG = 40  # of a t.co address
_SCHEME_LENGTH = len("https://")

# Anything but a letter, digit or one of @ $ # may come before a link.
_BEFORE = rf"(?<![0-9A-Za-z@\uff20$#\uff03{INVALID}])"
_FIRST = re.compile(rf"{_BEFORE}[^-_]")
_SCHEME = re.compile(rf"{_BEFORE}[Hh][Tt][Tt][Pp][Ss]?://")
_BARE_NEVER_AFTER = "-_./"

_PORT = re.compile(r":[0-9]++")
_ENDING = rf"0-9A-Za-z\u0400-\u04ff{LATIN_ACCENTS}+=_#/\-"
_INNER = r"!*';:,.$%\[\]\u2013~@|&"
_ANY = f"[{_ENDING}{_INNER}]"
_PATH_PIECE = re.compile(
    rf"(?P<ending>[{_ENDING}]++)|[{_INNER}]++"
    # one pair of brackets, and perhaps one more pair inside
    rf"|(?P<brackets>\((?:{_ANY}++(?:\({_ANY}++\){_ANY}*+)?+|\({_ANY}++\){_ANY}*+)\))"
)
_QUERY = re.compile(r"\?[0-9A-Za-z!?*'@();:&=+$/%#\[\]_.,~|-]*+")
_NOT_LAST_IN_QUERY = "!?*'@();:+$%[].,~|"
_TCO = re.compile(r"https?://t\.co/([a-z0-9]++)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link at `text[start:end]`, as written: with or without a scheme."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class _Address:
    """What looks like an address: from its scheme or host to the end of path and query."""

    start: int
    host: int
    host_end: int
    end: int


def links(text: str) -> tuple[Link, ...]:
    """Return what X would link, bare domains included, from left to right; linear in the text."""
    if "." not in text:
        return ()
    return tuple(link for address in _addresses(text) for link in _linked(text, address))


def _addresses(text: str) -> Iterator[_Address]:
    """Yield what looks like an address, each search going on where the last address ended."""
    at = 0
    for run in RUN.finditer(text):
        for reach in reaches(text, *run.span()):
            host = run.start()
            start = _scheme_start(text, host, at) if reach.first == host else -1
            if start < 0:
                start = host = _host_start(text, reach.first, reach.before, at)
            if start >= 0:
                at = _tail_end(text, reach.end)
                yield _Address(start, host, reach.end, at)


def _scheme_start(text: str, host: int, at: int) -> int:
    """Return where the scheme before `host` begins, -1 where there is none or it is used up."""
    if text[host] in "-_":
        return -1
    for start in (host - _SCHEME_LENGTH, host - _SCHEME_LENGTH + 1):
        if (start > at or start == 0) and _SCHEME.fullmatch(text, start, host):
            return start
    return -1


def _host_start(text: str, first: int, before: int, at: int) -> int:
    """Return where a host begins in `text[first:before]`, leaving one character after `at`."""
    found = _FIRST.search(text, max(first, at + 1 if at else 0), before)
    if not found:
        return -1
    if found.start() == 0 and _FIRST.match(text, 1, before):
        return 1  # the expression X uses tries the place after the text's first character first
    return found.start()


def _tail_end(text: str, end: int) -> int:
    """Return the end of the port, path and query that follow a host."""
    if port := _PORT.match(text, end):
        end = port.end()
    end = _path_end(text, end)
    if query := _QUERY.match(text, end):
        end += len(query.group().rstrip(_NOT_LAST_IN_QUERY))
    return end


def _path_end(text: str, start: int) -> int:
    """Return where the path ends that begins at `start`, or `start` for none.

    Punctuation belongs to it only where a letter or the like follows, brackets also where they
    stand directly behind one.
    """
    if not text.startswith("/", start):
        return start
    at = end = start
    while piece := _PATH_PIECE.match(text, at):
        if piece["ending"] or (piece["brackets"] and end == at):
            end = piece.end()
        at = piece.end()
    return end


def _linked(text: str, address: _Address) -> Iterator[Link]:
    """Yield what X links of an address: nothing, all of it, or its Latin part without a scheme."""
    if not _fits(text, address):
        return
    if address.start < address.host:
        yield from _with_scheme(text, address)
    elif address.start == 0 or text[address.start - 1] not in _BARE_NEVER_AFTER:
        yield from _without_scheme(text, address)


def _fits(text: str, address: _Address) -> bool:
    """Whether DNS could know the host, and the address is not too long."""
    host = encoded_length(text[address.host : address.host_end])
    scheme = address.host - address.start or _SCHEME_LENGTH
    return 0 < host <= _MAX_URL - scheme - (address.end - address.host_end)


def _with_scheme(text: str, address: _Address) -> Iterator[Link]:
    """Yield the whole address; of a t.co address the slug and the query behind it only."""
    end = address.end
    if short := _TCO.match(text, address.start, end):
        if len(short.group(1)) > _MAX_SLUG:
            return
        end = short.end()
        if query := _QUERY.match(text, end, address.end):
            end += len(query.group().rstrip(_NOT_LAST_IN_QUERY))
    yield Link(address.start, end, text[address.start : end])


def _without_scheme(text: str, address: _Address) -> Iterator[Link]:
    """Yield the Latin hosts; only a path makes what follows the last one part of it."""
    hosts = latin_hosts(text, address.host, address.host_end)
    port = _PORT.match(text, address.host_end)
    if hosts and text.startswith("/", port.end() if port else address.host_end):
        hosts[-1] = (hosts[-1][0], address.end)
    yield from (Link(start, end, text[start:end]) for start, end in hosts)
