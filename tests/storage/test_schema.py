"""The tables: what they refuse by themselves, whatever a program may try."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Index, event
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from bot.domain.audit import Actor, AuditAction, Role
from bot.domain.publication import AttemptState, PublicationState
from bot.errors import DatabaseError
from storage import audit
from storage.database import Database
from storage.migrating import config, migrate
from storage.models import Attempt, Publication
from storage.schema import NEWEST, is_current, revision
from storage.triggers import IMMUTABLE, statements
from tests.conftest import CLINICIAN, START
from tests.office import Office
from tests.walking import first_broken


def run(office: Office, sql: str) -> None:
    with office.desk.write() as session:
        session.connection().exec_driver_sql(sql)


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_index_over_some_rows_is_over_the_same_rows_on_postgresql(tmp_path: Path) -> None:
    made: set[tuple[str, str]] = set()

    def note(index: Index, _table: object) -> None:
        where = [index.dialect_options[on].get("where") for on in ("sqlite", "postgresql")]
        if str(where[0]) == str(where[1]):
            made.add((str(index.name), str(where[0])))

    event.listen(Index, "after_parent_attach", note)
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    try:
        migrate(database)
    finally:
        event.remove(Index, "after_parent_attach", note)
        database.close()
    indexes = [index for table in SQLModel.metadata.sorted_tables for index in table.indexes]
    wheres = {(str(i.name), str(i.dialect_options["sqlite"].get("where"))) for i in indexes}
    partial = {(name, where) for name, where in wheres if where != "None"}
    assert partial
    assert partial <= made


def test_a_new_file_is_brought_to_the_newest_schema_and_stays_there(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    try:
        assert revision(database) is None
        assert not is_current(database)
        migrate(database)
        migrate(database)
        assert is_current(database)
    finally:
        database.close()


def test_a_column_learns_more_words_and_keeps_its_rows_its_index_and_its_triggers(
    tmp_path: Path,
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'older.db'}")
    migrate(database, "0001")
    draft = Actor("U0AUTHOR1", Role.AUTHOR)
    with database.write() as session:
        for number in range(3):
            audit.append(session, START, draft, AuditAction.DRAFT_SUBMIT, draft_id=number)
    migrate(database)
    with database.write() as session:
        audit.append(session, START, draft, AuditAction.REVIEWER_AWAY, stand_in="U0AUTHOR2")
        assert first_broken(session) is None
        rows = session.connection().exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE tbl_name = 'audit_entry' ORDER BY name"
        )
        assert rows.scalars().all() == [
            "audit_entry",
            "audit_entry_no_delete",
            "audit_entry_no_update",
            "ix_audit_entry_draft_id",
        ]
    for sql in ("DELETE FROM audit_entry", "UPDATE audit_entry SET action = 'sort_of'"):
        with pytest.raises(IntegrityError), database.write() as session:
            session.connection().exec_driver_sql(sql)
    database.close()


def test_the_newest_schema_is_the_last_step_of_the_migrations() -> None:
    assert ScriptDirectory.from_config(config()).get_current_head() == NEWEST


@pytest.mark.parametrize("url", ["", "nonsense", "nosuch://db", "sqlite:////no/such/folder/x.db"])
def test_what_cannot_be_opened_is_said_in_words(url: str) -> None:
    with pytest.raises(DatabaseError):
        migrate(Database(url))


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
