"""Verifying the record: the chain, the texts it speaks of, and checkpoints from within and without.

Nothing is changed, and nobody is asked but the rows.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from sqlmodel import Session

from bot.domain.audit import AuditAction
from bot.domain.chain import Fault, StoredEntry, Walked, walk
from bot.domain.checkpoint import Checkpoint
from bot.domain.content import Content
from bot.domain.fingerprint import fingerprint
from bot.domain.quorum import Decision
from bot.errors import DatabaseError
from bot.record.pictures import Pictures
from bot.record.signing import is_signed
from storage import audit, checkpoints, contents, selecting

T = TypeVar("T")

Tick = Callable[[int], None]
"""Is told how many entries, and then texts, were seen since the last time."""

_STRIDE = 5_000
_WRITTEN = (AuditAction.DRAFT_SUBMIT.value, AuditAction.DRAFT_REVISE.value)
_DECIDED = {f"review:{decision}": decision.value for decision in Decision}

NO_KEY = (
    "I do not know whose signature to believe: there is no audit key here. "
    "Name the public one with --trust; it stands in every posted checkpoint behind key=."
)
UNKNOWN_KEY = (
    "The {what} is signed with a key that is not known here ({key}). "
    "If it was yours at that time, name it with --trust."
)
FORGED = "The {what} is not signed by its key: somebody wrote or changed it by hand."
CUT_OFF = (
    "The record ends at entry {last}, but the {what} has seen entry {sequence}: "
    "its tail was cut off, or the database was replaced by an older copy."
)
REWRITTEN = "Entry {sequence} is not the one that the {what} has seen: the record was rewritten."
OTHER_DECISIONS = "The stored decisions on draft {draft} are not those that were recorded."
OTHER_TEXT = "The stored text of draft {draft}, version {number}, is not the one that was recorded."


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification has found; whole where there are no faults."""

    entries: int
    head: str
    checkpoints: int
    anchors: int
    newest: Checkpoint | None
    faults: tuple[Fault, ...]


def verify(
    session: Session,
    trusted: frozenset[str],
    anchors: Sequence[Checkpoint] = (),
    tick: Tick = lambda _: None,
) -> Report:
    """Verify the whole record; DatabaseError where nobody's signature can be believed."""
    written = checkpoints.every(session)
    if (written or anchors) and not trusted:
        raise DatabaseError(NO_KEY)
    spoken = _Spoken()
    wanted = frozenset(c.head.sequence for c in (*written, *anchors))
    walked = walk(spoken.noting(counted(audit.entries(session), tick)), wanted)
    faults = [walked.fault] if walked.fault else []
    for kept, what in ((written, "checkpoint in the database"), (anchors, "checkpoint you gave")):
        for checkpoint in kept:
            faults += signature_faults(checkpoint, trusted, what)
            faults += _head_faults(checkpoint, walked, what)
    pictures = Pictures()
    texts = counted(selecting.every_text(session), tick)
    faults += spoken.text_faults(texts, pictures)
    faults += [*spoken.decision_faults(session), *pictures.faults(session)]
    newest = written[-1] if written else None
    return Report(walked.entries, walked.head, len(written), len(anchors), newest, tuple(faults))


def counted(rows: Iterable[T], tick: Tick) -> Iterator[T]:
    """Yield what comes, telling now and then how far it is."""
    number = 0
    for number, row in enumerate(rows, 1):
        yield row
        if number % _STRIDE == 0:
            tick(_STRIDE)
    tick(number % _STRIDE)


def signature_faults(checkpoint: Checkpoint, trusted: frozenset[str], what: str) -> list[Fault]:
    """Return what is wrong with who signed a checkpoint."""
    if not is_signed(checkpoint.statement, checkpoint.key, checkpoint.signature):
        return [Fault(checkpoint.head.sequence, FORGED.format(what=what))]
    if checkpoint.key not in trusted:
        words = UNKNOWN_KEY.format(what=what, key=checkpoint.key)
        return [Fault(checkpoint.head.sequence, words)]
    return []


def _head_faults(checkpoint: Checkpoint, walked: Walked, what: str) -> list[Fault]:
    sequence = checkpoint.head.sequence
    if sequence > walked.last:
        words = CUT_OFF.format(last=walked.last, what=what, sequence=sequence)
        return [Fault(sequence, words)]
    if walked.hashes.get(sequence) != checkpoint.head.hash:
        return [Fault(sequence, REWRITTEN.format(what=what, sequence=sequence))]
    return []


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What the record speaks of: texts that were written or purged, and decisions."""

    written: set[tuple[int, str]] = field(default_factory=set)
    purged: set[int] = field(default_factory=set)
    decided: Counter[selecting.Decided] = field(default_factory=Counter)

    def noting(self, rows: Iterable[StoredEntry]) -> Iterator[StoredEntry]:
        """Yield what comes, noting what it speaks of."""
        for row in rows:
            actor, action, draft_id = row[2], row[4], row[5]
            if action in _WRITTEN:
                self.written.add((draft_id, row[6]))
            elif action in _DECIDED:
                self.decided[draft_id, actor, _DECIDED[action], *_answered(row[7])] += 1
            elif action == AuditAction.DRAFT_PURGE.value:
                self.purged.add(draft_id)
            yield row

    def text_faults(
        self, texts: Iterable[selecting.StoredText], pictures: Pictures
    ) -> Iterator[Fault]:
        """Yield which stored texts are not those that were recorded; note their pictures."""
        for draft_id, number, stored, written in texts:
            content = _content(stored)
            if content is not None:
                pictures.note(draft_id, content)
                is_itself = fingerprint(content) == written
            else:
                is_itself = stored == "" and draft_id in self.purged
            if not is_itself or (draft_id, written) not in self.written:
                yield Fault(None, OTHER_TEXT.format(draft=draft_id, number=number))

    def decision_faults(self, session: Session) -> Iterator[Fault]:
        """Yield of which drafts the stored decisions are not those that were recorded."""
        decided = selecting.count_reviews(session)
        odd = decided.items() ^ self.decided.items()
        for draft_id in sorted({draft_id for (draft_id, *_), _ in odd}):
            yield Fault(None, OTHER_DECISIONS.format(draft=draft_id))


@lru_cache(maxsize=4096)
def _answered(detail: object) -> tuple[str, str]:
    """Return the rules that an entry says were acknowledged and attested."""
    try:
        said = json.loads(str(detail))
        return str(said.get("acknowledged", "")), str(said.get("attested", ""))
    except (ValueError, AttributeError):
        return "", ""


def _content(stored: str) -> Content | None:
    """Return a stored content, None where it is none or was removed."""
    try:
        return contents.loads(stored) if stored else None
    except (ValueError, TypeError, KeyError):
        return None
