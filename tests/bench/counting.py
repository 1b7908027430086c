"""How quick the length counter is, and that its time grows with the text and no faster."""

import time

from bot.domain.tweet import weighted_length

TWEET = (
    "Flu shots: https://example.com/flu — ask us 💉 #FluSeason @RiversideClinic héllo 東京. " * 4
)
HOSTILE = ("a.", "@a", "http://a", "👩‍👩‍", "é.", "#a.b/", "a-")


def measure() -> dict[str, float]:
    """Count per second for 280 characters; worst time of 20,000 hostile ones over 10,000."""
    tweet = TWEET[:280]
    seconds = _seconds(tweet, times=2_000)
    growth = max(_growth(piece) for piece in HOSTILE)
    return {"count_per_s": 1 / seconds, "count_growth": growth}


def _growth(piece: str) -> float:
    short, long = ((piece * size)[:size] for size in (10_000, 20_000))
    ratios = [_seconds(long, times=1) / _seconds(short, times=1) for _ in range(7)]
    return sorted(ratios)[len(ratios) // 2]


def _seconds(text: str, times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        weighted_length(text)
    return (time.perf_counter() - start) / times
