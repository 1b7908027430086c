"""How it is written: capitals, emoji, and letters that only look like letters."""

import re
from functools import lru_cache

from bot.domain.emojis import is_emoji, sequences
from bot.guidelines.check import Check, Kind, Params
from bot.guidelines.texts import WHOLE, Spans, blanked
from bot.guidelines.tweet import Seen

_NAMES = re.compile(r"[@#]\w+")
_SIGNS = "\u00a9\u00ae\u2122"
"""Emoji by the letter of the standard, and plain signs to everybody."""
_STYLED = re.compile("[\U0001d400-\U0001d7ff\u24b6-\u24e9\uff21-\uff3a\uff41-\uff5a]+")
"""Mathematical, circled and full-width letters: neither a screen reader nor a check reads them."""


def _all_caps(seen: Seen, params: Params) -> Spans:
    """Find a text of mostly capitals, or a run of capital words that are not all acronyms."""
    text = blanked(seen.prose.text, (match.span() for match in _NAMES.finditer(seen.prose.text)))
    letters = [character for character in text if character.isalpha()]
    share = sum(map(str.isupper, letters)) / max(len(letters), 1)
    if len(letters) >= params["min_letters"] and share > params["ratio"]:
        return WHOLE
    found = (match for match in _run(params["run_words"]).finditer(text) if _shouts(match[0]))
    return tuple(seen.prose.place(match.span()) for match in found)


@lru_cache
def _run(count: int) -> re.Pattern[str]:
    return re.compile(rf"\b[A-Z]{{2,}}+(?:[ ,!]++[A-Z]{{2,}}+\b){{{count - 1},}}")


def _shouts(run: str) -> bool:
    return any(len(word) > 4 for word in re.findall("[A-Z]+", run))


def _emoji_or_styled(seen: Seen, params: Params) -> Spans:
    emoji = _emoji(seen.tweet.text)
    return (emoji if len(emoji) > params["max_emoji"] else ()) + _styled_letters(seen, {})


def _emoji(text: str) -> Spans:
    """Return the emoji that X draws in colour, one span for each picture."""
    if text.isascii():
        return ()
    several = sequences(text)
    rest = blanked(text, several)
    single = ((at, at + 1) for at, character in enumerate(rest) if character not in _SIGNS)
    return tuple(sorted((*several, *(span for span in single if is_emoji(rest[span[0]])))))


def _styled_letters(seen: Seen, _: Params) -> Spans:
    return tuple(match.span() for match in _STYLED.finditer(seen.tweet.text))


CHECKS = {
    "all_caps": Check(
        _all_caps,
        {"min_letters": Kind.WHOLE, "ratio": Kind.NUMBER, "run_words": Kind.WHOLE},
    ),
    "emoji_or_styled": Check(_emoji_or_styled, {"max_emoji": Kind.WHOLE}),
    "styled_letters": Check(_styled_letters),
}
