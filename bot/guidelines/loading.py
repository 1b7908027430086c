"""The packs that come with us, and a team's own file beside them."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from bot.guidelines.judging import Choices, Guidelines, in_force, objections
from bot.guidelines.patterns import Lexicons
from bot.guidelines.reading import Source, read_packs
from bot.guidelines.rule import Pack

Objections = list[tuple[str, str]]
"""Words of the policy file, and what is wrong with them."""


def load(
    choices: Choices, own: Path | None, mistakes: list[str], refused: Objections
) -> Guidelines:
    """Return a team's guidelines; a line is added for each mistake in its rules or choices."""
    packs, lexicons, found = read_packs(_sources(own, mistakes))
    mistakes.extend(found)
    refused.extend(objections(packs, choices))
    return in_force(packs, lexicons, choices)


@lru_cache(maxsize=1)
def standard() -> Guidelines:
    """Return our own packs, every rule at its ordinary weight."""
    packs, lexicons, _ = our_packs()
    return in_force(packs, lexicons, Choices())


@lru_cache(maxsize=1)
def our_packs() -> tuple[tuple[Pack, ...], Lexicons, Sequence[str]]:
    """Return the packs that come with us; there are no mistakes in them, and a test sees to it."""
    return read_packs(_our_sources())


def _our_sources() -> list[Source]:
    folder = files(__package__).joinpath("packs")
    found = sorted(folder.iterdir(), key=lambda file: file.name)
    return [
        Source(file.name, file.read_text(encoding="utf-8"), ours=True)
        for file in found
        if file.name.endswith(".yaml")
    ]


def _sources(own: Path | None, mistakes: list[str]) -> list[Source]:
    sources = _our_sources()
    if own is not None:
        try:
            sources.append(Source(str(own), own.read_text(encoding="utf-8")))
        except OSError as error:
            mistakes.append(f"{own} cannot be read ({error.strerror}).")
        except UnicodeDecodeError:
            mistakes.append(f"{own} is not text in UTF-8.")
    return sources
