"""The connection: durable, strict, one writer at a time, and nothing lost among threads."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.domain.draft import DraftState
from storage import accounts
from storage.database import Database
from storage.models import AccountRow, Draft
from tests.conftest import START


def pragma(session: Session, name: str) -> object:
    return session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()


@pytest.mark.parametrize("transaction", [Database.read, Database.write])
def test_every_commit_is_on_the_disk_and_foreign_keys_hold(
    migrated: Path, transaction: Callable[[Database], object]
) -> None:
    product = Database(f"sqlite:///{migrated}")
    with closing(product), transaction(product) as session:  # type: ignore[attr-defined]
        assert pragma(session, "journal_mode") == "wal"
        assert pragma(session, "synchronous") == 2
        assert pragma(session, "foreign_keys") == 1
        assert pragma(session, "busy_timeout") == 1500


def test_eight_threads_that_read_and_write_lose_nothing(database: Database) -> None:
    together = threading.Barrier(8)

    def count() -> None:
        together.wait(10)
        for _ in range(25):
            with database.write() as session:
                row = accounts.get(session, "clinic")
                row.clock_ahead_ms += 1

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with database.read() as session:
        assert accounts.get(session, "clinic").clock_ahead_ms == 200


def test_a_second_process_loses_nothing_either(database: Database) -> None:
    """Two `Database`s share no lock of ours: BEGIN IMMEDIATE alone must hold."""
    other = Database(database.url)
    with database.write() as session:
        accounts.get(session, "clinic")
    try:

        def count(of: Database) -> None:
            for _ in range(50):
                with of.write() as session:
                    accounts.get(session, "clinic").clock_ahead_ms += 1

        threads = [threading.Thread(target=count, args=[of]) for of in (database, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        with other.read() as session:
            assert accounts.get(session, "clinic").clock_ahead_ms == 100
    finally:
        other.close()


def test_already_the_first_read_of_a_writer_takes_the_lock(
    database: Database, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "countersign.db", isolation_level=None, timeout=0)
    with database.write() as session:
        session.get(AccountRow, "clinic")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    with database.read() as session:
        session.get(AccountRow, "clinic")
        other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_transaction_that_fails_changes_nothing(database: Database) -> None:
    def fail() -> None:
        with database.write() as session:
            session.add(AccountRow(name="clinic"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.read() as session:
        assert session.get(AccountRow, "clinic") is None


def test_a_reader_sees_one_moment(database: Database) -> None:
    with database.read() as session:
        assert session.get(AccountRow, "clinic") is None
        with database.write() as writing:
            accounts.get(writing, "clinic")
        session.expire_all()
        assert session.get(AccountRow, "clinic") is None


def test_an_error_does_not_repeat_what_somebody_wrote(database: Database) -> None:
    def draft() -> Draft:
        return Draft(
            account="clinic",
            author="U0AUTHOR1",
            front="slack",
            channel="C0DRAFTS",
            ts="secret words",
            state=DraftState.IN_REVIEW,
            created_at=START + timedelta(0),
        )

    with pytest.raises(IntegrityError) as error, database.write() as session:
        session.add_all([draft(), draft()])
    assert "secret words" not in str(error.value)


def test_another_database_than_sqlite_gets_no_pragmas(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, dict[str, object]]] = []

    class Engine:
        def execution_options(self, **_: object) -> "Engine":
            return self

    def create(url: str, **options: object) -> Engine:
        made.append((url, options))
        return Engine()

    monkeypatch.setattr("storage.database.create_engine", create)
    Database("postgresql://db/countersign")
    [(url, options)] = made
    assert url == "postgresql://db/countersign"
    assert "connect_args" not in options
    assert options["hide_parameters"] is True
