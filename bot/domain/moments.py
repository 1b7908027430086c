"""Wall-clock times and the moments that they name: one, none (a DST gap) or two (a DST fold)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Naming(StrEnum):
    """How well a wall-clock time names a moment."""

    ONCE = "once"
    SKIPPED = "skipped"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Named:
    """The moments (UTC, earliest first) that a wall-clock time may mean."""

    naming: Naming
    moments: tuple[datetime, ...]


def named(local: datetime, zone: ZoneInfo) -> Named:
    """Return what a naive wall-clock time names in a zone.

    Where the clocks skip it, these are the two moments as far before and behind the gap as the
    time lies within it, reckoned by the offset behind and before it (PEP 495).
    """
    both = {local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    real = {at for at in both if at.astimezone(zone).replace(tzinfo=None) == local}
    if not real:
        return Named(Naming.SKIPPED, tuple(sorted(both)))
    return Named(Naming.ONCE if len(real) == 1 else Naming.TWICE, tuple(sorted(real)))
