"""What can be said of the pictures that a form gives, before any of them is here."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.domain.content import Content
from bot.domain.finding import Finding, Severity
from bot.domain.media import MOST, PHOTOS
from bot.guidelines.beside import POLL, POLL_OR_PICTURES

PICTURES = "media:count"
"""The rule on how many pictures there are."""

_TOO_MANY = (
    "X takes up to {most} photos in a tweet, or one moving GIF or video alone; here are {count}."
)
_ALL = (
    "A draft may have {most} pictures, this one has {count}. Please take some away, or make two "
    "drafts of it."
)


def foreseen(content: Content, parts: Sequence[int]) -> Iterator[Finding]:
    """Yield what stops a content with so many files: each is named by the part it belongs to."""
    for part, count in sorted(Counter(parts).items()):
        if count > PHOTOS:
            words = _TOO_MANY.format(most=PHOTOS, count=count)
            yield Finding(PICTURES, Severity.BLOCK, words, part)
        if part < len(content.parts) and content.parts[part].poll:
            yield Finding(POLL, Severity.BLOCK, POLL_OR_PICTURES, part)
    if len(parts) > MOST:
        words = _ALL.format(most=MOST, count=len(parts))
        yield Finding(PICTURES, Severity.BLOCK, words, max(parts))
