"""One account's lane: a step handles one row and says whether it did work.

Every account has a lane of its own, so that one that hangs does not delay another.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.desk import Desk, record
from bot.domain.audit import BOT, AuditAction
from bot.domain.publication import AttemptState, PublicationAction, PublicationState
from bot.ports import Publisher
from bot.publishing.doubt import resolve
from bot.publishing.endings import doubt
from bot.publishing.removal import take_down
from bot.publishing.sending import publish
from storage import attempts, drafts, publications
from storage.models import Publication

POISON_WAIT = timedelta(minutes=1)
"""How long a row rests that made a step fail in a way nobody foresaw."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lane:
    """The publishing loop of one account."""

    desk: Desk
    account: str
    publisher: Publisher

    def step(self) -> bool:
        """Handle the account's most urgent row; False when nothing is due."""
        now, claims = self.desk.clock(), self.desk.caught_up
        with self.desk.database.read() as session:
            left_behind = publications.expired(session, self.account, now)
            row = publications.next_waiting(session, self.account, now, claims=claims)
        if left_behind:
            recover(self.desk, self.account)
            return True
        if row is None:
            return False
        try:
            self._step(row)
        except Exception:  # noqa: BLE001 - a poisoned row must not stop the lane
            _log.exception("publication %s could not be handled and rests a minute", row.id)
            _rest(self.desk, row.id or 0)
        return True

    def _step(self, row: Publication) -> None:
        row_id = row.id or 0
        match row.state:
            case PublicationState.SCHEDULED:
                publish(self.desk, self.publisher, row_id)
            case PublicationState.IN_DOUBT:
                resolve(self.desk, self.publisher, row_id)
            case _:
                take_down(self.desk, self.publisher, row_id)


def recover(desk: Desk, account: str) -> None:
    """Take over what a process left behind whose lease has run out."""
    now = desk.clock()
    with desk.write() as session:
        for publication in publications.expired(session, account, now):
            _take_over(session, publication, now)


def _take_over(session: Session, publication: Publication, now: datetime) -> None:
    """With an open attempt nobody knows whether X has it; without one the way simply goes on."""
    draft = drafts.get(session, publication.draft_id)
    attempt = attempts.open_of(session, publication.id or 0)
    left = "a call without an answer" if attempt else "nothing under way"
    record(session, now, BOT, AuditAction.PUBLICATION_RECOVER, draft, left=left)
    if attempt is None:
        publications.move(session, publication, PublicationAction.REQUEUE, next_at=now)
        drafts.touch(session, draft)
        return
    attempt.state, attempt.answered_at = AttemptState.UNKNOWN, now
    attempt.detail = "The process ended before the answer was written down."
    session.add(attempt)
    session.flush()
    doubt(session, draft, publication, attempt.detail, now)


def _rest(desk: Desk, publication_id: int) -> None:
    with desk.write() as session:
        publication = publications.get(session, publication_id)
        if publication.next_at is not None:
            publication.next_at = desk.clock() + POISON_WAIT
