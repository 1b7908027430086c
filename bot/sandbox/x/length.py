"""How long X takes a tweet to be (twitter-text v3 config: weights in hundredths)."""

import unicodedata

import emoji

from bot.sandbox.x import links

LIMIT = 280
PREMIUM_LIMIT = 25_000
URL_WEIGHT = 2300
_EMOJI_WEIGHT = 200
_HEAVY = 200
_LIGHT = 100
_LIGHT_RANGES = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
INVALID = "\ufffe\ufeff\uffff"


def normal(text: str) -> str:
    """Answer the text as X counts and compares it: NFC, without white space around it."""
    return unicodedata.normalize("NFC", text).strip()


def weighted(text: str) -> int:
    """Answer the weighted length of a text: links 23, an emoji 2, most of Latin 1, others 2."""
    text = unicodedata.normalize("NFC", text)
    weight, at = 0, 0
    for span in links.find(text):
        weight += _plain(text[at : span.start]) + URL_WEIGHT
        at = span.end
    return (weight + _plain(text[at:])) // 100


def _plain(text: str) -> int:
    weight, at = 0, 0
    for found in emoji.emoji_list(text):
        weight += sum(map(_char, text[at : found["match_start"]])) + _EMOJI_WEIGHT
        at = found["match_end"]
    return weight + sum(map(_char, text[at:]))


def _char(char: str) -> int:
    point = ord(char)
    return _LIGHT if any(low <= point <= high for low, high in _LIGHT_RANGES) else _HEAVY
