"""What the stories share: the core's desk, Slack's client, and the channel of the drafts."""

import logging
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.desk import Desk
from bot.errors import ChatError, RefusedError
from bot.ports import DIRECT, PrivateWord
from bot.workflow.refusing import leave_word
from handlers.slack.client import asking
from handlers.slack.modals import View
from handlers.slack.zones import Zones

SLOW = "Slack did not open the window in time. Please click again."

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Front:
    """One drafts channel of one Slack, in front of one desk."""

    desk: Desk
    client: WebClient
    channel: str
    zones: Zones
    review_channel: str | None = None
    """Where cards stand, if not in the threads of drafts."""

    def open(self, trigger: str, view: View) -> None:
        """Open a modal; RefusedError in words where Slack does not."""
        try:
            with asking():
                self.client.views_open(trigger_id=trigger, view=view)
        except ChatError as error:
            _log.warning("a modal was not opened: %s", error)
            raise RefusedError(SLOW) from None

    def redraw(self, view_id: str, hash_: str, view: View) -> None:
        """Redraw an open modal; what is filled in stays. RefusedError where Slack does not."""
        try:
            with asking():
                self.client.views_update(view_id=view_id, hash=hash_, view=view)
        except ChatError as error:
            _log.warning("a modal was not redrawn: %s", error)
            raise RefusedError(SLOW) from None

    def tell(
        self, key: str, person: str, text: str, channel: str | None, thread_ts: str | None
    ) -> None:
        """Leave word for somebody where they are, on the Home tab by itself; a key is said once."""
        word = PrivateWord(person, channel or DIRECT, thread_ts, text)
        leave_word(self.desk, key, word)
