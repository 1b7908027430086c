"""The patterns of rules: lexicons filled in, compiled, and refused where they could run away."""

import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

Lexicons = Mapping[str, tuple[str, ...]]

_NAME = re.compile(r"\{([a-z_]+)\}")
_FEW = 10
"""A group may be repeated so often, whatever is in it: the work stays a small multiple."""

# how `re` itself reads a pattern; there is no public way to ask for it
_parser: Any = import_module("re._parser")


class PatternError(Exception):
    """A pattern cannot be used; the text says why, and what to do."""


def compiled(pattern: str, lexicons: Lexicons, *, known: bool = False) -> re.Pattern[str]:
    """Return a pattern that ignores case, `{name}` standing for a word of that lexicon.

    Of one that is `known` a test has seen to it that it does not run away.
    """
    whole = _NAME.sub(lambda match: _words(match[1], lexicons), pattern)
    try:
        made = re.compile(whole, re.IGNORECASE)
        loose = not known and runs_away(whole)
    except re.error as error:
        raise PatternError(f"the pattern does not compile ({error.msg})") from error
    if loose:
        raise PatternError(
            "the pattern can run away: a repeated group holds another repeat or a choice. "
            "Limit the outer repeat, or make the inner one possessive (`++`, `*+`, `?+`)"
        )
    return made


def runs_away(pattern: str) -> bool:
    """Whether a text could make a pattern try more and more ways to match the same characters.

    That takes a repeat without limit around something that can match in several ways: another
    repeat, or a choice. Possessive repeats and atomic groups never try a second way.
    """
    return _runs_away(_parser.parse(pattern, re.IGNORECASE), inside=False)


def _words(name: str, lexicons: Lexicons) -> str:
    if name not in lexicons:
        raise PatternError(f"there is no lexicon {name!r}")
    return "(?:" + "|".join(lexicons[name]) + ")"


def _runs_away(items: Iterable[Any], *, inside: bool) -> bool:
    return any(_item_runs_away(str(op), value, inside) for op, value in items)


def _item_runs_away(op: str, value: Any, inside: bool) -> bool:
    match op:
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, body = value
            if inside and least != most:
                return True
            return _runs_away(body, inside=inside or most > _FEW)
        case "POSSESSIVE_REPEAT":
            return _runs_away(value[2], inside=False)
        case "ATOMIC_GROUP":
            return _runs_away(value, inside=False)
        case "BRANCH":
            return inside or any(_runs_away(body, inside=False) for body in value[1])
        case "SUBPATTERN":
            return _runs_away(value[3], inside=inside)
        case "ASSERT" | "ASSERT_NOT":
            return _runs_away(value[1], inside=False)
        case "GROUPREF_EXISTS":
            return any(_runs_away(body, inside=inside) for body in value[1:] if body)
    return False
