"""How quick the length counter is, and that time grows with the text and no faster."""

import math
import time
from collections.abc import Callable

from bot.domain.entities import cashtags, hashtags, mentions
from bot.domain.marks import visible
from bot.domain.tweet import measure as measure_length
from bot.domain.tweet import weighted_length
from tests.domain.texts import HOSTILE

TWEET = (
    "Flu season is here. Wash your hands, stay home when you are ill, and ask your GP – it’s "  # noqa: RUF001
    "free for everybody over 65… More at https://www.nhs.uk/vaccinations/flu-vaccine/ or "
    "cdc.gov/flu 💉 #FluJab @NHSuk. We answer questions today from 10 am until 6 pm, and on "
    "Saturday. Come along!"
)[:280]
TRIES = 20
CALM = 2.2
"""A ratio that needs no second look: the machine was calm."""

Work = Callable[[str], object]


def measure() -> dict[str, float]:
    """Count per second for 280 characters; worst time of 20,000 hostile ones over 10,000."""
    works: tuple[Work, ...] = (measure_length, _signs, visible)
    growth = max(_growth(work, pattern) for work in works for pattern in HOSTILE.values())
    return {"count_per_s": 1 / _seconds(_many, TWEET) * 1_000, "count_growth": growth}


def _growth(work: Work, pattern: str) -> float:
    """Return how much longer twice the text takes, each at its best of several tries."""
    half, whole = ((pattern * 20_000)[:size] for size in (10_000, 20_000))
    least_half = least_whole = math.inf
    for _ in range(TRIES):
        least_half = min(least_half, _seconds(work, half))
        least_whole = min(least_whole, _seconds(work, whole))
        if least_whole < CALM * least_half:
            break
    return least_whole / least_half


def _signs(text: str) -> None:
    for find in (mentions, hashtags, cashtags):
        find(text)


def _many(text: str) -> None:
    for _ in range(1_000):
        weighted_length(text)


def _seconds(work: Work, text: str) -> float:
    start = time.perf_counter()
    work(text)
    return time.perf_counter() - start
