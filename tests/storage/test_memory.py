"""What is remembered beside drafts: marks, pauses, notices, and moments that name their zone."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import Session, select

from bot.domain.draft import MessageRef
from bot.domain.policy import EVERY_ACCOUNT
from storage import marks, notices, pauses
from storage.database import Database
from storage.models import ChannelMark, Notice, Pause
from tests.conftest import AUTHOR, OPERATOR, START
from tests.fakes.chat import CHANNEL, FRONT


def ref(ts: str, channel: str = CHANNEL) -> MessageRef:
    return MessageRef(FRONT, channel, ts)


def say(session: Session, key: str, text: str = "Words.") -> None:
    notices.add(session, key, AUTHOR, CHANNEL, None, text, START)


def test_a_channel_is_seen_up_to_its_newest_message_whatever_comes_late(database: Database) -> None:
    with database.write() as session:
        assert marks.channel(session, FRONT, CHANNEL) is None
        for ts in ("999.000100", "1000.000100", "998.000100", "1000.000100"):
            marks.mark_channel(session, ref(ts))
        marks.mark_channel(session, ref("5.0", "C0OTHER1"))
    with database.read() as session:
        assert marks.channel(session, FRONT, CHANNEL) == "1000.000100"
        assert marks.channel(session, FRONT, "C0OTHER1") == "5.0"
        assert marks.channel(session, "discord", CHANNEL) is None


def test_a_message_that_nobody_marked_is_unknown(database: Database) -> None:
    with database.write() as session:
        marks.mark_source(session, ref("1.0"), edited_ts="2.0")
        assert marks.source(session, ref("1.1")) is None
        mark = marks.source(session, ref("1.0"))
        assert mark is not None
        assert (mark.edited_ts, mark.deleted) == ("2.0", False)


def test_a_deletion_is_not_undone_by_an_edit(database: Database) -> None:
    with database.write() as session:
        marks.mark_source(session, ref("1.0"), deleted=True)
    with database.write() as session:
        marks.mark_source(session, ref("1.0"), edited_ts="2.0")
    with database.read() as session:
        mark = marks.source(session, ref("1.0"))
    assert mark is not None
    assert (mark.edited_ts, mark.deleted) == ("2.0", True)


def test_a_pause_stops_its_account_and_the_one_for_all_stops_every_account(
    database: Database,
) -> None:
    with database.write() as session:
        assert pauses.standing(session, "clinic") is None
        pauses.put(session, "clinic", OPERATOR, "wait", START)
        assert pauses.standing(session, "trust") is None
        pauses.put(session, EVERY_ACCOUNT, OPERATOR, "all", START)
    with database.read() as session:
        for account in ("clinic", "trust"):
            assert pauses.standing(session, account) is not None
        assert {row.account for row in pauses.every(session)} == {"clinic", EVERY_ACCOUNT}


def test_a_newer_pause_replaces_the_older_one(database: Database) -> None:
    with database.write() as session:
        pauses.put(session, "clinic", OPERATOR, "first", START)
    with database.write() as session:
        pauses.put(session, "clinic", AUTHOR, "second", START + timedelta(hours=1))
    with database.read() as session:
        [row] = pauses.every(session)
    assert (row.actor, row.reason) == (AUTHOR, "second")


def test_lifting_a_pause_lets_go_on_what_no_other_one_stops(database: Database) -> None:
    with database.write() as session:
        for account in ("clinic", EVERY_ACCOUNT):
            pauses.put(session, account, OPERATOR, "", START)
        assert pauses.lift(session, EVERY_ACCOUNT)
        assert not pauses.lift(session, EVERY_ACCOUNT)
        assert pauses.standing(session, "trust") is None
        assert pauses.standing(session, "clinic") is not None


def test_the_same_key_is_said_once(database: Database) -> None:
    with database.write() as session:
        say(session, "1:approved")
        say(session, "1:approved", "Other words.")
    with database.write() as session:
        say(session, "1:approved")
        say(session, "2:approved")
    with database.read() as session:
        rows = session.exec(select(Notice)).all()
    assert [(row.key, row.text) for row in rows] == [
        ("1:approved", "Words."),
        ("2:approved", "Words."),
    ]


def test_a_notice_waits_its_turn_in_its_share_until_it_is_over(database: Database) -> None:
    with database.write() as session:
        for number in range(4):
            say(session, f"{number}")
        first, second, third, fourth = session.exec(select(Notice)).all()
        first.delivered_at = START
        second.given_up_at = START
        third.try_after = START + timedelta(seconds=1)
    with database.read() as session:

        def next_of(shard: int, shards: int, **by: float) -> int | None:
            row = notices.waiting(session, START + timedelta(**by), shard, shards)
            return row.id if row else None

        assert next_of(0, 1) == fourth.id
        assert next_of(0, 1, seconds=1) == third.id
        shares = {next_of(shard, 4, seconds=1) for shard in range(4)}
    assert shares == {third.id, fourth.id, None}


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="must have timezone information"):
        put_naive(database)
    with database.read() as session:
        assert pauses.every(session) == []


def put_naive(database: Database) -> None:
    with database.write() as session:
        pauses.put(session, "clinic", OPERATOR, "", START.replace(tzinfo=None))


def test_a_moment_of_any_zone_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    in_berlin = datetime(2026, 7, 1, 12, 30, 0, 123456, timezone(timedelta(hours=2)))
    with database.write() as session:
        pauses.put(session, "clinic", OPERATOR, "", in_berlin)
    with database.read() as session:
        found = session.get_one(Pause, "clinic").created_at
    assert found == in_berlin
    assert found.isoformat() == "2026-07-01T10:30:00.123456+00:00"


def test_a_key_names_the_front_too(database: Database) -> None:
    with database.write() as session:
        marks.mark_channel(session, ref("1.0"))
        session.add(ChannelMark(front="discord", channel=CHANNEL, ts="2.0"))
        session.flush()
        assert marks.channel(session, FRONT, CHANNEL) == "1.0"
