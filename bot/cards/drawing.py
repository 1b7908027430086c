"""The card loop: redraw what changed, call who is waited for, deliver notices.

Level-triggered: a card that could not be drawn stays older than its row and is drawn later, so a
chat that was down heals by itself.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cards.reading import read_card
from bot.domain.card import DraftCard
from bot.domain.draft import MessageRef
from bot.domain.policy import Policy
from bot.domain.retry import next_call
from bot.errors import ChatError
from bot.ports import Chat, Clock, PrivateWord
from storage import asking, drafts, notices
from storage.database import Database
from storage.models import Notice

GIVE_UP = 5
"""Tries after which a notice that nobody can receive is left where it is (deleted user)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Drawer:
    """One of several card loops; each has its share of drafts and notices."""

    database: Database
    policy: Policy
    clock: Clock
    chat: Chat
    shard: int = 0
    shards: int = 1

    def step(self) -> bool:
        """Draw one card or deliver one notice; False when there is nothing to do now."""
        mine = self.clock(), self.shard, self.shards
        with self.database.read() as session:
            notice = notices.waiting(session, *mine)
            undrawn = None if notice else drafts.undrawn(session, *mine)
        if notice:
            self._deliver(notice)
        elif undrawn:
            self._draw(undrawn)
        return bool(notice or undrawn)

    def _draw(self, draft_id: int) -> None:
        try:
            card = self._read(draft_id)
            ref = self.chat.draw(card)
            self._placed(card, ref)
            link = card.link if card.link and ref == card.card else self.chat.link(ref)
            card = replace(card, card=ref, link=link)
            status = self.chat.follow(card)
            called = self._call(card)
        except ChatError as error:
            self._draw_later(draft_id, error)
        except Exception:  # noqa: BLE001 - a poisoned row must not stop the loop
            _log.exception("the card of draft %s could not be drawn", draft_id)
            self._draw_later(draft_id, ChatError("unforeseen", permanent=True))
        else:
            self._drawn(card, status, called=called)

    def _read(self, draft_id: int) -> DraftCard:
        with self.database.read() as session:
            draft = drafts.get(session, draft_id)
            return read_card(session, draft, self.policy, self.clock())

    def _call(self, card: DraftCard) -> bool:
        """Tell the people whom a revision waits for, once."""
        if not card.missing or card.asked_revision == card.revision_id:
            return False
        self.chat.call(card)
        return True

    def _placed(self, card: DraftCard, ref: MessageRef) -> None:
        """Write down where a new card stands before anything else can fail: there is only one."""
        if ref == card.card:
            return
        with self.database.write() as session:
            draft = drafts.get(session, card.id)
            draft.card_channel, draft.card_ts = ref.channel, ref.ts

    def _drawn(self, card: DraftCard, status: MessageRef | None, *, called: bool) -> None:
        with self.database.write() as session:
            draft = drafts.get(session, card.id)
            draft.drawn_version, draft.card_link = card.version, card.link
            draft.status_ts = status.ts if status else None
            draft.draw_failures, draft.draw_after = 0, None
            if called:
                draft.asked_revision = card.revision_id
                asking.begin(draft, self.clock())

    def _draw_later(self, draft_id: int, error: ChatError) -> None:
        _log.warning("card of draft %s not drawn: %s", draft_id, error)
        with self.database.write() as session:
            draft = drafts.get(session, draft_id)
            draft.draw_failures += 1
            draft.draw_after = self._later(draft.draw_failures, error)

    def _deliver(self, notice: Notice) -> None:
        try:
            self.chat.tell(
                PrivateWord(notice.person, notice.channel, notice.thread_ts, notice.text)
            )
        except ChatError as error:
            self._deliver_later(notice, error)
        except Exception:  # noqa: BLE001 - a poisoned row must not stop the loop
            _log.exception("notice %s could not be delivered", notice.id)
            self._deliver_later(notice, ChatError("unforeseen", permanent=True))
        else:
            self._delivered(notice)

    def _delivered(self, notice: Notice) -> None:
        with self.database.write() as session:
            session.get_one(Notice, notice.id).delivered_at = self.clock()

    def _deliver_later(self, notice: Notice, error: ChatError) -> None:
        _log.warning("notice %s not delivered: %s", notice.id, error)
        with self.database.write() as session:
            row = session.get_one(Notice, notice.id)
            row.failures += 1
            row.try_after = self._later(row.failures, error)
            if error.permanent and row.failures >= GIVE_UP:
                row.given_up_at = self.clock()

    def _later(self, failures: int, error: ChatError) -> datetime:
        return next_call(failures, self.clock(), error.retry_after)
