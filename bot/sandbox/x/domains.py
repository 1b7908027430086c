"""Where a host name with a known top-level domain stands in a text (rules: twitter-text v3)."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

_SPACES = r"\x09-\x0d\x20\x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NEVER = r"\ufffe\ufeff\uffff"
RUN = re.compile(rf"[^!'#%&()*+,/\\:;<=>?@\[\]^{{|}}~${_SPACES}{_DIRECTIONS}{_NEVER}]+")
"""Everything that a host name may consist of, with its dots, hyphens and underscores."""

LATIN = (
    r"a-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263"
    r"\u0268\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_LATIN_END = re.compile(rf"[{LATIN}-]+\Z", re.IGNORECASE)
_LONGEST_TLD = 24  # xn--vermgensberatung-pwb
_LONGEST_LABEL = 63  # as it goes over the wire, in Punycode
_JOINERS = "-_"
_NEVER_BEFORE = "@\uff20$#\uff03\ufffe\ufeff\uffff"


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False, only_icann=True)


@lru_cache(maxsize=4096)
def _is_top_level(label: str) -> bool:
    return bool(_suffixes().is_public(label))


def _ascii_alphanumeric(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _top_level_end(text: str, start: int, end: int) -> int | None:
    """Answer where the longest known top-level domain ends that this label begins with."""
    for stop in range(min(end, start + _LONGEST_TLD), start, -1):
        after = text[stop : stop + 1]
        if after and (_ascii_alphanumeric(after) or after in "@+-"):
            continue
        if _is_top_level(text[start:stop].lower()):
            return stop
    return None


def may_start(text: str, at: int) -> bool:
    """Answer whether a link may begin here, by the character before it."""
    before = text[at - 1] if at else " "
    return not (_ascii_alphanumeric(before) or before in _NEVER_BEFORE)


class Run:
    """A run of host characters, cut at its dots; finds domains in time linear in its length."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._labels = _labels(text, start, end)
        self._underscores = [text.rfind("_", a, b) for a, b in self._labels]
        self._ends = [_top_level_end(text, a, b) for a, b in self._labels]
        self._through: list[int | None] = [None] * len(self._labels)
        for label in range(len(self._labels) - 2, -1, -1):
            self._through[label] = self._reach(label, self._labels[label][0])

    def domains(self) -> Iterator[tuple[int, int]]:
        """Answer start and end of each domain, the longest from each start."""
        done = 0
        for label, (start, end) in enumerate(self._labels):
            for at in range(max(start, done), end):
                reached = self._reach(label, at) if may_start(self._text, at) else None
                if reached is not None:
                    yield at, reached
                    done = reached
                    break

    def _reach(self, label: int, start: int) -> int | None:
        """Answer where the longest domain ends that begins here, inside this label."""
        end = self._labels[label][1]
        if start >= end or label + 1 >= len(self._labels):
            return None
        if self._text[start] in _JOINERS or self._text[end - 1] in _JOINERS:
            return None
        if (further := self._through[label + 1]) is not None:
            return further
        return self._ends[label + 1] if start > self._underscores[label] else None


def _labels(text: str, start: int, end: int) -> list[tuple[int, int]]:
    labels = []
    for label in text[start:end].split("."):
        labels.append((start, start + len(label)))
        start += len(label) + 1
    return labels


def latin_domains(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Answer the parts of a domain without scheme that are links: its Latin ones."""
    labels = _labels(text, start, end)
    tails = [_LATIN_END.search(text, a, b) for a, b in labels]
    reach: list[int | None] = [None] * (len(labels) + 1)
    for label in range(len(labels) - 1, -1, -1):
        a, b = labels[label]
        tail = tails[label]
        whole = tail is not None and tail.start() == a
        further = reach[label + 1] if whole else None
        reach[label] = further if further is not None else _top_level_end(text, a, b)
    done = start
    for label, tail in enumerate(tails[:-1]):
        found = reach[label + 1]
        if tail is not None and tail.start() >= done and found is not None:
            yield tail.start(), found
            done = found


def fits_dns(domain: str) -> bool:
    """Answer whether each label is short enough for DNS, non-ASCII ones as Punycode."""
    return all(map(_label_fits_dns, domain.split(".")))


def _label_fits_dns(label: str) -> bool:
    if len(label) > _LONGEST_LABEL:  # before encoding, which is slow for long labels
        return False
    return label.isascii() or len(b"xn--" + label.encode("punycode")) <= _LONGEST_LABEL
