"""The pictures and videos of a draft on its card and in the modal: seen, and told in words."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.card_parts import PartCard, PictureCard
from bot.domain.marks import visible
from bot.domain.media import MediaFormat, MediaKind
from handlers.slack.elements import Block, line, link, plain, rich_text, shortened, words
from handlers.slack.text import escape

_TITLE = 2_000
_SPOKEN = 200
_SHOWN = (MediaFormat.JPEG, MediaFormat.PNG, MediaFormat.GIF)
"""What Slack shows of its own files (docs.slack.dev, image block)."""

_MINUTE = 60
_FORMATS = {MediaFormat.MP4: "MP4", MediaFormat.MOV: "MOV"}
_NAMES = {MediaKind.PHOTO: "Picture", MediaKind.GIF: "GIF", MediaKind.VIDEO: "Video"}

NO_ALT = "no alt text yet"
WATCH = "Watch it in Slack"
UNSHOWN = "watch it where it was shared"


def blocks(
    pictures: Sequence[PictureCard], *, thumbnails: bool, shown_at: Mapping[str, str]
) -> Iterator[Block]:
    """Yield each picture with its alt text, which is as public as the text.

    Of a video no card can show anything: it is said what it is, and where people see it.
    """
    for number, picture in enumerate(pictures, 1):
        name = _name(number, picture)
        if picture.kind is MediaKind.VIDEO:
            yield _video(name, picture, shown_at.get(picture.file or ""))
            continue
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


def _video(name: str, picture: PictureCard, address: str | None) -> Block:
    seen = link(address, WATCH) if address else words(UNSHOWN)
    return rich_text(line(words(f"{name}: ", bold=True), words(f"{_about(picture)} · "), seen))


def _about(video: PictureCard) -> str:
    """Return the form of a video, its length and its size, as far as they are known."""
    told = [_FORMATS.get(video.format, "")]
    if video.seconds is not None:
        told.append(_length(video.seconds))
    if video.size is not None:
        told.append(f"{max(video.size / 1e6, 0.1):.1f} MB")
    return ", ".join(told)


def _length(seconds: float) -> str:
    if seconds >= _MINUTE:
        return f"{int(seconds // _MINUTE)}:{int(seconds % _MINUTE):02} minutes"
    return "1 second" if seconds == 1 else f"{seconds:.1f} seconds".replace(".0 ", " ")


def kinds(pictures: Sequence[PictureCard]) -> str:
    """Return what is shown: pictures, or a video."""
    return "a video" if pictures[0].kind is MediaKind.VIDEO else "pictures"


def sentences(parts: Sequence[PartCard]) -> Iterator[str]:
    """Yield the pictures in words, in Slack's markup."""
    return map(escape, told(parts))


def told(parts: Sequence[PartCard]) -> Iterator[str]:
    """Yield the pictures in plain words."""
    for name, picture in named(parts):
        is_video = picture.kind is MediaKind.VIDEO
        said = _about(picture) if is_video else shortened(visible(picture.alt), _SPOKEN) or NO_ALT
        yield f"{name}: {said.removesuffix('.')}."


def named(parts: Sequence[PartCard]) -> Iterator[tuple[str, PictureCard]]:
    """Yield each picture with what it is called: its number, in a thread also that of its part."""
    for part, one in enumerate(parts, 1):
        of_part = f" of part {part}" if len(parts) > 1 else ""
        for number, picture in enumerate(one.pictures, 1):
            yield f"{_name(number, picture)}{of_part}", picture


def _name(number: int, picture: PictureCard) -> str:
    return f"{_NAMES[picture.kind]} {number}"
