"""Days as people name them: `Friday`, `tomorrow`, `4 December`, `2026-12-04`."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORTEST = 3
"""Letters of a weekday or month that are enough."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]+)(?:,? (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")


def read_day(words: str, today: date) -> date | None:
    """Return the day that is meant, None where it is not clear; a weekday is the one to come.

    `04/12` is two days, depending on who reads it, so it is none.
    """
    words = " ".join(words.lower().split()).strip(" .,;!")
    if words in ("today", "tomorrow"):
        return today + timedelta(days=words == "tomorrow")
    if (weekday := _place(words, WEEKDAYS)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if match := _ISO.fullmatch(words):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_MONTH.fullmatch(words):
        return _of_month(match[2], int(match[1]), match[3], today)
    if match := _MONTH_DAY.fullmatch(words):
        return _of_month(match[1], int(match[2]), match[3], today)
    return None


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment a day is over in a zone."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def on_or_before(year: int, month: int, day: int) -> date:
    """Return a day of a month, or the last one of a month that has not so many."""
    return next(found for back in range(4) if (found := _day(year, month, day - back)))


def spelled(day: date) -> str:
    """Return a day in full, such as `Friday 4 December 2026`, whatever the machine's language."""
    weekday, month = WEEKDAYS[day.weekday()].title(), _MONTHS[day.month - 1].title()
    return f"{weekday} {day.day} {month} {day.year}"


def _of_month(name: str, day: int, year: str | None, today: date) -> date | None:
    """Return a day of a month, of the year that makes it the next to come where none is named."""
    month = _place(name, _MONTHS)
    if month is None:
        return None
    if year is not None:
        return _day(int(year), month + 1, day)
    this_year = _day(today.year, month + 1, day)
    return this_year if this_year and this_year >= today else _day(today.year + 1, month + 1, day)


def _place(word: str, names: tuple[str, ...]) -> int | None:
    """Return which name a word begins, if it does so with enough letters."""
    found = [at for at, name in enumerate(names) if name.startswith(word)]
    return found[0] if len(word) >= _SHORTEST and len(found) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
