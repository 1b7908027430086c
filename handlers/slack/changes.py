"""What changed in a draft since reviewers looked at it: struck out what went, bold what came."""

from collections.abc import Iterable, Iterator

from bot.domain.card import DraftCard
from bot.domain.difference import Change, Run
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
    return f"The text was changed since version {card.reviewed_revision}, which was reviewed."


def _pieces(runs: tuple[Run, ...]) -> Iterator[tuple[Change, str]]:
    """Yield each stretch as it is shown: of what was kept only what stands beside a change."""
    for at, run in enumerate(runs):
        text = visible(run.text)
        if run.change is Change.KEPT and len(text) > 2 * AROUND:
            before = text[:AROUND] if at else ""
            after = text[-AROUND:] if at < len(runs) - 1 else ""
            text = f"{before} … {after}"
        yield run.change, text


def _fitting(pieces: Iterable[tuple[Change, str]], room: int) -> Iterator[Element]:
    for change, text in pieces:
        if len(text) > room:
            yield _shown(change, text[: max(room - 1, 0)] + "…")
            return
        room -= len(text)
        yield _shown(change, text)


def _shown(change: Change, text: str) -> Element:
    return words(text, bold=change is Change.ADDED, strike=change is Change.REMOVED)
