"""A text as the rules read it: its prose without links, and its sentences."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]{1,2000}", re.IGNORECASE)
_HANDLE = re.compile(r"[@#]\w+")
# "." ends a sentence only behind three small letters, a number or a bracket and before no small
# letter: not behind "Dr.", "Anna S.", "incl. DM" or "ref. to the clinic"
_END = re.compile(
    r"[!?\n]+|(?<=[a-z]{3}[.])(?<!\bincl[.])(?<!\bcomp[.])(?<!\bhosp[.])(?<!\bappt[.])(?<!\bdept[.])"
    r"\s+(?![a-z])|(?<=[\d)][.])\s+(?=[A-Z])"
)
_GOES_ON = re.compile(
    r"\s*(?:He|She|They|His|Her|Their|Him|Diagnos[ei]s|D[Xx]|DOB|MRN"
    r"|(?:Admitted|Visited|Seen|Treated|Referred|Discharged|Diagnosed|Presented)\b"
    r"(?! (?:by|patients|people|cases)))\b"
)
"""What begins a sentence about somebody who was named before: a pronoun, or nobody at all."""

_FAR = 300
"""Characters beyond which a word says nothing of a span: no sentence of people is longer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text; what is blanked in the other two forms keeps its length, so offsets hold."""

    text: str
    unlinked: str
    """The text without its links."""
    prose: str
    """The text without links, handles and hashtags."""
    starts: tuple[int, ...]
    """Where its sentences begin."""
    _found: dict[re.Pattern[str], list[int]] = field(default_factory=dict)
    """Where the words of each context stand: looked for once, however many spans ask."""

    def around(self, start: int, end: int) -> "Surroundings":
        """Return the sentence of a span, and the next if it goes on about the same person."""
        number = bisect_right(self.starts, start) - 1
        first, last = self.starts[number], max(end, self._end(number))
        if _GOES_ON.match(self.prose, last):
            last = self._end(bisect_right(self.starts, last) - 1)
        return Surroundings(self, max(first, start - _FAR), min(last, end + _FAR))

    def whole(self) -> "Surroundings":
        """Return everything."""
        return Surroundings(self, 0, len(self.prose))

    def places(self, pattern: re.Pattern[str]) -> Sequence[int]:
        """Return where the words of a context stand, in reading order."""
        if pattern not in self._found:
            self._found[pattern] = [found.start() for found in pattern.finditer(self.prose)]
        return self._found[pattern]

    def _end(self, number: int) -> int:
        after = number + 1
        return self.starts[after] if after < len(self.starts) else len(self.text)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The prose around a span, in which words say what the span is."""

    passage: Passage
    first: int
    last: int

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether the words of a context stand there."""
        return self.holds(self.passage.places(pattern))

    def holds(self, places: Sequence[int]) -> bool:
        """Whether one of some places, in reading order, lies there."""
        at = bisect_left(places, self.first)
        return at < len(places) and places[at] < self.last


def read(text: str) -> Passage:
    """Return a text as the rules read it."""
    unlinked = LINK.sub(_blank, text)
    prose = _HANDLE.sub(_blank, unlinked)
    starts = (0, *(found.end() for found in _END.finditer(prose)))
    return Passage(text, unlinked, prose, starts)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
