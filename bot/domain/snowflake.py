"""Tweet ids carry the time at which X made them: milliseconds since its epoch, then 22 bits."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)
_SEQUENCE_BITS = 22


def snowflake_at(moment: datetime) -> int:
    """Return the smallest id that X could give at an aware time, by X's clock; 0 before its epoch.

    Made for `since_id`, which is exact to the millisecond where `start_time` is to the second.
    """
    return max(0, (moment - _EPOCH) // timedelta(milliseconds=1)) << _SEQUENCE_BITS


def snowflake_time(id_: int | str) -> datetime:
    """Return when X made the id, in UTC, to the millisecond."""
    return _EPOCH + timedelta(milliseconds=int(id_) >> _SEQUENCE_BITS)
