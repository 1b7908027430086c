"""A pattern on trial: hostile texts that grow until it is slow, or long enough to be sure.

`patterns.runs_away` sees what has no limit at all. What is merely slow (`.*x.*x.*x`) shows here:
each text is a little longer than the one before, so that the trial itself cannot run away.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

SLOW_S = 0.2
"""Seconds of the processor; a pattern that takes so long for a text that may come is refused."""

_TRIES = 3
"""A pattern is slow that is slow each time: once may be the machine."""

_SURELY_S = 1.0
"""Seconds after which no second time is needed."""

_SHORT = range(4, 40, 2)
_LONG = (64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192)
_UNITS = ("a", "A", "1", " ", "a ", "1 ", "-", ".", "a.", "a-", "\u00e9", "http://a.b/")
_LITERALS = re.compile(r"[A-Za-z]{2,}|[^\w\\]")
_ENDING = "\n!"
_WORDS = 8

Clock = Callable[[], float]


def is_slow(
    pattern: re.Pattern[str], texts: Sequence[str] = (), clock: Clock = time.thread_time
) -> bool:
    """Whether a hostile text makes a pattern slow; `texts` are some that it should match."""
    units = dict.fromkeys((*_UNITS, *_LITERALS.findall(pattern.pattern)[:40]))
    return any(
        _is_slow_for(pattern, hostile, clock)
        for unit in units
        for start in ("", *_starts(texts))
        for hostile in _growing(start, unit)
    )


def _growing(start: str, unit: str) -> Iterator[str]:
    """Yield ever longer texts; behind a start, where a match may already be under way, shorter."""
    for length in (*_SHORT, *(_LONG if not start else _LONG[:4])):
        yield start + (unit * length)[:length] + _ENDING


def _starts(texts: Iterable[str]) -> Iterator[str]:
    """Yield the beginnings of the first text up to each of its first words."""
    for text in tuple(texts)[:1]:
        for word in list(re.finditer(r"\S+", text))[:_WORDS]:
            yield text[: word.end()]


def _is_slow_for(pattern: re.Pattern[str], text: str, clock: Clock) -> bool:
    for _ in range(_TRIES):
        seconds = _seconds(pattern, text, clock)
        if seconds <= SLOW_S or seconds > _SURELY_S:
            return seconds > SLOW_S
    return True


def _seconds(pattern: re.Pattern[str], text: str, clock: Clock) -> float:
    begun = clock()
    for _ in pattern.finditer(text):
        if clock() - begun > SLOW_S:
            break
    return clock() - begun
