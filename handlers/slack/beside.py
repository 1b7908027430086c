"""What stands beside the text of a draft on its card: what it answers, its polls, its sources.

And for reviewers alone the signed authorization that its author states.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.domain.address import is_tweet_id, tweet_address
from bot.domain.beside import Beside, beside_of
from bot.domain.card import DraftCard
from bot.domain.content import Poll
from bot.domain.marks import visible
from handlers.slack.elements import Block, Element, bullets, line, link, rich_text, shortened, words
from handlers.slack.text import escape

SOURCES = 10
_SHOWN = 100
"""Characters of an address that are shown; the link has all of it."""

_HOST = 60
_LONGEST = 3_000
"""The most characters of an address that Slack makes a link of (docs.slack.dev, rich text)."""

_NOTHING = "(nothing)"
_OPTIONS = 4
_OPTION = 100
_REFERENCE = 200
_UNITS = ((24 * 60, "day"), (60, "hour"), (1, "minute"))


def reply(card: DraftCard) -> list[Block]:
    """Return which tweet is answered; nothing where none is."""
    target = card.content.reply_to
    if not target:
        return []
    label = words("In answer to ", bold=True)
    if not is_tweet_id(target):
        return [rich_text(line(label, words("a tweet that I cannot tell")))]
    address = tweet_address(target)
    return [rich_text(line(label, link(address, address)))]


def poll(poll: Poll) -> list[Element]:
    """Return a poll as readers choose from it, and for how long, as runs of a rich text."""
    options = [[words(_option(option))] for option in poll.options[:_OPTIONS]]
    head = line(words("Poll", bold=True), words(f", open for {lasting(poll.minutes)}"))
    return [head, bullets(options)] if options else [head]


def sources(card: DraftCard) -> list[Block]:
    """Return the links that support what is said, each with its host first."""
    found = [_source(source) for source in card.content.sources[:SOURCES]]
    head = line(words("Sources, for reviewers alone", bold=True))
    return [rich_text(head, bullets(found))] if found else []


def stated(authorization: str) -> list[Block]:
    """Return where the signed authorization is kept that the author states; nothing without one."""
    if not authorization:
        return []
    label = words("Signed authorization, as its author states: ", bold=True)
    return [rich_text(line(label, words(_reference(authorization))))]


def sentences(card: DraftCard) -> Iterator[str]:
    """Yield the same in words, to be read aloud."""
    if is_tweet_id(card.content.reply_to):
        yield f"It answers {tweet_address(card.content.reply_to)}."
    for part in card.parts:
        if part.poll is not None:
            options = ", ".join(escape(_option(option)) for option in part.poll.options[:_OPTIONS])
            yield f"Poll, open for {lasting(part.poll.minutes)}: {options}."
    if hosts := dict.fromkeys(map(_host, card.content.sources[:SOURCES])):
        yield f"Sources at {', '.join(escape(host) for host in hosts)}."
    if stated := card.content.authorization:
        yield f"Its author states a signed authorization: {escape(_reference(stated))}."


def has_any(card: DraftCard) -> bool:
    """Whether anything stands beside the text."""
    return beside_of(card.content) != Beside()


def is_whole(card: DraftCard) -> bool:
    """Whether a card shows all of it: what is more is stopped by the checks anyway."""
    polls = [part.poll for part in card.parts if part.poll is not None]
    options = [option for poll in polls for option in poll.options]
    fits = all(len(poll.options) <= _OPTIONS for poll in polls)
    fits = fits and all(len(visible(option)) <= _OPTION for option in options)
    fits = fits and len(visible(card.content.authorization)) <= _REFERENCE
    return fits and len(card.content.sources) <= SOURCES


def lasting(minutes: int) -> str:
    """Return a length of time in words: 1 day 2 hours."""
    told = []
    for unit, name in _UNITS:
        many, minutes = divmod(minutes, unit)
        told += [f"{many} {name}{'' if many == 1 else 's'}"] if many else []
    return " ".join(told) or "no time"


def _source(source: str) -> list[Element]:
    shown = shortened(visible(source), _SHOWN) or _NOTHING
    whole = source if source.isprintable() and len(source) <= _LONGEST else ""
    is_link = whole.lower().startswith(("https://", "http://"))
    return [words(f"{_host(source)}: ", bold=True), link(whole, shown) if is_link else words(shown)]


def _host(source: str) -> str:
    try:
        host = urlsplit(source).hostname
    except ValueError:
        host = None
    return shortened(visible(host or "no link"), _HOST)


def _reference(authorization: str) -> str:
    return shortened(visible(authorization), _REFERENCE)


def _option(option: str) -> str:
    return shortened(visible(option), _OPTION) or _NOTHING
