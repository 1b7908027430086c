"""The slash command: each word is one case, and the story behind it stands elsewhere."""

from slack_bolt import App

from bot.workflow.discretion import refuse_words
from handlers.slack import away, history, listing, pausing
from handlers.slack.arrivals import Command
from handlers.slack.blocks import Drawn
from handlers.slack.elements import shortened
from handlers.slack.errors import on_command
from handlers.slack.front import Front
from handlers.slack.ids import COMMAND
from handlers.slack.text import escape
from handlers.slack.typed import nearest, readable

HELP = (
    "*Write a message in <#{channel}>* and it becomes a draft; its card says what is wrong, "
    "who must approve and when it goes out. Edit the message to change the draft, delete it to "
    "take it back. A line of only `---` begins the next part of a thread; a message that begins "
    "with `//` is talk among colleagues. My *Home* tab shows what waits for you.\n"
    "What else I know; the answers are seen by you alone:\n"
    "• `/tweet mine`: what waits for you, and your open drafts\n"
    "• `/tweet queue`: what goes out next\n"
    "• `/tweet show 12`: draft 12 with its buttons\n"
    "• `/tweet away until Friday, @Ben covers`: Ben decides in your place; "
    "`/tweet back` ends it\n"
    "• `/tweet pause` _reason_: nothing more goes out until an operator types `/tweet resume`\n"
    "• `/tweet audit 12`: who did what with draft 12, for reviewers and operators\n"
    "• `/tweet help`: this list"
)
UNKNOWN = "I do not know `/tweet {word}`."
MEANT = " Did you mean `/tweet {nearest}`?"
WORDS = ("mine", "queue", "show", "away", "back", "pause", "resume", "audit", "help")


def register(app: App, front: Front) -> None:
    """Listen to the slash command."""
    app.command(COMMAND)(on_command(front, obey))


def obey(front: Front, command: Command) -> str | Drawn:
    """Do what was typed; returns the answer for the person who typed it."""
    word, _, rest = command.text.strip().partition(" ")
    match word.lower():
        case "mine":
            return listing.mine(front, command, rest)
        case "queue":
            return listing.queue(front, command, rest)
        case "show":
            return listing.show(front, command, rest)
        case "away":
            return away.away(front, command, rest)
        case "back":
            return away.back(front, command, rest)
        case "pause":
            return pausing.pause(front, command, rest)
        case "resume":
            return pausing.resume(front, command, rest)
        case "audit":
            return history.tell(front, command.person, rest)
        case "help" | "":
            return HELP.format(channel=front.channel)
        case _:
            return _unknown(front, command.text)


def _unknown(front: Front, typed: str) -> str:
    """Repeat the word that is no command, unless it begins what must not be repeated."""
    refuse_words(front.desk, readable(typed))
    word = typed.split(maxsplit=1)[0].lower()
    shown = escape(shortened(readable(word), 40)).replace("`", "'")
    near = nearest(word[:40], WORDS)
    meant = MEANT.format(nearest=near) if near else ""
    return f"{UNKNOWN.format(word=shown)}{meant}\n{HELP.format(channel=front.channel)}"
