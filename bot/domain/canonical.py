"""One form for a text as it was sent and as X gives it back, so that the two can be compared.

X replaces every link by a t.co address, escapes `&`, `<` and `>`, and puts a link to the media (and
to a quoted tweet) behind the text; it may change normal form, line ends and the spelling of hosts.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.links import links

_EDGE = "\0"  # on both sides of a link, so that words do not pass for one

_ON_X = r"(?:(?:www|mobile)\.)?(?:x|twitter)\.com/[^/]+/status"
_MEDIA = re.compile(_ON_X + r"/\d+/(?:photo|video)/\d+")
_STATUS = re.compile(_ON_X + r"/(\d+)(?:[?#].*)?", re.DOTALL)
_SCHEME = re.compile(r"https?://", re.IGNORECASE | re.ASCII)
_FIRST_SCHEME = re.compile(r"^https?://", re.IGNORECASE | re.ASCII)
_HOST = re.compile(r"^[^/?#]++")
_NAMES = re.compile(r"^(?:@[0-9A-Za-z_]{1,15} )+")
_LAST_SLASHES = re.compile(r"/+(?!\w)")
_MAX_LABEL = 63  # octets, RFC 1035


@dataclass(frozen=True, slots=True)
class SeenUrl:
    """One of a tweet's `entities.urls`: the t.co address in its text and what it stands for."""

    url: str
    expanded_url: str
    media_key: str | None = None


def canonical_url(url: str) -> str:
    """Return the address without scheme and last slash, its host in lower case and own letters."""
    rest = _FIRST_SCHEME.sub("", unicodedata.normalize("NFC", url))
    return unicodedata.normalize("NFC", _HOST.sub(_spelled, rest, count=1)).rstrip("/")


def sent_form(text: str, quote: str | None = None, *, reply: bool = False) -> str:
    """Return the form of a text that was sent, perhaps as a reply or with a quoted tweet's id."""
    text = unicodedata.normalize("NFC", text)
    parts, at = [], 0
    for link in links(text):
        parts += [text[at : link.start], _link_form(link.url, quote)]
        at = link.end
    return _finished("".join([*parts, text[at:]]), reply)


def seen_form(
    text: str, urls: Sequence[SeenUrl], quote: str | None = None, *, reply: bool = False
) -> str:
    """Return the form of a text that X returned with these `entities.urls`."""
    forms = {known.url: _seen_link(known, quote) for known in urls if known.url}
    if not forms:
        return _finished(_unescaped(text), reply)
    pieces = re.split("(" + "|".join(map(re.escape, forms)) + ")", text)
    shown = (forms[piece] if i % 2 else _unescaped(piece) for i, piece in enumerate(pieces))
    return _finished("".join(shown), reply)


def loose(form: str) -> str:
    """Return a form that no longer depends on what was taken for a link."""
    bare = _SCHEME.sub("", form.replace(_EDGE, "").casefold())
    return _squeezed(_LAST_SLASHES.sub("", bare))


def linked_statuses(text: str) -> frozenset[str]:
    """Return the ids of the tweets that a text links to: X shows such a tweet as quoted."""
    found = (_STATUS.fullmatch(canonical_url(link.url)) for link in links(text))
    return frozenset(status[1] for status in found if status)


def _spelled(host: re.Match[str]) -> str:
    """Return a host in lower case and in its own letters."""
    return ".".join(_own_letters(label) for label in host.group().lower().split("."))


def _own_letters(label: str) -> str:
    """Decode a Punycode label; what is none stays as it is."""
    if not label.startswith("xn--") or len(label) > _MAX_LABEL:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").lower()
    except UnicodeError:
        return label


def _link_form(url: str, quote: str | None) -> str:
    """Return what stands for a link: nothing where X may have added it by itself."""
    plain = canonical_url(url)
    status = _STATUS.fullmatch(plain)
    if _MEDIA.fullmatch(plain) or (status and status[1] == quote):
        return ""
    return f"{_EDGE}{plain}{_EDGE}"


def _seen_link(known: SeenUrl, quote: str | None) -> str:
    """Return what stands for a link that X names."""
    return "" if known.media_key else _link_form(known.expanded_url, quote)


def _finished(text: str, reply: bool) -> str:
    """Return the form of a text whose links are done; X puts names before a reply by itself."""
    form = _squeezed(text)
    return _NAMES.sub("", form) if reply else form


def _unescaped(text: str) -> str:
    """Undo X's escaping once, and nothing else: somebody may write about `&eacute;`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _squeezed(text: str) -> str:
    """Return the text in NFC with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())
