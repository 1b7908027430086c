"""What a person types becomes what Slack makes of it: `text` and one `rich_text` block."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from bot.sandbox.slack.inline import Inline, Names, escape, parse

_LINE = re.compile(
    r"(?P<indent> *)(?P<marker>[•-] |(?P<number>[1-9]\d{0,2})\. )(?P<entry>.*\S.*)|> ?(?P<quote>.*)"
)
_FENCE = "```"
_SPACES_A_LEVEL = 4


class Kind(StrEnum):
    """What a line belongs to; each kind becomes elements of its own in the block."""

    SECTION = "section"
    BULLETS = "bullet"
    NUMBERS = "ordered"
    QUOTE = "quote"
    CODE = "preformatted"


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line without its marker; `shown` is the marker as Slack's `text` writes it.

    `number` is what an entry of a numbered list was typed with.
    """

    kind: Kind
    text: str
    shown: str = ""
    indent: int = 0
    number: int = 1


@dataclass(frozen=True, slots=True)
class Composed:
    """A message as Slack stores it."""

    text: str
    elements: list[dict[str, Any]]


def compose(typed: str, names: Names) -> Composed:
    """Make Slack's `text` and the elements of a `rich_text` block of what was typed."""
    texts: list[str] = []
    elements: list[dict[str, Any]] = []
    runs = [
        (key, list(run)) for key, run in groupby(_lines(typed), lambda ln: (ln.kind, ln.indent))
    ]
    for place, ((kind, indent), lines) in enumerate(runs):
        parsed = [_pieces(line, names) for line in lines]
        texts.append(_mrkdwn(kind, lines, parsed))
        followed = place + 1 < len(runs)
        element = _element(kind, indent, parsed, followed=followed)
        elements.append(element | _offset(lines[0]))
    return Composed("\n".join(texts), elements)


def _lines(typed: str) -> Iterator[Line]:
    in_code = False
    for line in typed.split("\n"):
        if line.strip() == _FENCE:
            in_code = not in_code
        elif in_code:
            yield Line(Kind.CODE, line)
        else:
            yield _line(line)


def _line(line: str) -> Line:
    match = _LINE.fullmatch(line)
    if match is None:
        return Line(Kind.SECTION, line)
    if match["quote"] is not None:
        return Line(Kind.QUOTE, match["quote"], "&gt; ")
    indent = len(match["indent"]) // _SPACES_A_LEVEL
    if match["number"]:
        number = int(match["number"])
        return Line(Kind.NUMBERS, match["entry"], f"{number}. ", indent, number)
    return Line(Kind.BULLETS, match["entry"], "• ", indent)


def _pieces(line: Line, names: Names) -> list[Inline]:
    if line.kind is Kind.CODE:
        return [Inline({"type": "text", "text": line.text}, escape(line.text))]
    return list(parse(line.text, names))


def _mrkdwn(kind: Kind, lines: list[Line], parsed: list[list[Inline]]) -> str:
    shown = "\n".join(
        " " * (_SPACES_A_LEVEL * line.indent) + line.shown + "".join(p.mrkdwn for p in pieces)
        for line, pieces in zip(lines, parsed, strict=True)
    )
    return f"{_FENCE}{shown}{_FENCE}" if kind is Kind.CODE else shown


def _element(
    kind: Kind, indent: int, parsed: list[list[Inline]], *, followed: bool
) -> dict[str, Any]:
    if kind in (Kind.BULLETS, Kind.NUMBERS):
        entries = [_section(pieces) for pieces in parsed]
        listed = {"style": str(kind), "indent": indent, "border": 0, "elements": entries}
        return {"type": "rich_text_list", **listed}
    pieces = _joined(parsed)
    if kind is Kind.SECTION and followed:  # the break before a list or quote stays in the section
        pieces.append(Inline({"type": "text", "text": "\n"}, "\n"))
    return _section(pieces) | {"type": f"rich_text_{kind}"}


def _offset(first: Line) -> dict[str, int]:
    """Return the field by which Slack keeps that a numbered list does not begin with 1."""
    begins_later = first.kind is Kind.NUMBERS and first.number > 1
    return {"offset": first.number - 1} if begins_later else {}


def _joined(parsed: list[list[Inline]]) -> list[Inline]:
    pieces: list[Inline] = []
    for place, line in enumerate(parsed):
        pieces += [Inline({"type": "text", "text": "\n"}, "\n")] if place else []
        pieces += line
    return pieces


def _section(pieces: list[Inline]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": _merged([p.element for p in pieces])}


def _merged(elements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join neighbouring texts of one style, as Slack does."""
    merged: list[dict[str, Any]] = []
    for element in elements:
        last = merged[-1] if merged else {}
        same = last.get("type") == element["type"] == "text"
        if same and last.get("style") == element.get("style"):
            merged[-1] = last | {"text": last["text"] + element["text"]}
        else:
            merged.append(element)
    return merged
