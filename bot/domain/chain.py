"""Walking the record from its first entry: which one does not fit, and what is wrong with it."""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from bot.domain.audit import GENESIS, AuditAction, Role, encoded, hash_of

StoredEntry = Sequence[Any]
"""An entry as it lies in its table, oldest column first; nothing in it can be trusted to be
of the type that it should be. In the order of `FIELDS`."""

FIELDS = ("sequence", "at", "actor", "role", "action", "draft_id", "fingerprint", "detail",
          "previous", "hash")  # fmt: skip

_ROLES = frozenset(role.value for role in Role)
_ACTIONS = frozenset(action.value for action in AuditAction)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was recorded; `sequence` is the entry where it shows."""

    sequence: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk has seen: how many entries, the last one, the first fault, wanted hashes."""

    entries: int
    last: int
    head: str
    fault: Fault | None
    hashes: Mapping[int, str]


def walk(rows: Iterable[StoredEntry], wanted: Container[int] = ()) -> Walked:
    """Walk the entries in the order of their numbers; remember the hashes of the wanted ones.

    Behind the first fault nothing more is computed: every later hash hangs on the one before.
    """
    entries, last, head, fault = 0, 0, GENESIS, None
    hashes: dict[int, str] = {}
    for row in rows:
        if fault is None:
            fault = _fault(row, head, entries + 1)
        entries, last, head = entries + 1, row[0], row[9]
        if last in wanted:
            hashes[last] = head
    return Walked(entries, last, head, fault, hashes)


def is_itself(row: StoredEntry) -> bool:
    """Whether one entry, taken out of the record, says what its own hash was made of."""
    return bool(row[9] == _hash_of(row[8], row))


def _fault(row: StoredEntry, head: str, expected: int) -> Fault | None:
    sequence, previous, written = row[0], row[8], row[9]
    if sequence > expected:
        words = f"Entry {expected} is missing: entry {sequence} comes in its place."
        return Fault(sequence, words)
    if sequence < expected:
        return Fault(sequence, f"Entry {sequence} stands where entry {expected} should.")
    if previous != head:
        words = (
            f"Entry {sequence} does not continue the one before it: one of the two was replaced, "
            "or entries were deleted, inserted or put in another order."
        )
        return Fault(sequence, words)
    made = _hash_of(head, row)
    if made is None:
        words = f"Entry {sequence} holds what no entry can hold: it was changed by hand."
        return Fault(sequence, words)
    if written != made:
        words = f"Entry {sequence} was changed: its hash does not belong to what it says."
        return Fault(sequence, words)
    return None


def _hash_of(previous: str, row: StoredEntry) -> str | None:
    """Return the hash that an entry must have, None where it holds what no entry can hold."""
    sequence, at, actor, role, action, draft_id, fingerprint, stored, _, _ = row
    try:
        if role not in _ROLES or action not in _ACTIONS:
            return None
        detail = _detail(stored)
        words = (previous, _moment(at), actor, role, action)
        return None if detail is None else hash_of(words, sequence, draft_id, fingerprint, detail)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _moment(at: object) -> str:
    """Return a stored moment as its link holds it."""
    text = str(at)
    if len(text) == len("2026-03-02 09:00:00.000000") and text[10] == " ":  # as SQLite stores it
        return f"{text[:10]}T{text[11:]}+00:00"
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


@lru_cache(maxsize=4096)
def _detail(stored: str) -> str | None:
    """Return a stored detail as its link holds it, None where it is not in the form we write."""
    found = encoded(json.loads(stored))
    if stored != f"{{{', '.join(f'{name}: {value}' for name, value in found)}}}":
        return None
    return f"[{','.join(f'[{name},{value}]' for name, value in found)}]"
