"""Emoji that are typed or picked as words: Slack's `:names:`, and the characters behind them.

A field of a window is plain text, so what a person picks there arrives as its name. Names are those
of the `emoji` package, and Slack's own where these differ: flags, and people at work.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.domain.emojis import is_emoji, sequences

NAME = re.compile(
    r"(?<!\w):(?P<name>(?=[^:\s]*[a-z])[a-z0-9_+'-]{1,100}|[+-]1|100)"
    r"(?::(?P<tone>:skin-tone-[2-6]))?:"
)
"""A name between colons, perhaps with a skin tone; what a time of day is made of is none."""

_TONES = {tone: chr(0x1F3F9 + tone) for tone in range(2, 7)}
_COLOURED = "\ufe0f"
_FLAG = "flag-"
_SEXES = (("male-", "man_"), ("female-", "woman_"))
_SAME = {
    "doctor": "health_worker",
    "man_doctor": "man_health_worker",
    "woman_doctor": "woman_health_worker",
    "man_nurse": "man_health_worker",
    "simple_smile": "slightly_smiling_face",
    "the_horns": "metal",
    "i_love_you_hand_sign": "love-you_gesture",
}


def with_characters(text: str) -> str:
    """Return a text with the characters of the emoji that are named in it; other names stay."""
    return NAME.sub(lambda match: characters(match) or match.group(), text)


def characters(match: re.Match[str]) -> str | None:
    """Return the characters of a `NAME`, None where no emoji is called so."""
    known = _known(match["name"])
    if known is None or match["tone"] is None:
        return known
    coloured = toned(known, int(match["tone"][-1]))
    return coloured if is_emoji(known[0]) and _is_one(coloured) else None


def toned(shown: str, tone: int | None) -> str:
    """Return an emoji in one of Slack's skin tones (2 to 6), as it is where it has one already."""
    modifier = _TONES.get(tone or 0)
    if modifier is None or any(known in shown for known in _TONES.values()):
        return shown
    return shown[0] + modifier + shown[1:].removeprefix(_COLOURED)


@lru_cache(maxsize=1_000)
def _known(name: str) -> str | None:
    import emoji  # a tenth of a second, which most bots and commands need not wait for

    for other in _others(name):
        shown = emoji.emojize(f":{other}:", language="alias")
        if shown != f":{other}:":
            return shown
    return None


def _others(name: str) -> Iterator[str]:
    """Yield a name, and the package's for the same emoji."""
    yield name
    plain = name.removeprefix(_FLAG)
    for theirs, ours in _SEXES:
        plain = ours + plain.removeprefix(theirs) if plain.startswith(theirs) else plain
    plain = plain.replace("-", "_")
    yield plain
    yield _SAME.get(plain, plain)


def _is_one(shown: str) -> bool:
    return sequences(shown) == ((0, len(shown)),)
