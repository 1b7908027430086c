"""The checks that need nothing but the text itself."""

from collections.abc import Iterator

from bot.domain.content import Content
from bot.domain.finding import Finding, Severity
from bot.domain.marks import invisible
from bot.domain.tweet import LIMIT, cashtags, weighted_length
from bot.guidelines.beside import beside, poll
from bot.guidelines.judging import Guidelines
from bot.guidelines.pictures import pictures
from bot.guidelines.tweets import judged

PARTS = 25
"""The most parts of one thread: more cannot be shown whole on one card."""

SHOWABLE = 9_000
"""The most characters over all parts that a card can show whole (Slack cuts near 13,200)."""

TOO_LONG = ("size:parts", "size:showable")
"""The rules on a content as a whole."""


def examine(
    content: Content, guidelines: Guidelines, *, fetching: bool = False
) -> tuple[Finding, ...]:
    """Return everything that the checks say of a content, in reading order.

    What is too long to be shown is not judged by the guidelines before it is shorter. While
    pictures are still to be fetched, a part without words may become one with a picture.
    """
    found = structure(content, fetching=fetching)
    too_long = any(finding.rule in TOO_LONG for finding in found)
    return found if too_long else (*found, *judged(content, guidelines))


def structure(content: Content, *, fetching: bool = False) -> tuple[Finding, ...]:
    """Return what keeps a content from being a tweet, whatever the guidelines say of it."""
    return (*_whole(content), *_each(content, fetching=fetching))


def _whole(content: Content) -> Iterator[Finding]:
    if len(content.parts) > PARTS:
        yield _block(
            TOO_LONG[0],
            f"A thread may have {PARTS} parts, this one has {len(content.parts)}. "
            "Please shorten it.",
        )
    characters = sum(map(len, _shown(content)))
    if characters > SHOWABLE:
        yield _block(
            TOO_LONG[1],
            f"{characters:,} characters are more than a reviewer can be shown at once "
            f"({SHOWABLE:,}). Please shorten the text or its links.",
        )


def _shown(content: Content) -> Iterator[str]:
    """Yield everything that a card must show whole."""
    for part in content.parts:
        yield part.text
        yield from (one.alt for one in part.media)
        yield from part.poll.options if part.poll else ()
    yield from content.sources
    yield content.authorization


def _each(content: Content, *, fetching: bool) -> Iterator[Finding]:
    several = len(content.parts) > 1
    for number, part in enumerate(content.parts):
        name = f"Part {number + 1}" if several else "The text"
        if part.text or not (part.media or fetching):
            yield from _length(number, name, part.text)
        yield from _marks(number, name, part.text)
        yield from _cashtags(number, name, part.text)
        yield from pictures(number, part.media)
        yield from poll(number, part)
    yield from beside(content)


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
