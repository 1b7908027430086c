"""What changed in a draft since reviewers looked at it: struck out what went, bold what came."""

from collections.abc import Iterable, Iterator

from bot.domain.card import DraftCard
from bot.domain.changes import Change, Fate
from bot.domain.marks import visible
from handlers.slack.elements import Block, Element, line, rich_text, words

AROUND = 30
"""Characters of unchanged text that are shown beside a change."""

LEAST = 100
"""Room below which a list of changes says nothing."""


def blocks(card: DraftCard, room: int) -> list[Block]:
    """Return what changed, within a number of characters; nothing where nobody reviewed before."""
    if not card.changes or room < LEAST:
        return []
    title = f"Changed since version {card.reviewed_revision}: "
    runs = list(_fitting(_pieces(card.changes), room - len(title)))
    return [rich_text(line(words(title, bold=True), *runs))]


def sentence(card: DraftCard) -> str:
    """Return the same in a few words, to be read aloud."""
    if not card.changes:
        return ""
    return f"It was changed since version {card.reviewed_revision}, which was reviewed."


def _pieces(changes: tuple[Change, ...]) -> Iterator[tuple[Fate, str]]:
    """Yield each stretch as it is shown: of what was kept only what stands beside a change."""
    for at, change in enumerate(changes):
        text = visible(change.text)
        if change.fate is Fate.KEPT and len(text) > 2 * AROUND:
            before = text[:AROUND] if at else ""
            after = text[-AROUND:] if at < len(changes) - 1 else ""
            text = f"{before} … {after}"
        yield change.fate, text


def _fitting(pieces: Iterable[tuple[Fate, str]], room: int) -> Iterator[Element]:
    for fate, text in pieces:
        if len(text) > room:
            yield _shown(fate, text[: max(room - 1, 0)] + "…")
            return
        room -= len(text)
        yield _shown(fate, text)


def _shown(fate: Fate, text: str) -> Element:
    return words(text, bold=fate is Fate.ADDED, strike=fate is Fate.REMOVED)
