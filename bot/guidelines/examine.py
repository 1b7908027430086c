"""The checks that need nothing but the text itself."""

from collections.abc import Iterator, Sequence

from bot.domain.content import Content
from bot.domain.finding import Finding, Severity
from bot.domain.marks import invisible
from bot.domain.media import Media
from bot.domain.tweet import LIMIT, cashtags, mentions, weighted_length
from bot.guidelines.judging import Guidelines
from bot.guidelines.pictures import pictures
from bot.guidelines.tweet import Media as Attached
from bot.guidelines.tweet import MediaKind, Tweet

PARTS = 25
"""The most parts of one thread: more cannot be shown whole on one card."""

SHOWABLE = 9_000
"""The most characters over all parts that a card can show whole (Slack cuts near 13,200)."""


def examine(
    content: Content, guidelines: Guidelines, *, fetching: bool = False
) -> tuple[Finding, ...]:
    """Return everything that the checks say of a content, in reading order.

    What is too long to be shown is not judged by the guidelines before it is shorter. While
    pictures are still to be fetched, a part without words may become one with a picture.
    """
    too_long = tuple(_whole(content))
    judged = () if too_long else _judged(content, guidelines)
    return (*too_long, *_each(content, fetching=fetching), *judged)


def _judged(content: Content, guidelines: Guidelines) -> Iterator[Finding]:
    for number, part in enumerate(content.parts):
        yield from guidelines.judge(tweet_of(part.text, guidelines, part.media), number)


def tweet_of(text: str, guidelines: Guidelines, media: Sequence[Media] = ()) -> Tweet:
    """Return a part as the rules see it; one that begins with somebody's name answers them."""
    first = next(iter(mentions(text)), None)
    answers = first is not None and first.start == 0
    ours = first is not None and first.name.lower() in guidelines.allowed.handles
    # What moves must be told to whoever cannot see it just as well, so a GIF is a photo here.
    photos = tuple(Attached(MediaKind.PHOTO, one.alt) for one in media)
    return Tweet(text, is_reply=answers and not ours, media=photos)


def _whole(content: Content) -> Iterator[Finding]:
    if len(content.parts) > PARTS:
        yield _block(
            "size:parts",
            f"A thread may have {PARTS} parts, this one has {len(content.parts)}. "
            "Please shorten it.",
        )
    alts = sum(len(one.alt) for part in content.parts for one in part.media)
    characters = alts + sum(len(part.text) for part in content.parts)
    if characters > SHOWABLE:
        yield _block(
            "size:showable",
            f"{characters:,} characters are more than a reviewer can be shown at once "
            f"({SHOWABLE:,}). Please shorten the text or its links.",
        )


def _each(content: Content, *, fetching: bool) -> Iterator[Finding]:
    several = len(content.parts) > 1
    for number, part in enumerate(content.parts):
        name = f"Part {number + 1}" if several else "The text"
        if part.text or not (part.media or fetching):
            yield from _length(number, name, part.text)
        yield from _marks(number, name, part.text)
        yield from _cashtags(number, name, part.text)
        yield from pictures(number, part.media)


def _length(number: int, name: str, text: str) -> Iterator[Finding]:
    if not text:
        yield _block("size:empty", f"{name} is empty. Please write something.", number)
        return
    length = weighted_length(text)
    if length > LIMIT:
        yield _block(
            "size:length",
            f"{name} counts {length:,} of {LIMIT} characters: {length - LIMIT:,} too many. "
            "Please shorten it, or cut it into parts with a line of only ---.",
            number,
        )


def _marks(number: int, name: str, text: str) -> Iterator[Finding]:
    for mark in invisible(text)[:5]:
        yield _block(
            "text:invisible",
            f"{name} has a character that nobody can see ({mark.name}). Please type it anew.",
            number,
            mark.start,
            mark.end,
        )


def _cashtags(number: int, name: str, text: str) -> Iterator[Finding]:
    if len(cashtags(text)) > 1:
        yield _block("x:cashtags", f"{name} has more than one $CASHTAG; X allows one.", number)


def _block(
    rule: str,
    message: str,
    part: int | None = None,
    start: int | None = None,
    end: int | None = None,
) -> Finding:
    return Finding(rule, Severity.BLOCK, message, part, start, end)
