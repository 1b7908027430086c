"""`python -m tests.bench`: measure, print a table, write build/bench.json."""

import json
import os
import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.bench import counting, living, stepping, storing

Figures = dict[str, float]

BARS: dict[str, float] = {
    "ack_one_p99_ms": 100,
    "ack_many_p99_ms": 250,
    "burst_lost": 0,
    "burst_p99_ms": 3_000,
    "late_p99_ms": 50,
    "clock_step_s": 1.5,
    "due_ratio": 1.5,
    "start_s": 1.2,
    "rss_mb": 115,
    "count_growth": 2.5,
}
"""At most; figures without a bar stand for themselves."""

FLOORS: dict[str, float] = {"approve_per_s": 200, "count_per_s": 10_000}
"""At least."""

PARTS: tuple[Callable[[], Figures], ...] = (
    counting.measure,
    storing.measure,
    stepping.measure,
    living.measure,
)


def main() -> int:
    """Measure everything; exit code 1 where a bar is missed."""
    figures: Figures = {}
    for part in track(PARTS, "Measuring", console=Console(stderr=True), transient=True):
        figures |= part()
    table = Table("figure", "value", "bar", "", box=None)
    for name, value in figures.items():
        table.add_row(name, f"{value:,.2f}", _bar(name), "" if _holds(name, value) else "missed")
    Console().print(table)
    _write(figures)
    return 0 if all(_holds(name, value) for name, value in figures.items()) else 1


def _bar(name: str) -> str:
    if name in BARS:
        return f"≤ {BARS[name]:,g}"
    return f"≥ {FLOORS[name]:,g}" if name in FLOORS else ""


def _holds(name: str, value: float) -> bool:
    return value <= BARS.get(name, value) and value >= FLOORS.get(name, value)


def _write(figures: Figures) -> None:
    names = ("slack-bolt", "tweepy", "sqlmodel", "sqlalchemy", "apscheduler", "aiohttp")
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    path = Path("build/bench.json")
    path.parent.mkdir(exist_ok=True)
    rounded = {name: round(value, 3) for name, value in figures.items()}
    path.write_text(json.dumps(rounded | {"machine": machine, "versions": versions}, indent=2))


if __name__ == "__main__":
    sys.exit(main())
