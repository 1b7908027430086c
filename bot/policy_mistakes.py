"""What is wrong with countersign.toml, as a person finds it."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from bot.guidelines_file import line_of


def mistakes_of(error: ValidationError, text: str) -> Iterator[str]:
    """Yield the mistakes; a list that is too short only because of a wrong member is none."""
    mistakes = error.errors()
    places = [mistake["loc"] for mistake in mistakes]
    for mistake in mistakes:
        place = mistake["loc"]
        if not any(other[: len(place)] == place for other in places if len(other) > len(place)):
            line = line_of(text, mistake["input"]) if place[:1] == ("guidelines",) else ""
            yield f"{line}: {_place(place)}: {mistake['msg'].removeprefix('Value error, ')}."


def _place(location: tuple[Any, ...]) -> str:
    """Return a place as a person finds it: `stages → number 2 → people`."""
    words = [f"number {step + 1}" if isinstance(step, int) else str(step) for step in location]
    return " → ".join(words) or "the file"
