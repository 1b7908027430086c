"""The checks on what a part shows that no team can change: what X takes, what people can read.

Whether there is an alt text at all, and whoever can be recognised, is for the packs to judge.
"""

from collections.abc import Iterator

from bot.domain.finding import Finding, Severity
from bot.domain.marks import invisible
from bot.domain.media import LONGEST_ALT, PHOTOS, Media, goes_together

TOGETHER = (
    f"X takes up to {PHOTOS} photos in a tweet, or one moving GIF alone, or one video alone. "
    "Please take the others off."
)
LONG_ALT = "The alt text of picture {number} has more than {most} characters. Please shorten it."
HIDDEN_ALT = (
    "The alt text of picture {number} has a character that nobody can see ({name}). "
    "Please type it anew."
)


def pictures(part: int, media: tuple[Media, ...]) -> Iterator[Finding]:
    """Yield what there is to say of the pictures of a part."""
    if not goes_together(media):
        yield Finding("media:together", Severity.BLOCK, TOGETHER, part)
    for number, one in enumerate(media, 1):
        yield from _alt_text(part, number, one.alt)


def _alt_text(part: int, number: int, alt: str) -> Iterator[Finding]:
    if len(alt) > LONGEST_ALT:
        words = LONG_ALT.format(number=number, most=LONGEST_ALT)
        yield Finding("media:alt", Severity.BLOCK, words, part)
    for mark in invisible(alt)[:1]:
        words = HIDDEN_ALT.format(number=number, name=mark.name)
        yield Finding("media:alt", Severity.BLOCK, words, part)
