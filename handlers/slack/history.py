"""`/tweet audit`: what the record says of a draft, newest last, seen by nobody else."""

import re

from bot.domain.deeds import in_words
from bot.domain.life import Deed
from bot.errors import RefusedError
from bot.record.lives import look_back
from handlers.slack.arrivals import Command
from handlers.slack.elements import moment, shortened
from handlers.slack.front import Front
from handlers.slack.text import escape

WHICH = "Which draft? Its number is on its card: `/tweet audit 12`."
HEAD = "What the record says of draft {draft}, oldest first:"
MORE = "… {count} older entries do not fit here; `countersign export` has them all."

MOST = 3_500
"""The most characters of an answer; Slack advises at most 4,000."""

LINE = 300
"""The most characters of one entry."""

_NUMBER = re.compile(r"#?([0-9]{1,15})", re.ASCII)
_PERSON = re.compile(r"[UW][A-Z0-9]{2,}", re.ASCII)


def tell(front: Front, command: Command, typed: str) -> str:
    """Return the history of the draft that was named; RefusedError."""
    match = _NUMBER.fullmatch(typed.strip())
    if match is None:
        raise RefusedError(WHICH)
    draft_id = int(match[1])
    deeds = look_back(front.desk, draft_id, command.person)
    return _fitted(HEAD.format(draft=draft_id), [_line(deed) for deed in deeds])


def _fitted(head: str, lines: list[str]) -> str:
    """Return as many of the newest lines as fit, and how many do not."""
    room = MOST - len(head) - len(MORE) - 10
    shown: list[str] = []
    for line in reversed(lines):
        room -= len(line) + 1
        if room < 0:
            break
        shown.insert(0, line)
    left = len(lines) - len(shown)
    return "\n".join([head, *([MORE.format(count=left)] if left else []), *shown])


def _line(deed: Deed) -> str:
    version = f", version {deed.version}" if deed.version else ""
    said = escape(shortened(in_words(deed.action, deed.detail), LINE))
    return f"• {moment(deed.at)} {_name(deed.actor)} ({deed.role}{version}) {said}"


def _name(actor: str) -> str:
    return f"<@{actor}>" if _PERSON.fullmatch(actor) else escape(actor)
