"""The slash command: each word is one line, and the story behind it stands elsewhere."""

from collections.abc import Callable

from slack_bolt import App

from bot.workflow.exposing import refuse_words
from handlers.slack import away, compose, history, listing, pausing, repeating, schedule
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
    "• `/tweet`: a window to write a draft in; `/tweet new` _text_ begins with your text\n"
    "• `/tweet mine`: what waits for you, and your open drafts\n"
    "• `/tweet queue`: what goes out next\n"
    "• `/tweet repeats`: which drafts repeat, each with *Stop repeating*\n"
    "• `/tweet show 12`: draft 12 with its buttons\n"
    "• `/tweet when 12 tomorrow 9am`: when draft 12 goes out; `now` and `next slot` do, too\n"
    "• `/tweet away until Friday, @Ben covers`: Ben decides in your place; "
    "`/tweet back` ends it\n"
    "• `/tweet pause` _account_ _reason_: nothing more goes out there, or anywhere\n"
    "• `/tweet resume` _account_: operators let it go on; what became late is asked about\n"
    "• `/tweet audit 12`: who did what with draft 12, for reviewers and operators\n"
    "• `/tweet help`: this list"
)
UNKNOWN = "I do not know `/tweet {word}`."
MEANT = " Did you mean `/tweet {nearest}`?"
_NEW = "new"
_ACTS: dict[str, Callable[[Front, Command, str], str | Drawn]] = {
    _NEW: compose.command,
    "mine": listing.mine,
    "queue": listing.queue,
    "repeats": repeating.command,
    "show": listing.show,
    "when": schedule.command,
    "away": away.away,
    "back": away.back,
    "pause": pausing.pause,
    "resume": pausing.resume,
    "audit": history.tell,
}
WORDS = (*_ACTS, "help")


def register(app: App, front: Front) -> None:
    """Listen to the slash command."""
    app.command(COMMAND)(on_command(front, obey))


def obey(front: Front, command: Command) -> str | Drawn:
    """Do what was typed; returns the answer for the person who typed it."""
    word, _, rest = command.text.strip().partition(" ")
    if act := _ACTS.get(word.lower() or _NEW):
        return act(front, command, rest)
    if word.lower() == "help":
        return HELP.format(channel=front.channel)
    return _unknown(front, command.text)


def _unknown(front: Front, typed: str) -> str:
    """Repeat the word that is no command, unless it begins what must not be repeated."""
    refuse_words(front.desk, readable(typed))
    word = typed.split(maxsplit=1)[0].lower()
    shown = escape(shortened(readable(word), 40)).replace("`", "'")
    near = nearest(word[:40], WORDS)
    meant = MEANT.format(nearest=near) if near else ""
    return f"{UNKNOWN.format(word=shown)}{meant}\n{HELP.format(channel=front.channel)}"
