"""What a check is: a function of a tweet and of parameters that its rule gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.guidelines.texts import Spans
from bot.guidelines.tweet import Seen

Params = Mapping[str, Any]
"""What a rule gives to its check, each of the kind that the check asks for."""


class Kind(StrEnum):
    """What a parameter is: as it stands in the pack, and as the check receives it."""

    WHOLE = "a whole number"
    NUMBER = "a number"
    WORDS = "a list of words"  # a frozenset of str
    LEXICON = "the name of a lexicon"  # a frozenset of its words
    PATTERN = "a pattern"  # compiled


@dataclass(frozen=True, slots=True)
class Check:
    """Finds places in a tweet's text (see `texts.WHOLE` for none); asks for some parameters."""

    find: Callable[[Seen, Params], Spans]
    params: Mapping[str, Kind] = field(default_factory=dict)
    needs_network: bool = False
    """Whether it finds nothing before somebody has looked where the links lead."""
    reads_links: bool = False
    """Whether it judges addresses: then also those to which a link leads."""
