"""The checking loop: what needs the network before anybody can decide on a draft.

A step fetches one file from the chat, or looks where one link leads, outside of any transaction,
and writes down what became of it; the last one of a draft makes the revision that people review.
What the chat does not give now is asked for again, for as long as the draft is open.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from sqlmodel import Session

from bot.cards.reading import STUCK
from bot.desk import Desk
from bot.domain.audit import BOT
from bot.domain.cleaning import Cleaned, clean, pieces
from bot.domain.draft import OPEN
from bot.domain.finding import of_chat
from bot.domain.unusable import UnusableError
from bot.errors import ChatError
from bot.following import look_at_one
from bot.ports import Chat
from bot.revising import alt_texts, attached_to, is_void, version, write
from bot.stops import is_out_of_reach
from storage import blobs, contents, drafts, files, findings
from storage.models import SourceFile

LONGEST_WAIT = 300.0
"""Seconds between tries while the chat does not give a file."""

WHY = "its files are here"

IN_MEMORY = 8_000_000
"""So many bytes of a file are held in memory; a longer one stands in a temporary file."""

NOT_STORED = "it was not stored whole"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checker:
    """Fetches what belongs to drafts: one of several, each with its share of the files.

    So a video that takes minutes keeps others back only where they share with it.
    """

    desk: Desk
    chat: Chat
    shard: int = 0
    shards: int = 1

    def step(self) -> bool:
        """Fetch one file or, where none is waiting, look at one link; False where all is seen.

        The first of several looks at links.
        """
        with self.desk.database.read() as session:
            row = files.waiting(session, self.desk.clock(), self.shard, self.shards)
        if row is None:
            return self.shard == 0 and look_at_one(self.desk)
        try:
            with SpooledTemporaryFile(IN_MEMORY) as room:
                self._fetch(row, cast("BinaryIO", room))
        except UnusableError as error:
            self._refused(row, str(error))
        except ChatError as error:
            self._not_fetched(row, error)
        except Exception:  # noqa: BLE001 - a poisoned file must not stop the loop
            _log.exception("file %s could not be read", row.id)
            self._not_fetched(row, ChatError("unforeseen", permanent=False))
        return True

    def _fetch(self, row: SourceFile, file: BinaryIO) -> None:
        """Fetch a file, clean it where it stands, and store it piece by piece."""
        self.chat.fetch(row.ref, file)
        found = clean(file, self.desk.policy.largest_video)
        stored = pieces(file, blobs.PIECE)
        blobs.store(self.desk.database, found.sha256, found.size, stored, found.seconds)
        self._fetched(row, found)

    def _fetched(self, row: SourceFile, found: Cleaned) -> None:
        with self.desk.write() as session:
            kept = session.get_one(SourceFile, row.id)
            if not files.is_waiting(kept):
                return
            if not blobs.is_whole(session, found.sha256):  # somebody removed what nothing named yet
                raise ChatError(NOT_STORED, permanent=False)
            kept.sha256, kept.kind, kept.format = found.sha256, found.kind, found.format
            _complete(self.desk, session, kept)

    def _refused(self, row: SourceFile, why: str) -> None:
        with self.desk.write() as session:
            kept = session.get_one(SourceFile, row.id)
            if files.is_waiting(kept):
                kept.refusal = why
                _complete(self.desk, session, kept)

    def _not_fetched(self, row: SourceFile, error: ChatError) -> None:
        """Ask again later, or not any more where that would not help: then the words say why."""
        if error.permanent:
            self._refused(row, str(error))
            return
        _log.warning("file %s not fetched: %s", row.id, error)
        with self.desk.write() as session:
            kept = session.get_one(SourceFile, row.id)
            kept.failures += 1
            wait = max(error.retry_after, min(2.0 ** min(kept.failures, 10), LONGEST_WAIT))
            kept.try_after = self.desk.clock() + timedelta(seconds=wait)
            if kept.failures == STUCK:
                drafts.touch(session, drafts.get(session, kept.draft_id))


def _complete(desk: Desk, session: Session, row: SourceFile) -> None:
    """Make the revision that people review, once every file of a draft is here or refused."""
    session.flush()
    draft = drafts.get(session, row.draft_id)
    attached = files.current(session, row.draft_id)
    waiting = any(map(files.is_waiting, attached))
    if waiting or row not in attached or draft.state not in OPEN:
        return
    if is_out_of_reach(session, draft) or is_void(session, draft):
        return
    before = drafts.revision(session, draft.revision_id)
    content = contents.loads(before.content)
    said = of_chat(findings.of_revision(session, draft.revision_id))
    new = version(desk, content, said, attached_to(session, draft), alt_texts(session, draft))
    write(desk, session, draft, BOT, before.author, new, WHY)
