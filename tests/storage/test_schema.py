"""The tables: what they refuse by themselves, whatever a program may try."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from bot.domain.publication import AttemptState, PublicationState
from bot.errors import DatabaseError
from storage.database import Database
from storage.migrating import config, migrate
from storage.models import Attempt, Publication
from storage.schema import NEWEST, is_current, revision
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
        assert revision(database) is None
        assert not is_current(database)
        migrate(database)
        migrate(database)
        assert is_current(database)
    finally:
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
