"""The pictures of a draft on its card and in the modal: a thumbnail, and what it shows in words."""

from collections.abc import Iterator, Sequence

from bot.domain.card import PictureCard
from bot.domain.marks import visible
from bot.domain.media import MediaFormat, MediaKind
from handlers.slack.elements import Block, line, plain, rich_text, shortened, words
from handlers.slack.text import escape

_TITLE = 2_000
_SPOKEN = 200
_SHOWN = (MediaFormat.JPEG, MediaFormat.PNG, MediaFormat.GIF)
"""What Slack shows of its own files (docs.slack.dev, image block)."""

NO_ALT = "no alt text yet"


def blocks(pictures: Sequence[PictureCard], *, thumbnails: bool) -> Iterator[Block]:
    """Yield each picture with its alt text, which is as public as the text."""
    for number, picture in enumerate(pictures, 1):
        shown = thumbnail(number, picture, visible(picture.alt) or NO_ALT) if thumbnails else None
        said = [words(f"{_name(number, picture)}: ", bold=True)]
        said.append(words(visible(picture.alt) or NO_ALT))
        yield shown or rich_text(line(*said))


def thumbnail(number: int, picture: PictureCard, title: str = "") -> Block | None:
    """Return a picture as the chat has it, None where it has or shows none."""
    if picture.file is None or picture.format not in _SHOWN:
        return None
    name = _name(number, picture)
    block: Block = {"type": "image", "slack_file": {"id": picture.file}, "alt_text": name}
    titled = shortened(f"{name}: {title}", _TITLE)
    return block | ({"title": plain(titled)} if title else {})


def sentences(pictures: Sequence[PictureCard]) -> Iterator[str]:
    """Yield the pictures in words, in Slack's markup."""
    return map(escape, told(pictures))


def told(pictures: Sequence[PictureCard]) -> Iterator[str]:
    """Yield the pictures in plain words."""
    for number, picture in enumerate(pictures, 1):
        said = shortened(visible(picture.alt), _SPOKEN) or NO_ALT
        yield f"{_name(number, picture)}: {said.removesuffix('.')}."


def _name(number: int, picture: PictureCard) -> str:
    return f"{'GIF' if picture.kind is MediaKind.GIF else 'Picture'} {number}"
