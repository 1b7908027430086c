"""What X does to a text, written from its rules and for tests only: nothing of ours is used.

A case says itself what X links: `See [[https://example.org/a]] now`.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Literal

from bot.domain.timeline import Seen, SeenUrl, Sent

US = "1001"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DEADLINE = START + timedelta(seconds=60)
LINK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


@dataclass(frozen=True)
class Case:
    """A text as somebody wrote it, and how X shows it this time."""

    template: str
    parent: str | None = None
    quote: str | None = None
    media: int = 0
    poll: bool = False
    names: str = ""  # what X puts before a reply
    note: bool = False  # a long post: the text is cut, the whole is in the note
    form: Literal["NFC", "NFD"] = "NFC"
    spaces: str = ""  # what X makes of a line end
    idn: bool = False  # X writes hosts in Punycode
    bare_scheme: str = "http"
    bare_slash: bool = False
    lower_host: bool = False
    media_host: str = "twitter.com"
    media_keyed: bool = False
    quote_link: bool = False  # X appends a link to the quoted tweet
    quoted: str | None = None  # X shows a linked tweet as quoted

    @property
    def text(self) -> str:
        """Return what is sent."""
        return LINK.sub(r"\1", self.template)


def sent(case: Case) -> Sent:
    """Return the part as the bot remembers it."""
    return Sent(
        text=case.text,
        parent=case.parent,
        quote=case.quote,
        media=case.media,
        poll=case.poll,
        author_id=US,
        started_at=START,
        deadline=DEADLINE,
    )


def seen(case: Case, id_: str = "500", at: datetime = START, author: str = US) -> Seen:
    """Return the tweet as X's API shows it."""
    text, urls = _rewritten(case)
    cut = text[:100] + "… https://t.co/cutcutcut0" if case.note else text
    return Seen(
        id=id_,
        text=cut,
        created_at=at,
        author_id=author,
        urls=() if case.note else urls,
        note_text=text if case.note else None,
        note_urls=urls if case.note else (),
        replied_to=case.parent,
        quoted=case.quote or case.quoted,
        media_keys=case.media,
        has_poll=case.poll,
    )


def _rewritten(case: Case) -> tuple[str, tuple[SeenUrl, ...]]:
    """Return X's text and its `entities.urls`."""
    urls: list[SeenUrl] = []
    numbers = count(1)

    def short(expanded: str, key: str | None = None) -> str:
        known = next((url for url in urls if url.expanded_url == expanded), None)
        address = known.url if known else f"https://t.co/{next(numbers):010d}"
        urls.append(SeenUrl(address, expanded, key))
        return address

    pieces = LINK.split(unicodedata.normalize(case.form, case.names + case.template))
    for i, piece in enumerate(pieces):
        pieces[i] = short(_expanded(piece, case)) if i % 2 else _escaped(piece, case)
    if case.quote_link:
        pieces.append(" " + short(f"https://twitter.com/somebody/status/{case.quote}"))
    if case.media:
        media = f"https://{case.media_host}/us/status/500/photo/1"
        links = [short(media, f"3_{i}" if case.media_keyed else None) for i in range(case.media)]
        pieces.append(" " + links[0])
    return "".join(pieces).strip(), tuple(urls)


def _escaped(text: str, case: Case) -> str:
    """Escape what X escapes."""
    if case.spaces:
        text = text.replace("\n", case.spaces)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _expanded(url: str, case: Case) -> str:
    """Return what X says a link stands for."""
    scheme, colon, rest = url.rpartition("://")
    host, slash, path = rest.partition("/")
    if case.idn:
        host = host.encode("idna").decode()
    if case.lower_host:
        host = host.lower()
    if not colon:
        scheme = case.bare_scheme
        slash = slash or ("/" if case.bare_slash else "")
    return f"{scheme}://{host}{slash}{path}"
