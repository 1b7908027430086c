"""Writing checkpoints, and posting them where nobody who rewrites the rows can rewrite them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.desk import Desk
from bot.domain.checkpoint import EVERY, Head
from bot.domain.retry import next_call
from bot.errors import ChatError
from bot.ports import Chat
from bot.record.signing import Signer
from storage import audit, checkpoints
from storage.models import CheckpointRow

POSTED = (
    "Checkpoint of the record: entry {sequence}. Keep this message; "
    '`countersign audit verify --anchor "…"` compares the record with its second line.\n`{line}`'
)
ANOTHER_KEY = "the audit key is another one; earlier checkpoints need --trust %s from now on"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Notary:
    """Signs the head of the record and posts it; `channel` is None where nobody wants it posted."""

    desk: Desk
    signer: Callable[[], Signer]
    chat: Chat
    channel: str | None

    def write(self, every: timedelta = EVERY) -> None:
        """Write a checkpoint where the record has grown and the newest one is this old."""
        now = self.desk.clock().replace(microsecond=0)
        with self.desk.write() as session:
            last, newest = audit.head(session), checkpoints.newest(session)
            covered = newest.head.sequence if newest else 0
            if last[0] > covered and (newest is None or now - newest.head.at >= every):
                checkpoint = self.signer().checkpoint(Head(*last, now))
                checkpoints.add(session, checkpoint, self.channel)
                if newest and newest.key != checkpoint.key:
                    _log.warning(ANOTHER_KEY, newest.key)

    def write_last(self) -> None:
        """Write a checkpoint at the end, however young the newest one is, and try to post it."""
        try:
            self.write(timedelta(0))
            while self.step():
                pass
        except Exception:  # noqa: BLE001 - nothing may keep the bot from ending in order
            _log.exception("the last checkpoint was not written; the next start writes one")

    def step(self) -> bool:
        """Post one checkpoint that is owed; False where there is none, or the chat refuses."""
        with self.desk.database.read() as session:
            row = checkpoints.waiting(session, self.desk.clock())
        if row is None:
            return False
        line = checkpoints.as_value(row).line
        try:
            self.chat.announce(row.channel or "", POSTED.format(sequence=row.sequence, line=line))
        except ChatError as error:
            self._later(row, error)
            return False
        self._delivered(row)
        return True

    def _delivered(self, row: CheckpointRow) -> None:
        with self.desk.database.write() as session:
            session.get_one(CheckpointRow, row.sequence).delivered_at = self.desk.clock()

    def _later(self, row: CheckpointRow, error: ChatError) -> None:
        """However often: a checkpoint that nobody has seen proves nothing."""
        _log.warning("checkpoint %s not posted, it is tried again: %s", row.sequence, error)
        with self.desk.database.write() as session:
            stored = session.get_one(CheckpointRow, row.sequence)
            stored.failures += 1
            now = self.desk.clock()
            stored.try_after = next_call(stored.failures, now, error.retry_after)
