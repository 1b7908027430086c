"""Was it sent after all? A part whose answer was lost is looked for on the account's timeline.

X gives no idempotency key, so this is how a second tweet is avoided: nothing is sent again before
it was looked for, and absence proves nothing, because timelines lag.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.canonical import SeenUrl, linked_statuses, loose, seen_form, sent_form
from bot.domain.snowflake import snowflake_at, snowflake_time

__all__ = [
    "Absent",
    "Ambiguous",
    "Hit",
    "Match",
    "OlderHit",
    "Seen",
    "SeenUrl",
    "Sent",
    "match",
    "snowflake_at",
    "snowflake_time",
]

SLACK = timedelta(seconds=60)
"""How far the window reaches beyond the call on both sides."""

_NAME = re.compile(r"@[0-9A-Za-z_]{1,15}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A tweet on the account's timeline, as X returned it; media and poll from `attachments`."""

    id: str
    text: str
    created_at: datetime
    author_id: str
    urls: tuple[SeenUrl, ...] = ()
    note_text: str | None = None
    note_urls: tuple[SeenUrl, ...] = ()
    replied_to: str | None = None
    quoted: str | None = None
    media_keys: int = 0
    has_poll: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A part as it was sent, and when the call began and had to end, by X's clock."""

    text: str
    parent: str | None
    quote: str | None
    media: int
    poll: bool
    author_id: str
    started_at: datetime
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """It is live under this id."""

    id: str


@dataclass(frozen=True, slots=True)
class OlderHit:
    """The newest of the same tweets from before the call: cannot be the part, a person looks."""

    id: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several may be it, oldest first: a person decides."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """Not to be seen now; look again later."""


Match = Hit | OlderHit | Ambiguous | Absent


def match(sent: Sent, seen: Sequence[Seen], bound: Collection[str]) -> Match:
    """Find a sent part among the tweets seen, those aside that are bound to other parts.

    Where nothing fits exactly, a second pass lets differences in what is a link go.
    """
    one_each = {tweet.id: tweet for tweet in seen if tweet.id not in bound}
    alike = [tweet for tweet in one_each.values() if _same_frame(sent, tweet)]
    wanted = sent_form(sent.text, sent.quote, reply=sent.parent is not None)
    forms = [(tweet, _form(tweet, sent)) for tweet in alike]
    hits = [tweet for tweet, form in forms if form == wanted]
    hits = hits or [tweet for tweet, form in forms if loose(form) == loose(wanted)]
    return _ranked(sent, hits) if hits else Absent()


def _same_frame(sent: Sent, tweet: Seen) -> bool:
    """Whether author, reply, quote, media and poll are the same."""
    return (
        tweet.author_id == sent.author_id
        and tweet.replied_to == sent.parent
        and tweet.media_keys == sent.media
        and tweet.has_poll == sent.poll
        and _same_quote(sent, tweet)
    )


def _same_quote(sent: Sent, tweet: Seen) -> bool:
    """Whether the same tweet is quoted, or one that the text links to: X may show that as one."""
    if tweet.quoted == sent.quote:
        return True
    return sent.quote is None and tweet.quoted in linked_statuses(sent.text)


def _form(tweet: Seen, sent: Sent) -> str:
    """Return the form of a tweet's whole text: of a long one it is in the note."""
    text, urls = tweet.text, tweet.urls
    if tweet.note_text is not None:
        text, urls = tweet.note_text, tweet.note_urls
    form = seen_form(text, urls, sent.quote, reply=sent.parent is not None)
    # Names are all there is of a reply that had media and no words.
    wordless = sent.parent is not None and not sent.text.strip()
    return "" if wordless and _NAME.fullmatch(form) else form


def _ranked(sent: Sent, hits: Sequence[Seen]) -> Match:
    """Decide by time: from the call, from after it, from before it."""
    begin, end = sent.started_at - SLACK, sent.deadline + SLACK
    hits = sorted(hits, key=lambda tweet: int(tweet.id))
    during = tuple(tweet.id for tweet in hits if begin <= tweet.created_at <= end)
    later = tuple(tweet.id for tweet in hits if tweet.created_at > end)
    if not (during or later):
        return OlderHit(hits[-1].id)
    ids = during or later
    return Hit(ids[0]) if len(ids) == 1 else Ambiguous(ids)
