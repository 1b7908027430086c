"""HTML for the pages of the record: everything that people wrote is escaped, and visible."""

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from bot.domain.marks import visible


def table(caption: str, names: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; its cells are HTML already."""
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    said = f"<caption>{caption}</caption>" if caption else ""
    found = f"<table>{said}<thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>"
    return f'<div class="scroll">{found}</div>'


def bullets(name: str, entries: Iterable[str]) -> str:
    """Return a list of HTML with its heading, nothing where it has no entries."""
    lines = "".join(f"<li>{entry}</li>" for entry in entries)
    return f"<h4>{name}</h4><ul>{lines}</ul>" if lines else ""


def quote(shown: str) -> str:
    """Return what somebody said, HTML already, as a block."""
    return f'<blockquote dir="auto">{shown}</blockquote>'


def spelled(text: str) -> str:
    """Return what somebody wrote, every character of it as one that a reader sees."""
    return escape(visible(text))


def moment(at: datetime | None) -> str:
    """Return a time to the second, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if at else "at an unknown time"
