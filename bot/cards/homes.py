"""The Home loop: tabs that somebody opened lately are drawn again when the record has grown.

Level-triggered as cards are: a tab shows a moment of the record, and is stale while the record is
newer. It is bounded: one redrawing a person in a while, none where nothing they see changed, none
for whoever has not looked for an hour.
"""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.cards.agenda import read_home
from bot.domain.home import Home
from bot.domain.policy import Policy
from bot.domain.retry import next_call
from bot.errors import ChatError
from bot.ports import Chat, Clock
from storage import agenda, people
from storage.database import Database
from storage.models import HomeTab

RECENT = timedelta(hours=1)
"""So long after it was opened a tab follows what happens."""

REST = timedelta(seconds=5)
"""Between two redrawings of one tab."""

ZONE_HOLDS = timedelta(days=1)
"""Before the chat is asked again where somebody lives."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HomeDrawer:
    """Draws one stale Home tab in each step."""

    database: Database
    policy: Policy
    clock: Clock
    chat: Chat

    def step(self) -> bool:
        """Draw the tab that is stale for longest; False when there is none now."""
        now = self.clock()
        with self.database.read() as session:
            mark = agenda.mark(session)
            tab = people.stale_home(
                session, mark, now, opened_after=now - RECENT, drawn_before=now - REST
            )
        if tab is None:
            return False
        try:
            self._learn_zone(tab.person, now)
            self._draw(tab, mark, now)
        except ChatError as error:
            self._later(tab, error, now)
        except Exception:  # noqa: BLE001 - a poisoned row must not stop the loop
            _log.exception("a Home tab could not be drawn")
            self._later(tab, ChatError("unforeseen", permanent=True), now)
        return True

    def _draw(self, tab: HomeTab, mark: int, now: datetime) -> None:
        with self.database.read() as session:
            home = read_home(session, tab.person, self.policy, now)
        digest = _digest(home)
        if digest != tab.digest:
            self.chat.show_home(home)
        with self.database.write() as session:
            row = session.get_one(HomeTab, tab.person)
            if row.opened_at == tab.opened_at:  # else it was opened anew meanwhile
                row.drawn_mark, row.drawn_at, row.digest = mark, now, digest
                row.failures, row.draw_after = 0, None

    def _learn_zone(self, person: str, now: datetime) -> None:
        """Ask the chat where somebody lives, once in a while; without an answer it goes on."""
        with self.database.read() as session:
            asked = people.asked_at(session, person)
        if asked is not None and now - asked < ZONE_HOLDS:
            return
        try:
            name = self.chat.zone_of(person)
        except ChatError as error:
            _log.warning("nobody says where somebody lives: %s", error)
            return
        with self.database.write() as session:
            people.note_zone(session, person, name if _is_zone(name) else None, now)

    def _later(self, tab: HomeTab, error: ChatError, now: datetime) -> None:
        _log.warning("a Home tab was not drawn: %s", error)
        with self.database.write() as session:
            row = session.get_one(HomeTab, tab.person)
            row.failures += 1
            row.draw_after = next_call(row.failures, now, error.retry_after)


def _is_zone(name: str | None) -> bool:
    try:
        return name is not None and bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError):
        return False


def _digest(home: Home) -> str:
    return hashlib.sha256(repr(home).encode("utf-8", "surrogatepass")).hexdigest()
