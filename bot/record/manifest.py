"""The manifest of an export: what is in the folder, hashed and signed, and whether it still is."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from bot.domain.chain import FIELDS, Fault, is_itself
from bot.errors import DatabaseError
from bot.record.signing import Signer, is_signed

NAME, SIGNATURE = "manifest.json", "manifest.sig"
ENTRIES = "entries.jsonl"
FORM = 1

NONE = "{folder} is no export: there is no readable manifest in it."
NO_KEY = (
    "I do not know whose signature to believe: there is no audit key here. This export says that "
    "it was signed with {key}; if that is yours, name it with --trust."
)
FORGED = "The manifest is not signed by its key: somebody wrote or changed it by hand."
UNKNOWN_KEY = (
    "The manifest is signed with a key that is not known here ({key}). "
    "If it was yours at that time, name it with --trust."
)
CHANGED = "{name} was changed: its hash does not belong to what it says."
MISSING = "{name} is missing."
ADDED = "{name} was added: the manifest does not know it."
ENTRY = "An entry in entries.jsonl (line {line}) does not have the hash that it was recorded with."


@dataclass(frozen=True, slots=True)
class Maker:
    """Writes the files of an export, hashing each."""

    folder: Path
    hashes: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def file(self, name: str) -> Iterator[TextIO]:
        """Open a new file; its hash is taken when it is closed."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        # a lone surrogate cannot be written: the page and the CSV spell it out
        with path.open("x", encoding="utf-8", errors="backslashreplace", newline="") as out:
            yield out
        self.hashes[name] = hash_of(path)

    def write(self, name: str, text: str) -> None:
        """Write a whole file."""
        with self.file(name) as out:
            out.write(text)

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file as it is, piece by piece; one that is there already is not written again."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        if name not in self.hashes:
            with path.open("xb") as out:
                out.writelines(pieces)
            self.hashes[name] = hash_of(path)

    def seal(self, about: Mapping[str, Any], signer: Signer) -> None:
        """Write the manifest over every file that was made, and its signature."""
        manifest = {"form": FORM, **about, "key": signer.key, "files": self.hashes}
        text = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
        self.write(NAME, text)
        self.write(SIGNATURE, signer.sign(text) + "\n")


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found of an export."""

    files: int
    entries: int
    faults: tuple[Fault, ...]


def inspect(
    folder: Path,
    trusted: frozenset[str],
    tick: Callable[[int], None] = lambda _: None,
) -> Inspected:
    """Verify an export without the database; DatabaseError where it cannot be read or believed."""
    text, signature, manifest = _read(folder)
    key = str(manifest.get("key"))
    if not trusted:
        raise DatabaseError(NO_KEY.format(key=key))
    faults = []
    if not is_signed(text, key, signature):
        faults.append(Fault(None, FORGED))
    elif key not in trusted:
        faults.append(Fault(None, UNKNOWN_KEY.format(key=key)))
    hashes = {str(name): str(value) for name, value in manifest["files"].items()}
    for name in sorted(hashes):
        faults += _file_faults(folder, name, hashes[name])
        tick(1)
    there = {str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir()}
    faults += [Fault(None, ADDED.format(name=name))
               for name in sorted(there - set(hashes) - {NAME, SIGNATURE})]  # fmt: skip
    entries, more = _entry_faults(folder)
    return Inspected(len(hashes), entries, (*faults, *more))


def hash_of(path: Path) -> str:
    """Return the SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(folder: Path) -> tuple[str, str, dict[str, Any]]:
    try:
        text = (folder / NAME).read_text(encoding="utf-8")
        signature = (folder / SIGNATURE).read_text(encoding="utf-8").strip()
        manifest = json.loads(text)
        if isinstance(manifest, dict) and isinstance(manifest.get("files"), dict):
            return text, signature, manifest
    except (OSError, ValueError) as error:
        raise DatabaseError(NONE.format(folder=folder)) from error
    raise DatabaseError(NONE.format(folder=folder))


def _file_faults(folder: Path, name: str, expected: str) -> list[Fault]:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        return [Fault(None, MISSING.format(name=name))]
    if hash_of(path) != expected:
        return [Fault(None, CHANGED.format(name=name))]
    return []


def _entry_faults(folder: Path) -> tuple[int, list[Fault]]:
    """Return how many entries there are, and the first that is not what it was."""
    line, path = 0, folder / ENTRIES
    if not path.is_file():
        return 0, []
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line, text in enumerate(lines, 1):
            if not _is_itself(text):
                return line, [Fault(None, ENTRY.format(line=line))]
    return line, []


def _is_itself(text: str) -> bool:
    try:
        fields = json.loads(text)
        return is_itself(tuple(fields[name] for name in FIELDS))
    except (ValueError, KeyError, TypeError):
        return False
