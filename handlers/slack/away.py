"""Being away, from the words of a command: `/tweet away until Friday, @Ben covers`."""

import re
from datetime import date

from bot.domain.days import end_of, read_day, spelled
from bot.errors import RefusedError
from bot.workflow import absence, looking
from handlers.slack.arrivals import Command
from handlers.slack.front import Front
from handlers.slack.typed import people_in, without_people

HOW = "Please say until when and who covers, such as `/tweet away until Friday, @Ben covers`."
WHO = f"I do not see who covers for you. {HOW}"
ONE = "One person can stand in for you, not several. Please name one."
WHEN = (
    "I do not understand which day you mean. I know days such as *Friday*, *tomorrow*, "
    "*4 December* and *2026-12-04*."
)
DONE = (
    "Until the end of {day} ({zone}) <@{person}> decides in your place, and I have told them so. "
    "What you approved stays approved; approvals of theirs count until then. "
    "`/tweet back` ends it before."
)
BACK = "Welcome back. You decide yourself again, and nobody decides in your place."
NOBODY = "Nobody is away."

_FILLING = re.compile(
    r"\b(?:until|till|through|to|covers?|by|and|stands? in|for me)\b|,", re.IGNORECASE
)


def away(front: Front, command: Command, rest: str) -> str:
    """Let somebody decide in the place of a reviewer; without more, say who is away."""
    if not rest.strip():
        return _who_is_away(front)
    named = tuple(dict.fromkeys(people_in(rest)))
    if not named:
        raise RefusedError(WHO)
    if len(named) > 1:
        raise RefusedError(ONE)
    [person] = named
    zone = looking.zone_of(front.desk, command.person)
    day = _day(rest, front.desk.clock().astimezone(zone).date())
    absence.away(front.desk, command.person, person, end_of(day, zone))
    return DONE.format(day=spelled(day), zone=zone.key, person=person)


def back(front: Front, command: Command, _: str) -> str:
    """Let a reviewer decide alone again."""
    absence.back(front.desk, command.person)
    return BACK


def _day(rest: str, today: date) -> date:
    words = _FILLING.sub(" ", without_people(rest))
    day = read_day(words, today)
    if day is None:
        raise RefusedError(WHEN if words.strip() else HOW)
    return day


def _who_is_away(front: Front) -> str:
    found = looking.who_is_away(front.desk)
    lines = [f"<@{reviewer}> is away; <@{person}> decides." for reviewer, person in found]
    return "\n".join([*(lines[:20] or [NOBODY]), HOW])
