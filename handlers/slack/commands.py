"""The slash command: each word is one case, and the story behind it stands elsewhere."""

from slack_bolt import App

from handlers.slack import pausing, schedule
from handlers.slack.arrivals import Command
from handlers.slack.blocks import Drawn
from handlers.slack.elements import shortened
from handlers.slack.errors import on_command
from handlers.slack.front import Front
from handlers.slack.ids import COMMAND
from handlers.slack.text import escape

HELP = (
    "Write a message in <#{channel}> and it becomes a draft. What else I know:\n"
    "• `/tweet when 12 tomorrow 9am`: when draft 12 goes out; `now` and `next slot` do, too\n"
    "• `/tweet pause` _account_ _reason_: nothing more goes out there until an operator resumes; "
    "without an account nowhere\n"
    "• `/tweet resume` _account_: what was held goes out again; what became late is asked about\n"
    "• `/tweet help`: this list\n"
    "A message that begins with `//` is talk among colleagues and no draft."
)
UNKNOWN = "I do not know `/tweet {word}`.\n"


def register(app: App, front: Front) -> None:
    """Listen to the slash command."""
    app.command(COMMAND)(on_command(front, obey))


def obey(front: Front, command: Command) -> str | Drawn:
    """Do what was typed; returns the answer for the person who typed it."""
    word, _, rest = command.text.strip().partition(" ")
    match word.lower():
        case "when":
            return schedule.command(front, command, rest)
        case "pause":
            return pausing.pause(front, command, rest)
        case "resume":
            return pausing.resume(front, command, rest)
        case "help" | "":
            return HELP.format(channel=front.channel)
        case _:
            known = HELP.format(channel=front.channel)
            return UNKNOWN.format(word=escape(shortened(word, 40)).replace("`", "'")) + known
