"""What posting is likely to cost (docs.x.com, pay-per-use pricing, August 2026)."""

from collections.abc import Iterable

from bot.domain.links import links

PLAIN, WITH_LINK, ANSWER = 15, 200, 10
"""Thousandths of a dollar for one tweet; a link makes it 13 times as dear.

An answer to somebody who mentioned the account costs less, unless it has a link.
"""


def estimate(texts: Iterable[str], *, answers: bool = False) -> int:
    """Return the price of posting these tweets, in thousandths of a dollar.

    `answers` says that the first of them answers somebody.
    """
    return sum(_of(text, answers and not place) for place, text in enumerate(texts))


def _of(text: str, answers: bool) -> int:
    if links(text):
        return WITH_LINK
    return ANSWER if answers else PLAIN
