"""Words of countersign.toml that are more than strings: zones, people, slots, hashtags."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from bot.domain.slot_words import read_quiet, read_slots
from bot.holiday_dates import region


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f"{name!r} is no IANA time zone; write one like Europe/London"
        raise ValueError(message) from error
    return name


def _person(name: str) -> str:
    if not re.fullmatch(r"[UW][A-Z0-9]{2,}", name):
        message = f"{name!r} is no Slack member id; it looks like U012AB3CD"
        raise ValueError(message)
    return name


def _slots(line: str) -> str:
    read_slots(line)
    return line


def _quiet(words: str) -> str:
    read_quiet(words)
    return words


Zone = Annotated[str, AfterValidator(_zone)]
Hashtag = Annotated[str, Field(pattern=r"^#\w{1,60}$")]
SlotLine = Annotated[str, AfterValidator(_slots)]
QuietHours = Annotated[str, AfterValidator(_quiet)]
Region = Annotated[str, AfterValidator(region)]
Person = Annotated[str, AfterValidator(_person)]
