"""How long contents are kept."""

from datetime import datetime


def kept_since(now: datetime, years: int) -> datetime:
    """Return the moment before which contents may be removed: `years` before now.

    There is no 29 February in most years: the day before counts, which keeps a day more.
    """
    try:
        return now.replace(year=now.year - years)
    except ValueError:
        return now.replace(year=now.year - years, day=28)
