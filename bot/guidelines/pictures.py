"""The checks on the pictures of a part: how many there are, and whether everybody can know them."""

from collections.abc import Iterator

from bot.domain.finding import Finding, Severity
from bot.domain.marks import invisible
from bot.domain.media import LONGEST_ALT, PHOTOS, Media, goes_together

TOGETHER = (
    f"X takes up to {PHOTOS} photos in a tweet, or one moving GIF alone. "
    "Please take the others off the message."
)
NO_ALT = (
    "Picture {number} has no alt text, so people who cannot see it learn nothing. "
    "Please choose *Alt text* and say what it shows."
)
LONG_ALT = "The alt text of picture {number} has more than {most} characters. Please shorten it."
HIDDEN_ALT = (
    "The alt text of picture {number} has a character that nobody can see ({name}). "
    "Please type it anew."
)
PEOPLE = (
    "Please look closely at every picture: can a patient be recognised, by a face, a name or a "
    "screen in the background?"
)


def pictures(part: int, media: tuple[Media, ...]) -> Iterator[Finding]:
    """Yield what there is to say of the pictures of a part."""
    if not media:
        return
    if not goes_together(media):
        yield Finding("media:together", Severity.BLOCK, TOGETHER, part)
    for number, one in enumerate(media, 1):
        yield from _alt_text(part, number, one.alt)
    yield Finding("media:people", Severity.WARN, PEOPLE, part)


def _alt_text(part: int, number: int, alt: str) -> Iterator[Finding]:
    if not alt:
        words = NO_ALT.format(number=number)
        yield Finding("media:alt", Severity.BLOCK, words, part)
    if len(alt) > LONGEST_ALT:
        words = LONG_ALT.format(number=number, most=LONGEST_ALT)
        yield Finding("media:alt", Severity.BLOCK, words, part)
    for mark in invisible(alt)[:1]:
        words = HIDDEN_ALT.format(number=number, name=mark.name)
        yield Finding("media:alt", Severity.BLOCK, words, part)
