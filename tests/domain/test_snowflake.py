from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.snowflake import snowflake_at, snowflake_time

FIRST, LAST = datetime(2010, 11, 5), datetime(2079, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
X_ERA = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


def test_knows_a_published_example() -> None:
    # the id and time that docs.x.com gives for its example tweet: 1346889436626259968
    assert snowflake_time("1346889436626259968") == datetime(2021, 1, 6, 18, 40, 40, 344000, UTC)


def test_nothing_is_older_than_the_epoch() -> None:
    assert snowflake_at(datetime(2006, 3, 21, tzinfo=UTC)) == 0


@given(X_ERA)
def test_an_id_gives_its_time_back_to_the_millisecond(moment: datetime) -> None:
    exact = moment - timedelta(microseconds=moment.microsecond % 1000)
    assert snowflake_time(snowflake_at(moment)) == exact


@given(X_ERA, X_ERA)
def test_ids_grow_with_time(one: datetime, other: datetime) -> None:
    assert (snowflake_at(one) <= snowflake_at(other)) or one > other


@given(X_ERA, st.integers(-14, 14))
def test_the_zone_of_a_time_does_not_matter(moment: datetime, hours: int) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
    assert snowflake_at(elsewhere) == snowflake_at(moment)
