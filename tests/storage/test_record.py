"""The record in the rows: appended in order, and whoever changes it by hand is found out."""

import json
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from bot.domain.audit import BOT, Actor, AuditAction, Entry, Role, chained
from storage import audit
from storage.database import Database
from storage.models import AuditEntry
from storage.triggers import IMMUTABLE
from tests import walking
from tests.conftest import AUTHOR, OPERATOR, START


@pytest.fixture
def record(database: Database) -> Database:
    """A record of four entries, with nothing that protects it any more."""
    with database.write() as session:
        fill(session)
    with database.write() as session:
        for verb in ("update", "delete"):
            run(session, f"DROP TRIGGER audit_entry_no_{verb}")
    return database


def fill(session: Session) -> None:
    author = Actor(AUTHOR, Role.AUTHOR)
    audit.append(session, START, Actor(OPERATOR, Role.OPERATOR), AuditAction.ACCOUNT_RESUME)
    later = START + timedelta(seconds=1)
    audit.append(session, later, author, AuditAction.DRAFT_SUBMIT, draft_id=1, fingerprint="f" * 64)
    audit.append(session, later, author, AuditAction.DRAFT_WISH, draft_id=1, why="so", part=1)
    audit.append(session, later, BOT, AuditAction.PUBLICATION_CLAIM, draft_id=2, token=1)


def run(session: Session, sql: str) -> None:
    session.connection().exec_driver_sql(sql)


def first_broken(database: Database) -> int | None:
    with database.read() as session:
        return walking.first_broken(session)


def test_a_record_that_nobody_touched_is_whole(record: Database) -> None:
    assert first_broken(record) is None


def test_an_empty_record_is_whole(database: Database) -> None:
    assert first_broken(database) is None


def test_entries_are_numbered_and_hold_on_to_each_other(record: Database) -> None:
    with record.read() as session:
        rows = session.exec(select(AuditEntry)).all()
    assert [row.sequence for row in rows] == [1, 2, 3, 4]
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert json.loads(rows[2].detail) == {"part": 1, "why": "so"}


def test_what_is_rolled_back_leaves_no_entry_and_no_gap(database: Database) -> None:
    with database.write() as session:
        fill(session)
        session.rollback()
    with database.write() as session:
        fill(session)
    assert first_broken(database) is None


@pytest.mark.parametrize("table", IMMUTABLE)
def test_nobody_can_even_try_while_the_triggers_stand(database: Database, table: str) -> None:
    with database.read() as session:
        found = session.connection().exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
        )
        assert set(found.scalars()) == {f"{table}_no_update", f"{table}_no_delete"}


CHANGES = (
    "sequence = 30",
    "at = '2026-03-02 09:00:01.000001'",
    "at = 'some day'",
    "at = 17",
    "actor = 'U0NOBODY1'",
    "actor = x'00'",
    "role = 'operator'",
    "role = 'king'",
    "action = 'draft:submit'",
    "action = 'draft:sort_of'",
    "draft_id = 2",
    "draft_id = NULL",
    "draft_id = 'one'",
    f"fingerprint = '{'e' * 64}'",
    "fingerprint = ''",
    "detail = '{}'",
    """detail = '{"part": 1}'""",
    """detail = '{"part": "1", "why": "so"}'""",
    """detail = '{"part": 1, "why": "no", "why": "so"}'""",
    """detail = '{"part": 1,  "why": "so"}'""",
    "detail = '[]'",
    "detail = '7'",
    "detail = 'words'",
    "detail = ''",
    "detail = x'7b7d'",
    f"detail = '{'[' * 100_000}'",
    f"previous = '{'0' * 64}'",
    "previous = ''",
    f"hash = '{'0' * 64}'",
    "hash = ''",
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change)[:40])
def test_a_change_of_any_field_shows_where_it_was_made(record: Database, change: str) -> None:
    with record.write() as session:
        run(session, "PRAGMA ignore_check_constraints = ON")
        run(session, f"UPDATE audit_entry SET {change} WHERE sequence = 3")
        run(session, "PRAGMA ignore_check_constraints = OFF")
        # the fourth entry now comes third, or the third is not what it was
        assert walking.first_broken(session) == (4 if change.startswith("sequence") else 3)


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("DELETE FROM audit_entry WHERE sequence = 1", 2),
        ("DELETE FROM audit_entry WHERE sequence = 3", 4),
        ("UPDATE audit_entry SET sequence = 5 WHERE sequence = 4", 5),
        ("UPDATE audit_entry SET sequence = 0 WHERE sequence = 1", 0),
        ("UPDATE audit_entry SET sequence = sequence + 10", 11),
        ("UPDATE audit_entry SET sequence = -sequence", -4),
    ],
)
def test_a_gap_and_another_order_show(record: Database, change: str, broken: int) -> None:
    with record.write() as session:
        run(session, change)
    assert first_broken(record) == broken


def test_two_entries_that_changed_places_show(record: Database) -> None:
    with record.write() as session:
        for before, after in ((2, 99), (3, 2), (99, 3)):
            run(session, f"UPDATE audit_entry SET sequence = {after} WHERE sequence = {before}")
    assert first_broken(record) == 2


def test_whoever_closes_the_gap_of_a_deleted_entry_is_found_out_all_the_same(
    record: Database,
) -> None:
    with record.write() as session:
        run(session, "DELETE FROM audit_entry WHERE sequence = 2")
        run(session, "UPDATE audit_entry SET sequence = sequence - 1 WHERE sequence > 2")
        run(session, "UPDATE audit_entry SET previous = (SELECT hash FROM audit_entry "
                     "WHERE sequence = 1) WHERE sequence = 2")  # fmt: skip
    assert first_broken(record) == 2


def test_whoever_also_computes_the_hash_anew_is_found_out_by_the_next_entry(
    record: Database,
) -> None:
    with record.read() as session:
        first = session.get_one(AuditEntry, 1)
        second = session.get_one(AuditEntry, 2)
        actor = Actor("U0NOBODY1", second.role)
        forged = Entry(second.at, actor, second.action, second.draft_id, second.fingerprint, {})
    with record.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE audit_entry SET actor = ?, hash = ? WHERE sequence = 2",
            ("U0NOBODY1", chained(first.hash, 2, forged)),
        )
    assert first_broken(record) == 3


def test_an_entry_that_is_made_up_shows(record: Database) -> None:
    with record.write() as session:
        run(
            session,
            "INSERT INTO audit_entry SELECT 5, at, actor, role, action, draft_id, fingerprint, "
            "detail, hash, hash FROM audit_entry WHERE sequence = 4",
        )
    assert first_broken(record) == 5


def test_what_this_session_has_read_before_does_not_hide_a_change(record: Database) -> None:
    with record.write() as session:
        rows = session.exec(select(AuditEntry)).all()
        run(session, "UPDATE audit_entry SET actor = 'U0NOBODY1' WHERE sequence = 2")
        assert walking.first_broken(session) == 2
        assert len(rows) == 4
