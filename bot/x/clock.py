"""X's clock, as its answers tell it."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from requests import Response

WINDOW = timedelta(minutes=15)
"""How long X's rate limits last (docs.x.com, rate limits)."""
MARGIN = timedelta(seconds=5)
"""Added to the end of a limit, so that the next try is not a moment early."""
_SANE = timedelta(days=1)
_HALF_SECOND = timedelta(milliseconds=500)


def ahead(response: Response, now: datetime) -> timedelta | None:
    """Return how far X's clock is ahead of ours, to half a second; None where it is silent."""
    try:
        said = parsedate_to_datetime(response.headers["Date"]).astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return None
    return said + _HALF_SECOND - now  # the header leaves out the fraction of the second


def retry_at(response: Response, now: datetime) -> datetime | None:
    """Return when X's rate limit ends by our clock, between now and one window on.

    None where X does not say it, or says something that cannot be.
    """
    x_now = now + (ahead(response, now) or timedelta(0))
    try:
        wait = timedelta(seconds=int(response.headers["x-rate-limit-reset"]) - x_now.timestamp())
    except (KeyError, ValueError, OverflowError):
        return None
    return now + min(max(wait, timedelta(0)), WINDOW) + MARGIN if abs(wait) < _SANE else None
