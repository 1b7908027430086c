"""E-mail addresses: a person's own, unless it is a shared mailbox or the team's."""

import re

from bot.guidelines.addresses import is_within
from bot.guidelines.check import Check, Kind, Params
from bot.guidelines.texts import Spans
from bot.guidelines.tweet import Seen

_MAILBOX = re.compile(
    r"(?<![\w.+-])(?P<name>[a-z0-9][\w.+%-]*+)@(?P<host>(?:[a-z0-9-]++\.)+[a-z]{2,})(?!\w)",
    re.IGNORECASE,
)


def _mailbox_of_person(seen: Seen, params: Params) -> Spans:
    found = (match for match in _MAILBOX.finditer(seen.raw.text) if not _is_known(match, seen))
    role: re.Pattern[str] = params["roles"]
    return tuple(seen.raw.place(m.span()) for m in found if not role.fullmatch(m["name"]))


def _is_known(match: re.Match[str], seen: Seen) -> bool:
    host = match["host"].lower()
    return match[0].lower() in seen.allowed.mailboxes or is_within(host, seen.allowed.domains)


CHECKS = {"mailbox_of_person": Check(_mailbox_of_person, {"roles": Kind.PATTERN})}
