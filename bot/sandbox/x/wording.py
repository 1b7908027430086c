"""A text as X rewrites it: links become t.co links, `&`, `<` and `>` are escaped."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.x import length, links

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SHOWN_PATH = 15
_ELLIPSIS = "\u2026"


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of `entities.urls`; start and end are code points of the escaped text."""

    start: int
    end: int
    url: str
    expanded_url: str
    display_url: str
    media_key: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Answer the entity as X sends it."""
        key = {} if self.media_key is None else {"media_key": self.media_key}
        return key | {
            "start": self.start,
            "end": self.end,
            "url": self.url,
            "expanded_url": self.expanded_url,
            "display_url": self.display_url,
        }


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as X's API returns it, with its links."""

    text: str
    links: tuple[Link, ...]
    media: tuple[Link, ...] = ()
    """One entry for each picture; all have the one address that X puts behind the text."""

    def shown(self) -> str:
        """Answer what a reader sees: links by their short names, nothing escaped, no media link."""
        if self.media:
            return Wording(self.text[: self.media[0].start].rstrip(" "), self.links).shown()
        pieces, at = [], 0
        for link in self.links:
            pieces += [_unescaped(self.text[at : link.start]), link.display_url]
            at = link.end
        return "".join([*pieces, _unescaped(self.text[at:])])


@dataclass(frozen=True, slots=True)
class Media:
    """A picture of a tweet: its key, and `photo`, `animated_gif` or `video`."""

    key: str
    kind: str


def with_media(wording: Wording, tweet_id: int, username: str, media: list[Media]) -> Wording:
    """Answer the text with the address behind it under which readers find its pictures."""
    if not media:
        return wording
    space = " " if wording.text else ""
    place = "photo" if media[0].kind == "photo" else "video"
    address = f"https://x.com/{username}/status/{tweet_id}/{place}/1"
    url = "https://t.co/" + _slug(f"{tweet_id} {address}")
    start = len(wording.text) + len(space)
    shown = f"pic.x.com/{url[-10:]}"
    entries = tuple(Link(start, start + len(url), url, address, shown, m.key) for m in media)
    return Wording(wording.text + space + url, wording.links, entries)


def worded(text: str, tweet_id: int) -> Wording:
    """Answer the text as X keeps it for that tweet."""
    written, found, at = "", [], 0
    for span in links.find(text):
        written += _escaped(text[at : span.start])
        link = _link(text[span.start : span.end], len(written), tweet_id, bare=span.bare)
        written += link.url
        found.append(link)
        at = span.end
    return Wording(written + _escaped(text[at:]), tuple(found))


def shortened(text: str, tweet_id: int) -> Wording:
    """Answer the beginning of a long tweet, as X puts it into `text` beside the note."""
    spare = length.LIMIT - length.URL_WEIGHT // 100 - 3  # an ellipsis of weight 2, and a space
    beginning = worded(_beginning(text, spare), tweet_id)
    status = f"https://x.com/i/web/status/{tweet_id}"
    written = f"{beginning.text}{_ELLIPSIS} "
    more = _link(status, len(written), tweet_id, bare=False)
    return Wording(written + more.url, (*beginning.links, more))


def _beginning(text: str, limit: int) -> str:
    """Answer the longest beginning that weighs no more than that, cut before a word."""
    cuts = [word.start() for word in re.finditer(r"\s", text[: limit + 1])]
    weights = ((cut, length.weighted(text[:cut])) for cut in reversed(cuts))
    fitting = next((cut for cut, weight in weights if weight <= limit), limit // 2)
    return text[:fitting]


def _link(text: str, start: int, tweet_id: int, *, bare: bool) -> Link:
    expanded = f"http://{text}" if bare else text
    url = "https://t.co/" + _slug(f"{tweet_id} {expanded}")
    return Link(start, start + len(url), url, expanded, _display(expanded))


def _slug(of: str) -> str:
    """Answer ten letters and digits that belong to this link in this tweet alone."""
    number = int.from_bytes(hashlib.sha256(of.encode()).digest())
    return "".join(_ALPHABET[number // 62**place % 62] for place in range(10))


def _display(url: str) -> str:
    rest = url.split("://", 1)[1]
    host = re.split(r"[/?]", rest, maxsplit=1)[0]
    path = rest[len(host) :]
    shown = path if len(path) <= _SHOWN_PATH else path[:_SHOWN_PATH] + _ELLIPSIS
    return re.sub(r"^www\.", "", host) + ("" if shown == "/" else shown)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
