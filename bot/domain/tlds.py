"""Top-level domains: which ones there are, and whether one stands at a place in a text."""

import re
from functools import cache
from importlib.resources import files

# RFC 7686: in no root zone, yet on the list that X recognises links by.
_SPECIAL_USE = frozenset({"onion"})

# What may not follow directly: the word would go on, or it would be an address with an "@".
_GOES_ON = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@+-")
_LETTERS = re.compile(r"[A-Za-z]++(?![0-9@+-])")
_PUNYCODE = re.compile(r"[Xx][Nn]--[0-9A-Za-z-]++")


@cache
def known() -> frozenset[str]:
    """Every top-level domain, lower case, internationalised ones in their own letters."""
    lines = files(__package__).joinpath("tlds.txt").read_text(encoding="utf-8").splitlines()
    return _SPECIAL_USE.union(line for line in lines if not line.startswith("#"))


@cache
def _international() -> dict[str, tuple[str, ...]]:
    """Those that are not plain ASCII by their first letter, the longest first."""
    by_letter: dict[str, list[str]] = {}
    for name in sorted(known(), key=len, reverse=True):
        if not name.isascii():
            by_letter.setdefault(name[0], []).append(name)
    return {letter: tuple(names) for letter, names in by_letter.items()}


def tld_end(text: str, at: int, limit: int) -> int:
    """Where the top-level domain ends that begins at `at`, reading up to `limit`; -1 for none."""
    found = _LETTERS.match(text, at, limit)
    if found and found.group().lower() in known():
        return found.end()
    for name in _international().get(text[at : at + 1].lower(), ()):
        end = at + len(name)
        if end > limit or text[at:end].lower() != name:
            continue
        if end == limit or text[end] not in _GOES_ON:
            return end
    found = _PUNYCODE.match(text, at, limit)
    return found.end() if found else -1
