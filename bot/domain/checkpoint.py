"""A checkpoint: what the record looked like at one moment, in a line that can be kept elsewhere.

Whoever can rewrite the database cannot rewrite a line in the chat. The head's hash stands for
every entry up to it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EVERY = timedelta(days=1)
"""How long the record may go on without a checkpoint."""

NOT_WHOLE = "A checkpoint is not whole: please paste its line from the first word to the last."

_BEGIN = "countersign-checkpoint/"
_LINE = re.compile(
    r"countersign-checkpoint/1\s+entry=(?P<sequence>[0-9]{1,18})\s+head=(?P<head>[0-9a-f]{64})\s+"
    r"at=(?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\s+"
    r"key=(?P<key>[0-9A-Za-z_-]{43})\s+signature=(?P<signature>[0-9A-Za-z_-]{86})(?![0-9A-Za-z_-])"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of the record at a moment."""

    sequence: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A head, signed; `key` is the public key, both in base64 for addresses (RFC 4648 § 5)."""

    head: Head
    key: str
    signature: str

    @property
    def statement(self) -> str:
        """What the signature is over."""
        return statement(self.head, self.key)

    @property
    def line(self) -> str:
        """The checkpoint as it is posted and pasted."""
        return f"{self.statement} signature={self.signature}"


def statement(head: Head, key: str) -> str:
    """Return what is signed: one line, the same in every version of this program."""
    at = f"{head.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return f"countersign-checkpoint/1 entry={head.sequence} head={head.hash} at={at} key={key}"


def checkpoints_in(text: str) -> tuple[Checkpoint, ...]:
    """Return every checkpoint in a text, whatever stands around it.

    ValueError where one was begun that is not whole: nobody may believe that it was checked.
    """
    found = tuple(map(_read, _LINE.finditer(text)))
    if len(found) != text.count(_BEGIN):
        raise ValueError(NOT_WHOLE)
    return found


def _read(match: re.Match[str]) -> Checkpoint:
    moment = datetime.fromisoformat(match["at"])  # ValueError where a digit was changed
    head = Head(int(match["sequence"]), match["head"], moment)
    return Checkpoint(head, match["key"], match["signature"])
