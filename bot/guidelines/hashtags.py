"""Hashtags: words run together, and too many of them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.domain.tweet import hashtags
from bot.guidelines.check import Check, Kind, Params
from bot.guidelines.texts import Span, Spans
from bot.guidelines.tweet import Seen

_LOWER = re.compile(r"(?<![\w&])#([a-z]++)(?!\w)")
_LONGEST_WORD = 14
_SURELY_SEVERAL = 16
"""A hashtag of so many letters is more than one word, known or not."""


def _run_together(seen: Seen, params: Params) -> Spans:
    return tuple(_deaf_tags(seen.tweet.text, params))


def _deaf_tags(text: str, params: Params) -> Iterator[Span]:
    for match in _LOWER.finditer(text):
        tag = match[1]
        if len(tag) < params["min_len"] or tag in params["single_words"]:
            continue
        if len(tag) >= _SURELY_SEVERAL or len(_split(tag, params["words"])) > 1:
            yield match.span()


@lru_cache(maxsize=4096)
def _split(tag: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the fewest known words that make up a hashtag: mental + health; () for none."""
    best: list[tuple[str, ...] | None] = [(), *[None] * len(tag)]
    for end in range(1, len(tag) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            before, word, now = best[start], tag[start:end], best[end]
            if before is None or word not in known:
                continue
            if now is None or len(before) + 1 < len(now):
                best[end] = (*before, word)
    return best[-1] or ()


def _too_many(seen: Seen, params: Params) -> Spans:
    found = tuple((tag.start, tag.end) for tag in hashtags(seen.tweet.text))
    return found if len(found) > params["max"] else ()


CHECKS = {
    "hashtag_not_camel": Check(
        _run_together,
        {"min_len": Kind.WHOLE, "single_words": Kind.WORDS, "words": Kind.LEXICON},
    ),
    "hashtag_count": Check(_too_many, {"max": Kind.WHOLE}),
}
