"""When people who are waited for are reminded, and when others are told: pure arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING, EVENING = time(8), time(20)
"""Nobody is reminded outside of these hours of their own day."""


@dataclass(frozen=True, slots=True)
class Reminding:
    """After how long reviewers are reminded, shortest first, and who is told with the last."""

    after: tuple[timedelta, ...] = (timedelta(hours=6), timedelta(hours=24), timedelta(hours=48))
    escalation: frozenset[str] = frozenset()
    of_stage: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Stages that name an escalation group of their own."""

    def told_of(self, stage: str) -> frozenset[str]:
        """Return who is told that a stage keeps a draft waiting."""
        return self.of_stage.get(stage, self.escalation)


def reached(after: tuple[timedelta, ...], waited: timedelta) -> int:
    """Return how many reminders a wait of that length has earned; only the newest is worth saying.

    Whoever was not told the earlier ones (the bot was down) hears one and not three.
    """
    return sum(1 for wait in after if wait <= waited)


def next_reminder(after: tuple[timedelta, ...], since: datetime, now: datetime) -> datetime | None:
    """Return when the next reminder is due for people who are waited for since a moment."""
    return next((since + wait for wait in sorted(after) if since + wait > now), None)


def awake(now: datetime, zone: ZoneInfo) -> datetime:
    """Return now where it is day in a zone, otherwise the morning that comes next there."""
    local = now.astimezone(zone)
    if MORNING <= local.time() < EVENING:
        return now
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, zone).astimezone(now.tzinfo)
