"""What posting is likely to cost (docs.x.com, pay-per-use pricing, August 2026)."""

from collections.abc import Iterable

from bot.domain.links import links

PLAIN, WITH_LINK = 15, 200
"""Thousandths of a dollar for one tweet; a link makes it 13 times as dear."""

ALT_TEXT = 5
"""Thousandths of a dollar for saying what one picture shows; the picture itself costs nothing."""


def estimate(texts: Iterable[str], alt_texts: int = 0) -> int:
    """Return the price of posting these tweets, in thousandths of a dollar."""
    return sum(WITH_LINK if links(text) else PLAIN for text in texts) + ALT_TEXT * alt_texts
