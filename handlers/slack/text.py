"""Slack's text and the text of a tweet: from one to the other, and what cannot come along."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, assert_never

from bot.domain.finding import Finding, Severity
from bot.domain.marks import visible
from handlers.slack.emoji_names import NAME, characters
from handlers.slack.fields import clean
from handlers.slack.richtext import (
    Emoji,
    Kind,
    Lines,
    Link,
    Listing,
    Mention,
    Piece,
    RichText,
    Strange,
    Style,
    Words,
    pieces,
)

MENTION = "chat:mention"
EMOJI = "chat:emoji"
LINK = "chat:link"
STYLE = "chat:style"
STRANGE = "chat:strange"

_BY_SLACK = ("http://", "mailto:")
"""What Slack puts before an address that was typed without it."""

_STYLES = {
    Style.BOLD: "bold",
    Style.ITALIC: "italics",
    Style.STRIKE: "strikethrough",
    Style.UNDERLINE: "underlining",
    Style.CODE: "code",
}
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_MARKUP = re.compile(
    r"<(?P<inside>(?:[@#!]|[A-Za-z][A-Za-z0-9+.-]*:)[^<>\n]*)>"
    rf"|(?P<emoji>{NAME.pattern})"
)
_AS_TYPED = "If these letters are meant as they stand, they go out so."
_OURS = re.compile(r"&lt;(@[A-Z0-9]{2,64}|!date\^[0-9]+\^[^<>]*)&gt;")
_ENTITY = re.compile("|".join(_ENTITIES))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a tweet, and what the chat's text had that a tweet cannot have."""

    text: str
    findings: tuple[Finding, ...]


def decode(rich: RichText) -> Decoded:
    """Return what the author typed as tweet text."""
    return Decoded("\n".join(_lines(rich)), tuple(_findings(rich)))


def decode_plain(text: str) -> Decoded:
    """Return the tweet text of a message that came without blocks, in Slack's `text` form."""
    return decode((Lines(tuple(_plain_pieces(text))),))


def decode_typed(text: str) -> Decoded:
    """Return the tweet text of what was typed in a window, where only emoji have another form.

    A name that no emoji has may be meant as it stands, so reviewers are told and nobody is stopped.
    """
    decoded = decode_plain(escape(text))
    found = (_as_typed(finding) for finding in decoded.findings)
    return Decoded(decoded.text, tuple(found))


def escape(text: str) -> str:
    """Return text for Slack's `text` fields: nothing in it mentions, links or calls anybody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def guarded(words: str) -> str:
    """Return words of our own for Slack's `text` fields: mentions of people stay, no others."""
    return _OURS.sub(r"<\1>", escape(words))


def encode(text: str) -> list[dict[str, Any]]:
    """Return tweet text as elements of a rich text, in which Slack interprets nothing.

    Characters that a reader could not see are spelled out.
    """
    if not text:
        return [{"type": "text", "text": "(nothing)", "style": {"italic": True}}]
    return [{"type": "text", "text": visible(text)}]


def _as_typed(finding: Finding) -> Finding:
    if finding.rule != EMOJI:
        return finding
    return replace(finding, severity=Severity.WARN, message=f"{finding.message} {_AS_TYPED}")


def _lines(rich: RichText) -> Iterator[str]:
    for place, run in enumerate(rich):
        match run:
            case Lines(found):
                text = "".join(map(_typed, found))
                followed = place + 1 < len(rich)
                yield text.removesuffix("\n") if followed else text
            case Listing(entries, first, indent):
                for number, entry in enumerate(entries):
                    mark = "•" if first is None else f"{first + number}."
                    yield f"{'  ' * indent}{mark} {''.join(map(_typed, entry))}"
            case _:
                assert_never(run)


def _typed(piece: Piece) -> str:
    match piece:
        case Words(text):
            return text
        case Link():
            return _address(piece)
        case Emoji(name, characters):
            return characters or f":{name}:"
        case Mention(shown):
            return shown
        case Strange():
            return "…"
        case _:
            assert_never(piece)


def _address(link: Link) -> str:
    """Return a link as it was typed: without what Slack put before it, or else its address."""
    label = link.label
    if label and (_is_phone(link) or any(_same(link.url, way + label) for way in _BY_SLACK)):
        return label
    return link.url.removeprefix("mailto:")


def _says_otherwise(link: Link) -> bool:
    """Whether a link's label hides where it leads."""
    if not link.label or _is_phone(link):
        return False
    return not any(_same(link.url, way + link.label) for way in ("", "https://", *_BY_SLACK))


def _is_phone(link: Link) -> bool:
    return link.url.startswith("tel:")


def _same(one: str, other: str) -> bool:
    return one.rstrip("/").casefold() == other.rstrip("/").casefold()


def _findings(rich: RichText) -> Iterator[Finding]:
    found = list(pieces(rich))
    if mentioned := _names(piece.shown for piece in found if isinstance(piece, Mention)):
        yield _block(
            MENTION,
            f"Mentions of people, groups and channels ({mentioned}) mean nothing on X. "
            "Please write the name in plain letters.",
        )
    nameless = (p.name for p in found if isinstance(p, Emoji) and not p.characters)
    if emoji := _names(f":{name}:" for name in nameless):
        yield _block(
            EMOJI, f"X does not know the emoji {emoji}. Please use one from the standard set."
        )
    hidden = (p.url for p in found if isinstance(p, Link) and _says_otherwise(p))
    if links := _names(hidden):
        yield _block(
            LINK,
            f"On X a link shows its address and cannot have other words: {links}. "
            "Please write the address itself.",
        )
    if any(isinstance(piece, Strange) for piece in found):
        yield _block(
            STRANGE, "There is something in the message that I cannot read. Please type it as text."
        )
    if styles := _styles(rich, found):
        yield Finding(
            STYLE,
            Severity.WARN,
            f"X has no {' or '.join(styles)}: the words go out plain.",
        )


def _styles(rich: RichText, found: Iterable[Piece]) -> list[str]:
    used = {style for piece in found if isinstance(piece, Words | Link) for style in piece.styles}
    if any(isinstance(run, Lines) and run.kind is Kind.CODE for run in rich):
        used.add(Style.CODE)
    return [name for style, name in _STYLES.items() if style in used]


def _names(names: Iterable[str]) -> str:
    """Return up to three different names, shortened."""
    short = (name if len(name) <= 80 else f"{name[:79]}…" for name in map(clean, names))
    known = list(dict.fromkeys(short))
    return ", ".join(known[:3]) + (" and more" if len(known) > 3 else "")


def _block(rule: str, message: str) -> Finding:
    return Finding(rule, Severity.BLOCK, message)


def _plain_pieces(text: str) -> Iterator[Piece]:
    at = 0
    for match in _MARKUP.finditer(text):
        yield Words(_unescaped(text[at : match.start()]))
        inside = match["inside"]
        yield _named(match) if inside is None else _inside(inside)
        at = match.end()
    yield Words(_unescaped(text[at:]))


def _named(match: re.Match[str]) -> Emoji:
    return Emoji(match["emoji"].strip(":"), characters(match))


def _inside(inside: str) -> Piece:
    """Read what stands between `<` and `>`."""
    address, _, label = inside.partition("|")
    match address[0]:
        case "@":
            return Mention("@…")
        case "#":
            return Mention("#…")
        case "!" if address.startswith("!date^"):
            return Words(_unescaped(label))
        case "!":
            name = address.removeprefix("!")
            return Mention(f"@{name}" if name.isalpha() else "@…")
        case _:
            return Link(_unescaped(address), _unescaped(label) or None)


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda match: _ENTITIES[match.group()], text)
