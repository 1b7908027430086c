"""Every column that holds one of a few words refuses any other, whoever writes it."""

from datetime import date, time

import pytest
from sqlalchemy import Enum
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import storage.models  # noqa: F401 - fills the metadata
from bot.domain.recurrence import Recurrence, Rhythm
from bot.workflow.recurring import repeat
from storage.triggers import IMMUTABLE
from tests.conftest import AUTHOR, CLINICIAN
from tests.fakes.links import FakeWeb
from tests.office import Office

COLUMNS = [
    (table.name, column.name)
    for table in SQLModel.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Enum)
]


def write(
    office: Office, table: str, column: str, value: str | None, *, newest: bool = False
) -> None:
    """Change a column by hand, of immutable rows too, in every row or in the newest."""
    where = f"WHERE rowid = (SELECT max(rowid) FROM {table})" if newest else ""
    with office.desk.write() as session:
        if table in (*IMMUTABLE, "look"):
            session.connection().exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_update")
        session.connection().exec_driver_sql(f"UPDATE {table} SET {column} = ? {where}", (value,))


@pytest.fixture
def filled(office: Office) -> Office:
    """At least one row in every table that has such a column."""
    office.draft("x" * 300)
    office.illustrated()
    office.decide(office.draft("Waiting."), CLINICIAN)
    published = office.published()
    rhythm = Recurrence(Rhythm.WEEKLY, date(2026, 3, 9), time(8, 30))
    repeat(office.desk, published, AUTHOR, rhythm)
    office.desk.follow = FakeWeb()
    office.draft("See nhs.uk.")
    office.check()
    return office


def test_there_are_such_columns() -> None:
    assert {table for table, _ in COLUMNS} == {
        "draft", "finding", "review", "publication", "attempt", "audit_entry",
        "source_file", "link", "look", "recurrence",
    }  # fmt: skip


def test_an_unknown_word_is_refused(filled: Office) -> None:
    for table, column in COLUMNS:
        for value in ("sort_of", "", "LIVE", "APPROVED"):
            with pytest.raises(IntegrityError, match="CHECK constraint failed"):
                write(filled, table, column, value)


def test_every_known_word_is_taken(filled: Office) -> None:
    for table, column in COLUMNS:
        kind = SQLModel.metadata.tables[table].columns[column].type
        assert isinstance(kind, Enum)
        for word in kind.enums:
            write(filled, table, column, word, newest=True)


def test_no_word_is_taken_only_where_there_may_be_none(filled: Office) -> None:
    optional = {("draft", "wish"), ("publication", "reason")}
    optional |= {("source_file", "kind"), ("source_file", "format"), ("link", "condition")}
    for table, column in COLUMNS:
        if (table, column) in optional:
            write(filled, table, column, None)
            continue
        with pytest.raises(IntegrityError, match="NOT NULL"):
            write(filled, table, column, None)
