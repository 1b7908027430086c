"""The checks on what stands beside a text that no team can change: poll, reply, sources.

And the reference of a signed authorization: reviewers must be able to read it whole.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.domain.address import LIKE, is_tweet_id
from bot.domain.content import Content, Part, Poll
from bot.domain.finding import Finding, Severity
from bot.domain.marks import invisible

OPTIONS = (2, 4)
LONGEST_OPTION = 25
SHORTEST, LONGEST = 5, 7 * 24 * 60
"""Minutes for which a poll may be open (docs.x.com, create post: also the counts above)."""

SOURCES = 10
LONGEST_SOURCE = 500
"""The most sources, and the most characters of one: a card shows them all."""

LONGEST_REFERENCE = 100
"""The most characters of the reference of a signed authorization."""

POLL, MINUTES, REPLY, SOURCE = "poll:options", "poll:length", "reply:target", "sources:links"
AUTHORIZATION = "authorization:reference"
"""The rules, by the field that each is about."""

_COUNT = "A poll has {least} to {most} answers, this one has {count}. Please mend them."
_EMPTY = "Answer {number} of the poll is empty. Please write it, or take it away."
_LONG = "Answer {number} of the poll has {length} of {most} characters. Please shorten it."
_TWICE = "Answer {number} of the poll is there already. Please write another one."
_HIDDEN = (
    "Answer {number} of the poll has a character that nobody can see ({name}). Please type it anew."
)
_OPEN = "A poll is open for 5 minutes to 7 days. Please choose another length."
POLL_OR_PICTURES = "X takes a poll or pictures in a tweet, not both. Please take one of them away."
_REPLY = f"I cannot tell which tweet is to be answered. Its address looks like {LIKE}."
_MANY = "{count} sources are more than a card shows ({most}). Please keep the best ones."
_NO_LINK = "Source {number} is no link: it must begin with https:// or http://. Please mend it."
_LONG_LINK = "Source {number} has {length:,} of {most} characters. Please give a shorter address."
_LONG_REFERENCE = (
    "The reference of the authorization has {length:,} of {most} characters. Please shorten it."
)
_HIDDEN_REFERENCE = (
    "The reference of the authorization has a character that nobody can see ({name}). "
    "Please type it anew."
)


def beside(content: Content) -> Iterator[Finding]:
    """Yield what there is to say of all but the polls, which are looked at part by part."""
    if content.reply_to and not is_tweet_id(content.reply_to):
        yield _block(REPLY, _REPLY, 0)
    if (count := len(content.sources)) > SOURCES:
        yield _block(SOURCE, _MANY.format(count=count, most=SOURCES))
    for number, source in enumerate(content.sources, 1):
        if len(source) > LONGEST_SOURCE:
            words = _LONG_LINK.format(number=number, length=len(source), most=LONGEST_SOURCE)
            yield _block(SOURCE, words)
        elif not _is_link(source):
            yield _block(SOURCE, _NO_LINK.format(number=number))
    yield from _of_reference(content.authorization)


def poll(number: int, part: Part) -> Iterator[Finding]:
    """Yield what there is to say of the poll of a part."""
    if part.poll is None:
        return
    for words in (*_of_options(part.poll), *((POLL_OR_PICTURES,) if part.media else ())):
        yield _block(POLL, words, number)
    if not SHORTEST <= part.poll.minutes <= LONGEST:
        yield _block(MINUTES, _OPEN, number)


def _of_options(poll: Poll) -> Iterator[str]:
    (least, most), count = OPTIONS, len(poll.options)
    if not least <= count <= most:
        yield _COUNT.format(least=least, most=most, count=count)
    seen: set[str] = set()
    for number, option in enumerate(poll.options[:most], 1):
        yield from _of_option(number, option, seen)
        seen.add(_heard(option))


def _of_option(number: int, option: str, seen: set[str]) -> Iterator[str]:
    if not option.strip():
        yield _EMPTY.format(number=number)
        return
    if len(option) > LONGEST_OPTION:
        yield _LONG.format(number=number, length=len(option), most=LONGEST_OPTION)
    if _heard(option) in seen:
        yield _TWICE.format(number=number)
    for mark in invisible(option)[:1]:
        yield _HIDDEN.format(number=number, name=mark.name)


def _of_reference(reference: str) -> Iterator[Finding]:
    if (length := len(reference)) > LONGEST_REFERENCE:
        words = _LONG_REFERENCE.format(length=length, most=LONGEST_REFERENCE)
        yield _block(AUTHORIZATION, words)
    for mark in invisible(reference)[:1]:
        yield _block(AUTHORIZATION, _HIDDEN_REFERENCE.format(name=mark.name))


def _heard(option: str) -> str:
    """Return an answer as readers tell it from another: by its words."""
    return " ".join(option.casefold().split())


def _is_link(source: str) -> bool:
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    spaced = any(character.isspace() for character in source)
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return is_web and not spaced and not invisible(source)


def _block(rule: str, words: str, part: int | None = None) -> Finding:
    return Finding(rule, Severity.BLOCK, words, part)
