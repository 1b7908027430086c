"""Host names inside a text, as twitter-text finds them: labels and dots up to a top-level domain.

Every label is looked at once, from the right to the left, so that the work stays linear in the
text's length whatever somebody pastes ("a.a.a.a…" makes a regular expression quadratic at best).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.tlds import tld_end

LATIN_ACCENTS = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263"
    "\u0268\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
"""Letters and marks that X counts as Latin, for a character class."""
SPACES = "\t-\r \u0085\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Spaces as twitter-text lists them, for a character class."""
INVALID = "\ufffe\ufeff\uffff"
"""Characters that X refuses in a tweet."""
_DIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"

_NEVER = rf"!'#%&()*+,\\/:;<=>?@\[\]^{{|}}~${SPACES}{INVALID}{_DIRECTIONAL}"
RUN = re.compile(rf"(?<![^{_NEVER}])\.*+[^.{_NEVER}]++\.[^{_NEVER}]++")
"""A whole stretch with a dot inside in which hosts may lie.

It has no space and no punctuation but hyphen, underscore and dot. Looking back makes a word
without a dot be read once instead of once from each of its letters.
"""

_LATIN = re.compile(rf"[0-9A-Za-z{LATIN_ACCENTS}-]++")
_MAX_LABEL = 63  # octets, RFC 1035
_PUNYCODE = "xn--"
_DOTS = re.compile("[.\u3002\uff0e\uff61]")  # RFC 3490 separates labels by any of these

_Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Reach:
    """A host that begins at `first` or later, yet before `before`, ends at `end`."""

    first: int
    before: int
    end: int


def _labels(text: str, start: int, end: int) -> _Spans:
    """Return the spans of the labels that a dot follows."""
    spans = []
    while (dot := text.find(".", start, end)) >= 0:
        spans.append((start, dot))
        start = dot + 1
    return spans


def _chain(ends: Sequence[int], passes: Sequence[bool], closes: Sequence[bool]) -> list[int]:
    """Return for each label the end of the longest host from there on, -1 for none; then a -1.

    `ends` tells where a top-level domain behind the label ends, `passes` whether a host may go on
    through the label, `closes` whether it may be the last one before the top-level domain.
    """
    far = [-1] * (len(ends) + 1)
    for i in range(len(ends) - 1, -1, -1):
        if passes[i] and far[i + 1] >= 0:
            far[i] = far[i + 1]
        elif closes[i]:
            far[i] = ends[i]
    return far


def reaches(text: str, start: int, end: int) -> Iterator[Reach]:
    """Yield, label by label of a run, how far the hosts go that begin in it."""
    labels = _labels(text, start, end)
    ends = [tld_end(text, stop + 1, len(text)) for _, stop in labels]
    whole = [a < b and text[a] not in "-_" and text[b - 1] not in "-_" for a, b in labels]
    plain = [sound and text.find("_", *span) < 0 for sound, span in zip(whole, labels, strict=True)]
    far = _chain(ends, whole, plain)
    for i, (first, stop) in enumerate(labels):
        if first == stop or text[stop - 1] in "-_":
            continue
        if far[i + 1] >= 0:
            yield Reach(first, stop, far[i + 1])
        elif ends[i] >= 0:
            yield Reach(max(first, text.rfind("_", first, stop) + 1), stop, ends[i])


def latin_hosts(text: str, start: int, end: int) -> _Spans:
    """Return the parts of the host at `text[start:end]` whose labels are Latin, left to right."""
    labels = _labels(text, start, end)
    ends = [tld_end(text, stop + 1, end) for _, stop in labels]
    latin = [_LATIN.fullmatch(text, *span) is not None for span in labels]
    far = _chain(ends, latin, latin)
    found: _Spans = []
    at = start
    for i, (first, stop) in enumerate(labels):
        tail = _LATIN.match(text[max(first, at) : stop][::-1])
        host_end = max(far[i + 1], ends[i])
        if tail and host_end >= 0:
            found.append((stop - tail.end(), host_end))
            at = host_end
    return found


def encoded_length(host: str) -> int:
    """Return the host's length in Punycode, or -1 where a label is too long for DNS."""
    if host.startswith(_PUNYCODE) and not latin_hosts(host, 0, len(host)):
        return -1  # says that it is encoded, and is not
    lengths = [_label_length(label) for label in _DOTS.split(host)]
    return sum(lengths) + len(lengths) - 1 if max(lengths) <= _MAX_LABEL else -1


def _label_length(label: str) -> int:
    """Return the length of a label in Punycode, where it matters: beyond 63 it is the plain one."""
    if label.isascii() or len(label) > _MAX_LABEL:
        return len(label)  # each character takes at least one octet, and encoding takes long
    return len(_PUNYCODE) + len(label.encode("punycode"))
