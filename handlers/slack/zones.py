"""Whose clock a time in words is read by: the zone of a person's Slack profile, for an hour."""

import logging
import time
from dataclasses import dataclass, field
from threading import Lock
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk import WebClient

from bot.errors import ChatError
from handlers.slack import answers
from handlers.slack.client import answer, asking

KEPT_S = 3600.0
"""How long a zone is believed: people travel, but not within an hour."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones of people, asked for when they are needed."""

    client: WebClient
    _known: dict[str, tuple[float, ZoneInfo]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, person: str) -> ZoneInfo | None:
        """Return a person's zone, None where Slack does not say one that is known here."""
        with self._lock:
            at, zone = self._known.get(person, (0.0, None))
        if zone is not None and time.monotonic() - at < KEPT_S:
            return zone
        found = self._ask(person)
        if found is not None:
            with self._lock:
                self._known[person] = (time.monotonic(), found)
        return found

    def _ask(self, person: str) -> ZoneInfo | None:
        try:
            with asking():
                name = answers.zone_name(answer(self.client.users_info(user=person)))
            return ZoneInfo(name) if name else None
        except (ChatError, ZoneInfoNotFoundError, ValueError) as error:
            _log.warning("the zone of %s is not known: %s", person, error)
            return None
