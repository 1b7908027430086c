"""Which parts of a tweet X takes for links (rules: twitter-text v3, as of its published config)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.x.domains import LATIN, RUN, Run, fits_dns, latin_domains, may_start

_PLAIN = rf"[{LATIN}\u0400-\u04ff!*';:=+,.$/%#\[\]\u2013_~@|&-]"
_PARENS = rf"\((?:{_PLAIN}+|{_PLAIN}*\({_PLAIN}+\){_PLAIN}*)\)"
_PATH = re.compile(rf"/(?:{_PLAIN}|{_PARENS})*", re.IGNORECASE)
_PATH_END = re.compile(rf"[{LATIN}\u0400-\u04ff+=_#/)-]", re.IGNORECASE)
_PORT = re.compile(r":[0-9]+")
_QUERY = re.compile(r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9_&=#/-]", re.IGNORECASE)
_SHORT = re.compile(r"/([a-z0-9]+)", re.IGNORECASE)
_NEVER_BEFORE_BARE = "-_./"
LONGEST_URL = 4096
_LONGEST_SLUG = 40


@dataclass(frozen=True, slots=True)
class Span:
    """Where a link stands in a text, in code points; `bare` if it has no scheme."""

    start: int
    end: int
    bare: bool


def find(text: str) -> list[Span]:
    """Answer the links of a text in their order; time is linear in its length."""
    spans: list[Span] = []
    at = 0
    while (run := RUN.search(text, at)) is not None:
        at = run.end()
        for domain in Run(text, *run.span()).domains():
            end = _tail(text, domain[1])
            at = max(at, end)
            if fits_dns(text[slice(*domain)]):
                spans += _links(text, domain, end)
    return spans


def _links(text: str, domain: tuple[int, int], end: int) -> Iterator[Span]:
    scheme = _scheme_start(text, domain[0])
    if scheme is None:
        yield from _bare(text, domain, end)
    elif may_start(text, scheme):
        yield from _with_scheme(text, scheme, domain, end)


def _scheme_start(text: str, host: int) -> int | None:
    before = text[max(0, host - 8) : host].lower()
    for scheme in ("https://", "http://"):
        if before.endswith(scheme):
            return host - len(scheme)
    return None


def _with_scheme(text: str, start: int, domain: tuple[int, int], end: int) -> Iterator[Span]:
    if text[slice(*domain)].lower() == "t.co" and (slug := _SHORT.match(text, domain[1])):
        if len(slug[1]) > _LONGEST_SLUG:
            return
        end = _query(text, slug.end())
    if end - start <= LONGEST_URL:
        yield Span(start, end, bare=False)


def _bare(text: str, domain: tuple[int, int], end: int) -> Iterator[Span]:
    if domain[0] and text[domain[0] - 1] in _NEVER_BEFORE_BARE:
        return
    for start, stop in latin_domains(text, *domain):
        with_tail = stop == domain[1] and "/" in text[stop:end].partition("?")[0]
        last = end if with_tail else stop  # a port or a query alone does not belong to a bare link
        if len("https://") + last - start <= LONGEST_URL:
            yield Span(start, last, bare=True)


def _tail(text: str, at: int) -> int:
    """Answer where port, path and query end that follow a domain."""
    if (port := _PORT.match(text, at)) is not None:
        at = port.end()
    if (path := _PATH.match(text, at)) is not None:
        end = path.end()
        while end > at + 1 and not _PATH_END.match(text, end - 1):
            end -= 1
        at = end
    return _query(text, at)


def _query(text: str, at: int) -> int:
    query = _QUERY.match(text, at)
    return query.end() if query else at
