"""A second look for names, by a spaCy model that the operator installs; the only user of spaCy.

spaCy is imported when a model is first needed: whoever wants none neither waits for it nor has it.
"""

import hashlib
import logging
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from bot.errors import NamesError, SettingsError
from bot.guidelines import Guidelines

if TYPE_CHECKING:
    from spacy.language import Language

PATIENCE_S = 1.5
"""How long a text may take; a longer look counts as failed. The chat waits for three seconds."""

LABELS = frozenset({"PERSON", "PER"})
"""What models call people: those that learned from OntoNotes, and those from Wikipedia."""

_LINE = re.compile(r"[^\r\n]{1,1000}(?=\s|$)|[^\r\n]{1,1000}")
"""What is looked at in one go: a line, or as much of it as ends with a word."""

_HALF = re.compile("[\ud800-\udfff]")
"""Halves of a character, which no model can read."""

_KNOWN = 2_000
"""Lines whose names are remembered, since a text is judged whole, by parts and again."""

NOT_INSTALLED = (
    "names_model: spaCy is not installed. Install the extra, `pip install 'countersign[ner]'`, and "
    "a model; or take names_model out of countersign.toml."
)
NOT_FOUND = (
    "names_model: there is no model {name!r}. Install its package into the environment of the "
    "bot, or name the folder that holds its config.cfg."
)
BROKEN = (
    "names_model: the model {name!r} cannot be used ({why}). Install one that is made for spaCy "
    "{version}, or take names_model out of countersign.toml."
)
NO_PEOPLE = "it has no label PERSON or PER"

Spans = tuple[tuple[int, int], ...]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class NamesModel:
    """A loaded model; one text at a time, since spaCy promises nothing to several threads."""

    language: "Language"
    mark: str
    """Name and version of the model, what its files say, and the version of spaCy."""
    patience: float = PATIENCE_S
    _lock: Lock = field(default_factory=Lock)
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _known: OrderedDict[bytes, Spans] = field(default_factory=OrderedDict)
    """By keyed hash of the line: no text stays here."""

    def find(self, text: str) -> Spans:
        """Return where people are named; see `ports.FindPeople`."""
        end = time.monotonic() + self.patience
        if not self._lock.acquire(timeout=self.patience):
            raise NamesError("The model is busy.")
        try:
            return tuple(self._found(text, end))
        except NamesError as error:
            _log.error("names could not be looked for: %s", error)
            raise
        except Exception as error:  # noqa: BLE001 - whatever a model does, its text is refused
            _log.error("names could not be looked for: %s", type(error).__name__)
            raise NamesError("The model failed.") from None
        finally:
            self._lock.release()

    def _found(self, text: str, end: float) -> Iterator[tuple[int, int]]:
        for line in _LINE.finditer(text):
            for first, last in self._in_line(line[0]):
                yield line.start() + first, line.start() + last
            if time.monotonic() > end:
                raise NamesError("The text takes too long.")

    def _in_line(self, line: str) -> Spans:
        key = hashlib.blake2b(line.encode("utf-8", "surrogatepass"), key=self._key).digest()
        if key not in self._known:
            self._known[key] = self._asked(line) if line.strip() else ()
            if len(self._known) > _KNOWN:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]

    def _asked(self, line: str) -> Spans:
        with self.language.memory_zone():  # its words are forgotten with it
            found = self.language(_HALF.sub(" ", line)).ents
            return tuple((one.start_char, one.end_char) for one in found if one.label_ in LABELS)


def with_names(guidelines: Guidelines, name: str) -> Guidelines:
    """Return the guidelines with a look by a model, if one is named; SettingsError."""
    if not name:
        return guidelines
    model = load(name)
    return guidelines.with_people(model.find, model.mark)


def with_names_late(guidelines: Guidelines, name: str) -> Guidelines:
    """Return the same, but load the model when the first text is looked at; NamesError then."""
    return guidelines.with_people(_late(name), name) if name else guidelines


def load(name: str) -> NamesModel:
    """Return a model, by the name of its package or the path of its folder; SettingsError."""
    try:
        import spacy
    except ImportError as error:
        raise SettingsError(NOT_INSTALLED) from error
    try:
        language = spacy.load(name)
        mark = _mark(language)
    except OSError as error:
        raise SettingsError(NOT_FOUND.format(name=name)) from error
    except Exception as error:
        raise _broken(name, type(error).__name__) from error
    if not LABELS & {label for labels in language.pipe_labels.values() for label in labels}:
        raise _broken(name, NO_PEOPLE)
    return NamesModel(language, mark)


def _late(name: str) -> Callable[[str], Spans]:
    loaded: list[NamesModel] = []

    def find(text: str) -> Spans:
        try:
            loaded[:] = loaded or [load(name)]
        except SettingsError as error:
            raise NamesError(str(error)) from error
        return loaded[0].find(text)

    return find


def _broken(name: str, why: str) -> SettingsError:
    return SettingsError(BROKEN.format(name=name, why=why, version=version("spacy")))


def _mark(language: "Language") -> str:
    """Return what a model is called, with a hash of its files: a version is only what they say."""
    meta = language.meta
    digest = hashlib.sha256()
    for path in sorted(one for one in Path(language.path).rglob("*") if one.is_file()):
        digest.update(path.relative_to(language.path).as_posix().encode() + b"\0")
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    named = f"{meta['lang']}_{meta['name']} {meta['version']}+{digest.hexdigest()[:8]}"
    return f"{named} on spaCy {version('spacy')}"
