"""What stands in a message: Slack's `rich_text` as values (docs.slack.dev, rich text block)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from handlers.slack.emoji_names import toned
from handlers.slack.fields import Fields


class Style(StrEnum):
    """How words can look in Slack."""

    BOLD = "bold"
    ITALIC = "italic"
    STRIKE = "strike"
    UNDERLINE = "underline"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words."""

    text: str
    styles: frozenset[Style] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `label` is what it shows where that is not its address."""

    url: str
    label: str | None = None
    styles: frozenset[Style] = frozenset()


@dataclass(frozen=True, slots=True)
class Emoji:
    """An emoji; one of the workspace's own, or one only known by name, has no characters."""

    name: str
    characters: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, group, channel or everybody (`shown` as `@…`, `#…` or `@here`)."""

    shown: str


@dataclass(frozen=True, slots=True)
class Strange:
    """Something that Slack may add and we cannot read."""

    kind: str


Piece = Words | Link | Emoji | Mention | Strange


class Kind(StrEnum):
    """What a run of lines is."""

    SECTION = "rich_text_section"
    QUOTE = "rich_text_quote"
    CODE = "rich_text_preformatted"


@dataclass(frozen=True, slots=True)
class Lines:
    """A run of lines."""

    pieces: tuple[Piece, ...]
    kind: Kind = Kind.SECTION


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; a numbered one counts from `first`, one with bullets has no `first`."""

    entries: tuple[tuple[Piece, ...], ...]
    first: int | None = None
    indent: int = 0


RichText = tuple[Lines | Listing, ...]


def parse(block: Fields) -> RichText:
    """Read a `rich_text` block; MalformedError where it is not made like one."""
    return tuple(_run(element) for element in block.rows("elements"))


def pieces(rich: RichText) -> Iterator[Piece]:
    """Yield every piece, in reading order."""
    for run in rich:
        if isinstance(run, Lines):
            yield from run.pieces
        else:
            yield from (piece for entry in run.entries for piece in entry)


def _run(element: Fields) -> Lines | Listing:
    kind = element.text("type")
    if kind == "rich_text_list":
        ordered = element.maybe_text("style") == "ordered"
        first = (element.maybe_number("offset") or 0) + 1 if ordered else None
        entries = tuple(_pieces(entry) for entry in element.rows("elements"))
        return Listing(entries, first, min(element.maybe_number("indent") or 0, 8))
    if kind in tuple(Kind):
        return Lines(_pieces(element), Kind(kind))
    return Lines((Strange(kind),))


def _pieces(element: Fields) -> tuple[Piece, ...]:
    return tuple(_piece(row) for row in element.rows("elements"))


def _piece(row: Fields) -> Piece:
    match kind := row.text("type"):
        case "text":
            return Words(row.verbatim("text"), _styles(row))
        case "link":
            label = row.verbatim("text") if row.has("text") else None
            return Link(row.verbatim("url"), label, _styles(row))
        case "emoji":
            return _emoji(row)
        case "color":
            return Words(row.verbatim("value"), _styles(row))
        case "date" if row.has("fallback"):
            return Words(row.verbatim("fallback"), _styles(row))
        case "user" | "usergroup":
            return Mention("@…")
        case "channel":
            return Mention("#…")
        case "broadcast":
            return Mention(f"@{row.text('range')}")
        case _:
            return Strange(kind)


def _styles(row: Fields) -> frozenset[Style]:
    style = row.maybe_within("style")
    return frozenset(known for known in Style if style and style.has(known))


def _emoji(row: Fields) -> Emoji:
    name, code = row.text("name"), row.maybe_text("unicode")
    return Emoji(name, _characters(code, row.maybe_number("skin_tone")) if code else None)


def _characters(code: str, tone: int | None) -> str | None:
    """Return the characters of `1f44b-1f3fd`, with the skin tone where the code has none."""
    try:
        points = [int(point, 16) for point in code.split("-")]
        characters = "".join(map(chr, points))
    except (ValueError, OverflowError):
        return None
    if any(0xD800 <= point <= 0xDFFF for point in points):
        return None
    return toned(characters, tone)
