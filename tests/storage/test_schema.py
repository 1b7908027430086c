"""The tables: what they refuse by themselves, whatever a program may try."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from bot.domain.publication import AttemptState, PublicationState
from storage import publications
from storage.database import Database
from storage.migrating import is_current, migrate, revisions
from storage.models import Attempt, Publication
from storage.triggers import IMMUTABLE, statements
from tests.conftest import CLINICIAN
from tests.office import Office


def run(office: Office, sql: str) -> None:
    with office.desk.write() as session:
        session.connection().exec_driver_sql(sql)


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_new_file_is_brought_to_the_newest_schema_and_stays_there(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    try:
        assert revisions(database)[0] is None
        assert not is_current(database)
        migrate(database)
        migrate(database)
        assert is_current(database)
    finally:
        database.close()


@pytest.mark.parametrize("table", IMMUTABLE)
@pytest.mark.parametrize("verb", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}"])
def test_what_was_written_stays_as_it_was(office: Office, table: str, verb: str) -> None:
    office.draft("x" * 300)
    office.decide(office.draft(), CLINICIAN)
    with pytest.raises(IntegrityError, match="immutable"):
        run(office, verb.format(table))


def test_postgresql_gets_the_same_triggers() -> None:
    ddl = statements("postgresql")
    assert "CREATE FUNCTION" in ddl[0]
    assert len(ddl) == 1 + 2 * len(IMMUTABLE)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("draft", "state"),
        ("draft", "wish"),
        ("publication", "state"),
        ("publication", "reason"),
        ("attempt", "state"),
    ],
)
def test_a_state_that_nobody_knows_is_refused(office: Office, table: str, column: str) -> None:
    office.published()
    with pytest.raises(IntegrityError, match="CHECK constraint failed"):
        run(office, f"UPDATE {table} SET {column} = 'sort_of'")


def test_nothing_points_into_the_void(office: Office) -> None:
    office.scheduled()
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        run(office, "UPDATE publication SET draft_id = 77")


def test_a_message_is_one_draft(office: Office) -> None:
    office.draft("One.")
    office.draft("Two.")
    with pytest.raises(IntegrityError, match="UNIQUE"):
        run(office, "UPDATE draft SET ts = 'same'")


def test_a_draft_has_one_open_publication(office: Office) -> None:
    draft = office.scheduled()

    def another(state: PublicationState) -> None:
        with office.desk.write() as session:
            row = session.exec(select(Publication).where(Publication.draft_id == draft)).first()
            assert row is not None
            fields = row.model_dump(exclude={"id"}) | {"state": state}
            session.add(Publication(**fields))

    another(PublicationState.CANCELLED)
    for state in (PublicationState.SCHEDULED, PublicationState.PUBLISHED, PublicationState.FAILED):
        with pytest.raises(IntegrityError, match="UNIQUE"):
            another(state)


def test_an_account_has_one_open_attempt(office: Office) -> None:
    draft = office.published()
    before = office.attempts(draft)[0].model_dump(exclude={"id"})
    with office.desk.write() as session:
        session.add(Attempt(**(before | {"state": AttemptState.OPEN})))
    with pytest.raises(IntegrityError, match="UNIQUE"), office.desk.write() as session:
        session.add(Attempt(**(before | {"state": AttemptState.OPEN})))
    with office.desk.write() as session:
        session.add(Attempt(**(before | {"state": AttemptState.OPEN, "account": "other"})))


def test_a_tweet_is_one_part(office: Office) -> None:
    office.published("One.")
    office.published("Two.")
    with pytest.raises(IntegrityError, match="UNIQUE"):
        run(office, "UPDATE publication_part SET tweet_id = '77'")


QUERIES: dict[str, Callable[[Session, Office], object]] = {
    "SEARCH publication USING INDEX ix_publication_due": lambda session, office: (
        publications.next_waiting(session, "clinic", office.clock.now)
    ),
    "SEARCH publication USING INDEX ix_publication_claimed": lambda session, office: (
        publications.expired(session, "clinic", office.clock.now)
    ),
    "SEARCH publication USING COVERING INDEX ix_publication_due": lambda session, office: (
        publications.next_moment(session, ["clinic"], office.clock.now)
    ),
}


@pytest.mark.parametrize("expected", QUERIES)
def test_what_the_loop_asks_all_the_time_is_answered_by_a_partial_index(
    office: Office, expected: str
) -> None:
    asked: list[str] = []
    with office.desk.database.read() as session:
        rows: Any = session.connection().connection.driver_connection
        rows.set_trace_callback(asked.append)
        QUERIES[expected](session, office)
        rows.set_trace_callback(None)
        [sql] = [sql for sql in asked if "FROM publication" in sql]
        plan = str(session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all())
    assert expected in plan
    assert "SCAN" not in plan
    assert "TEMP B-TREE" not in plan
