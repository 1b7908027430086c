"""How hard a text is to read: the Flesch-Kincaid grade of a US school."""

import re

from bot.guidelines.check import Check, Kind, Params
from bot.guidelines.texts import WHOLE, Spans
from bot.guidelines.tweet import Seen

_NAMES = re.compile(r"[@#]\w+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*+")
_SENTENCE_END = re.compile(r"[.!?\n:;]++(?:\s|$)")
_WORDS_IN_IT = re.compile("[A-Za-z]{2}")
_VOWELS = re.compile("[aeiouy]+")
_HEARD_ENDING = re.compile(r"(?:[td]ed|[sxz]es|[cs]hes|ges|ces)$")


def grade(text: str, least: int) -> float | None:
    """Return the school grade of a text, None where it has fewer than `least` words."""
    text = _NAMES.sub(" ", text)
    words = _WORD.findall(text)
    if len(words) < least:
        return None
    count = sum(1 for piece in _SENTENCE_END.split(text) if _WORDS_IN_IT.search(piece))
    each = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / max(1, count) + 11.8 * each - 15.59


def syllables(word: str) -> int:
    """Count a word's syllables: groups of vowels, less an e that nobody hears; at least one."""
    word = re.sub("[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(word))
    if count > 1 and word.endswith("e") and not word.endswith(("le", "ee", "ye")):
        count -= 1
    if count > 1 and word.endswith(("es", "ed")) and not _HEARD_ENDING.search(word):
        count -= 1
    return max(count, 1)


def _hard_to_read(seen: Seen, params: Params) -> Spans:
    found = grade(seen.prose.text, params["min_words"])
    return WHOLE if found is not None and found > params["warn_above"] else ()


CHECKS = {"readability": Check(_hard_to_read, {"warn_above": Kind.WHOLE, "min_words": Kind.WHOLE})}
