"""Commands that stop everything and let it go on."""

from bot.workflow import stopping
from handlers.slack.arrivals import Command
from handlers.slack.elements import shortened
from handlers.slack.front import Front
from handlers.slack.modals import REASON
from handlers.slack.typed import readable

PAUSED = "Paused: nothing more goes out until an operator types `/tweet resume`."
RESUMED = "Resumed. {held}"


def pause(front: Front, command: Command, rest: str) -> str:
    """Let nothing more go out."""
    reason = shortened(readable(rest).strip(), REASON)
    kept = stopping.pause(front.desk, command.person, reason)
    return PAUSED if kept else f"{PAUSED} {stopping.NOT_KEPT}"


def resume(front: Front, command: Command, _: str) -> str:
    """Let what was held go out again."""
    return RESUMED.format(held=_held(stopping.resume(front.desk, command.person)))


def _held(count: int) -> str:
    if count == 0:
        return "Nothing had to wait."
    return "One held tweet is on its way." if count == 1 else f"{count} held tweets are on the way."
