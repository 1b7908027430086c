"""Times in words: "tomorrow 9am", "Friday 14:30", "next slot"; the only file that knows dateparser.

It is imported at the first words: it costs a fifth of a second and 20 MB. What was understood is
shown to the person before anything is committed; what may mean two things is theirs to choose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.draft import NEXT_SLOT, NOW, Wish
from bot.domain.moments import Naming, named
from bot.errors import RefusedError

LONGEST = 80
"""The most characters of a time in words."""

EXAMPLES = "tomorrow 9am, Friday 14:30, 2026-12-01 08:00, next slot, or now"
NOT_UNDERSTOOD = f"I do not understand that time. Write it like: {EXAMPLES}."
NO_TIME_OF_DAY = "At what time of the day? Write it like: tomorrow 9am, or Friday 14:30."
PASSED = "That time has passed. Please choose one that is still to come."
TOO_FAR = "That is too far away. Please choose a time within the next years."
SKIPPED = "The clocks in {zone} skip {when}. Choose the time before or the one after."
TWICE = "The clocks in {zone} show {when} twice. Choose the first time or the second."
TWO_DATES = "That may be one of two days. Choose the one you mean."

_NOW = ("now", "asap", "as soon as possible", "at once", "immediately")
_SLOT = ("next slot", "next free slot", "slot", "queue")
_CLOCK = re.compile(r"\d\s*[:h]\s*\d\d|\d\s*[ap]\.?m\b|\b(noon|midnight)\b")
_NO_CLOCK = re.compile(r"\b(2[4-9]|[3-9]\d):\d\d|:[6-9]\d")
_SPAN = re.compile(r"\bin\s+(\d+|an?)\s*(h|hours?|mins?|minutes?)\b")
_WEEKDAY = re.compile(r"\b(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?\b")
_FURTHEST = timedelta(days=5 * 366)
_WEEK = timedelta(days=7)
_CENTURY = 100
_ORDERS = ("DMY", "MDY")


@dataclass(frozen=True, slots=True)
class Understood:
    """What words may mean; with more than one wish, `why` says what must be settled."""

    wishes: tuple[Wish, ...]
    why: str = ""


def understand(words: str, zone: ZoneInfo, now: datetime) -> Understood:
    """Return what somebody in a zone means by their words; RefusedError in words."""
    said = " ".join(words.lower().split()).rstrip(".!")
    if said in _NOW:
        return Understood((NOW,))
    if said in _SLOT:
        return Understood((NEXT_SLOT,))
    if len(said) > LONGEST or _NO_CLOCK.search(said):
        raise RefusedError(NOT_UNDERSTOOD)
    base = now.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    found = list(_candidates(said, base))
    if not found:
        raise RefusedError(NOT_UNDERSTOOD)
    if _SPAN.search(said):
        return _in_time([now + (_naive(at, zone) - base) for at in found[:1]], "", now)
    if not _CLOCK.search(said) or not _is_fixed(said, base, found):
        raise RefusedError(NO_TIME_OF_DAY)
    return _settled(found, zone, now)


def _candidates(said: str, base: datetime) -> Iterator[datetime]:
    """Yield what the words may mean, by both orders of day and month, and today's weekday."""
    known = {parsed for order in _ORDERS if (parsed := _parse(said, base, order)) is not None}
    for at in sorted(known, key=lambda at: at.replace(tzinfo=None)):
        today = at - _WEEK
        is_todays = _WEEKDAY.search(said) and "next" not in said and today.date() == base.date()
        if is_todays and today.replace(tzinfo=None) > base:
            yield today
        yield at


def _parse(said: str, base: datetime, order: str) -> datetime | None:
    """Return what the words mean: naive, or aware where they name a zone."""
    from dateparser import parse

    settings = {"DATE_ORDER": order, "PREFER_DATES_FROM": "future", "RELATIVE_BASE": base}
    found: datetime | None = parse(said, languages=["en"], settings=settings)
    # at the ends of the calendar no zone can be reckoned with
    return found if found and abs(found.year - base.year) < _CENTURY else None


def _is_fixed(said: str, base: datetime, found: Sequence[datetime]) -> bool:
    """Whether the words name the time of day; where they do not, the present one is filled in."""
    elsewhen = base.replace(hour=(base.hour + 1) % 24, minute=(base.minute + 17) % 60)
    times = {at.time() for at in _candidates(said, elsewhen)}
    return {at.time() for at in found} == times


def _settled(found: Sequence[datetime], zone: ZoneInfo, now: datetime) -> Understood:
    moments: list[datetime] = []
    why = ""
    for at in found:
        if at.tzinfo is not None:
            moments.append(at.astimezone(UTC))
            continue
        name = named(at, zone)
        moments += name.moments
        why = _WHY[name.naming].format(when=f"{at:%H:%M}", zone=zone.key) or why
    return _in_time(moments, why, now)


def _in_time(moments: Sequence[datetime], why: str, now: datetime) -> Understood:
    coming = [at for at in moments if at > now]
    if not coming:
        raise RefusedError(PASSED)
    if min(coming) - now > _FURTHEST:
        raise RefusedError(TOO_FAR)
    wishes = tuple(Wish(at) for at in coming)
    return Understood(wishes, (why or TWO_DATES) if len(wishes) > 1 or why else "")


def _naive(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None) if at.tzinfo else at


_WHY = {Naming.ONCE: "", Naming.SKIPPED: SKIPPED, Naming.TWICE: TWICE}
