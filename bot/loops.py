"""Every loop of the bot: what a step does, how long it rests, when it gives way to clicks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.cards.drawing import Drawer
from bot.cards.homes import HomeDrawer
from bot.checks import Checker
from bot.desk import Desk
from bot.heartbeat import Loop
from bot.ports import Chat, Publisher
from bot.publishing.lane import Lane
from bot.record.checkpoints import Notary
from bot.reminders import Reminders
from bot.workflow.occurring import Occurrences

DRAWERS = 4
"""Card loops side by side: Slack answers slowly, and cards do not depend on one another."""

DRAWER_REST_S = 0.1
"""Before each card or notice: clicks come first, and a redraw covers all that came meanwhile."""

LANE_REST_S = 0.02
"""Before each look that no alarm asked for: commits come in bursts."""

CHAT_REST_S = 0.2

HOME_REST_S = 0.2
"""Before each Home tab: whoever opens it waits for so long."""

REMINDER_REST_S = 1.0

CHECKERS = 3
"""Checking loops side by side: a video takes minutes to fetch, and files do not depend."""

CHECK_REST_S = 0.05
"""Before each file: clicks come first."""

CHECKPOINT_REST_S = 1.0


class Front(Protocol):
    """Where clicks come from."""

    def is_crowded(self) -> bool:
        """Whether so many clicks wait that everything else makes room."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the loops work with beside the desk."""

    chat: Chat
    notary: Notary
    publishers: Mapping[str, Publisher]
    read_chat: Callable[[], bool]
    """One look whether something was missed, and has to be read again."""


def every_loop(desk: Desk, around: Around, front: Front) -> Iterator[Loop]:
    """Yield the loops, the slow ones first."""
    busy = front.is_crowded
    homes = HomeDrawer(desk.database, desk.policy, desk.clock, around.chat)
    again = Occurrences(desk, around.chat)
    yield Loop("homes", homes.step, HOME_REST_S, busy, prompt=False)
    yield Loop("reminders", Reminders(desk).step, REMINDER_REST_S, busy, prompt=False)
    yield Loop("recurrences", again.step, CHAT_REST_S, busy, prompt=False)
    yield Loop("chat", around.read_chat, CHAT_REST_S, prompt=False)
    for n in range(CHECKERS):
        checker = Checker(desk, around.chat, n, CHECKERS)
        yield Loop(f"checks {n}", checker.step, CHECK_REST_S, busy, prompt=False)
    yield Loop("checkpoints", around.notary.step, CHECKPOINT_REST_S, prompt=False)
    for name, publisher in around.publishers.items():
        yield Loop(f"lane {name}", Lane(desk, name, publisher).step, LANE_REST_S, busy)
    for n in range(DRAWERS):
        drawer = Drawer(desk.database, desk.policy, desk.clock, around.chat, n, DRAWERS)
        yield Loop(f"cards {n}", drawer.step, DRAWER_REST_S, busy, prompt=False)
