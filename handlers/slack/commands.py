"""The slash command: pause, resume, audit, help."""

from slack_bolt import App

from bot.workflow.stopping import pause, resume
from handlers.slack import history
from handlers.slack.arrivals import Command
from handlers.slack.elements import shortened
from handlers.slack.errors import on_command
from handlers.slack.front import Front
from handlers.slack.ids import COMMAND
from handlers.slack.modals import REASON
from handlers.slack.text import escape

HELP = (
    "Write a message in <#{channel}> and it becomes a draft. What else I know:\n"
    "• `/tweet pause` _reason_: nothing more goes out until somebody resumes\n"
    "• `/tweet resume`: what was held goes out again\n"
    "• `/tweet audit` _number_: who did what with a draft, for reviewers and operators\n"
    "• `/tweet help`: this list\n"
    "A message that begins with `//` is talk among colleagues and no draft."
)
PAUSED = "Paused: nothing more goes out until an operator types `/tweet resume`."
RESUMED = "Resumed. {held}"
UNKNOWN = "I do not know `/tweet {word}`.\n"


def register(app: App, front: Front) -> None:
    """Listen to the slash command."""
    app.command(COMMAND)(on_command(front, obey))


def obey(front: Front, command: Command) -> str:
    """Do what was typed; returns the answer for the person who typed it."""
    word, _, rest = command.text.strip().partition(" ")
    match word.lower():
        case "pause":
            pause(front.desk, command.person, shortened(rest.strip(), REASON))
            return PAUSED
        case "resume":
            return RESUMED.format(held=_held(resume(front.desk, command.person)))
        case "audit":
            return history.tell(front, command.person, rest)
        case "help" | "":
            return HELP.format(channel=front.channel)
        case _:
            known = HELP.format(channel=front.channel)
            return UNKNOWN.format(word=escape(shortened(word, 40)).replace("`", "'")) + known


def _held(count: int) -> str:
    if count == 0:
        return "Nothing had to wait."
    return "One held tweet is on its way." if count == 1 else f"{count} held tweets are on the way."
