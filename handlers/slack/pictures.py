"""The pictures of a draft on its card and in the modal: a thumbnail, and what it shows in words."""

from collections.abc import Iterator, Sequence

from bot.domain.card import PartCard, PictureCard
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
        name = _name(number, picture)
        shown = thumbnail(name, picture, visible(picture.alt) or NO_ALT) if thumbnails else None
        said = [words(f"{name}: ", bold=True)]
        said.append(words(visible(picture.alt) or NO_ALT))
        yield shown or rich_text(line(*said))


def thumbnail(name: str, picture: PictureCard, title: str = "") -> Block | None:
    """Return a picture as the chat has it, None where it has or shows none."""
    if picture.file is None or picture.format not in _SHOWN:
        return None
    block: Block = {"type": "image", "slack_file": {"id": picture.file}, "alt_text": name}
    titled = shortened(f"{name}: {title}", _TITLE)
    return block | ({"title": plain(titled)} if title else {})


def sentences(parts: Sequence[PartCard]) -> Iterator[str]:
    """Yield the pictures in words, in Slack's markup."""
    return map(escape, told(parts))


def told(parts: Sequence[PartCard]) -> Iterator[str]:
    """Yield the pictures in plain words."""
    for name, picture in named(parts):
        said = shortened(visible(picture.alt), _SPOKEN) or NO_ALT
        yield f"{name}: {said.removesuffix('.')}."


def named(parts: Sequence[PartCard]) -> Iterator[tuple[str, PictureCard]]:
    """Yield each picture with what it is called: its number, in a thread also that of its part."""
    for part, one in enumerate(parts, 1):
        of_part = f" of part {part}" if len(parts) > 1 else ""
        for number, picture in enumerate(one.pictures, 1):
            yield f"{_name(number, picture)}{of_part}", picture


def _name(number: int, picture: PictureCard) -> str:
    return f"{'GIF' if picture.kind is MediaKind.GIF else 'Picture'} {number}"
