"""What posting is likely to cost (docs.x.com, pay-per-use pricing, August 2026)."""

from collections.abc import Iterable

from bot.domain.links import links

PLAIN, WITH_LINK, ANSWER = 15, 200, 10
"""Thousandths of a dollar for one tweet; a link makes it 13 times as dear.

An answer to somebody who mentioned the account costs less, unless it has a link.
"""

ALT_TEXT = 5
"""Thousandths of a dollar for saying what one picture shows; the picture itself costs nothing."""


def estimate(texts: Iterable[str], alt_texts: int = 0, *, answers: bool = False) -> int:
    """Return the price of posting these tweets, in thousandths of a dollar.

    `answers` says that the first of them answers somebody.
    """
    tweets = sum(_of(text, answers=answers and not n) for n, text in enumerate(texts))
    return tweets + ALT_TEXT * alt_texts


def _of(text: str, *, answers: bool) -> int:
    if links(text):
        return WITH_LINK
    return ANSWER if answers else PLAIN
