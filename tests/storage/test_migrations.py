"""A database with rows is brought up to date: nothing in it is lost or left pointing at nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from alembic import command

from bot.errors import DatabaseError
from storage import blobs, migrating
from storage.database import Database
from storage.schema import is_current

DRAFT = {
    "id": 1,
    "account": "clinic",
    "author": "U0AUTHOR1",
    "front": "slack",
    "channel": "C0DRAFTS",
    "ts": "1.1",
    "edited_ts": "",
    "state": "in_review",
    "revision_id": 1,
    "fingerprint": "f",
    "wish": "now",
    "version": 1,
    "drawn_version": 0,
    "asked_revision": 0,
    "draw_failures": 0,
    "created_at": "2026-03-02 09:00:00",
}
REVISION = {
    "id": 1,
    "draft_id": 1,
    "number": 1,
    "author": "U0AUTHOR1",
    "content": "{}",
    "fingerprint": "f",
    "created_at": "2026-03-02 09:00:00",
}


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Database]:
    """A database of the first version."""
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    migrate_to(database, "0001")
    yield database
    database.close()


def migrate_to(database: Database, revision: str) -> None:
    """Bring a database to an earlier version than the newest."""
    upgrade = command.upgrade
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _: upgrade(config, revision))
        migrating.migrate(database)


def run(database: Database, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Run a statement beside the database's own connections, with foreign keys left alone."""
    path = database.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as rows, rows:
        return rows.execute(sql, values).fetchall()


def insert(database: Database, table: str, row: dict[str, object]) -> None:
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    run(database, f"INSERT INTO {table} ({columns}) VALUES ({marks})", *row.values())


def test_rows_of_the_first_version_are_taken_along(old: Database) -> None:
    insert(old, "draft", DRAFT)
    insert(old, "revision", REVISION)
    triggers = run(old, "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    migrating.migrate(old)
    assert is_current(old)
    assert run(old, "SELECT id, wish, ts FROM draft") == [(1, "now", "1.1")]
    kept = run(old, "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    assert set(triggers) <= set(kept)
    run(old, "UPDATE draft SET wish = 'slot'")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        run(old, "UPDATE draft SET wish = 'sort_of'")


def test_foreign_keys_are_in_force_again_afterwards(old: Database) -> None:
    migrating.migrate(old)
    with old.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_rows_that_point_at_nothing_are_said(old: Database) -> None:
    insert(old, "revision", REVISION)
    with pytest.raises(DatabaseError, match="point at nothing"):
        migrating.migrate(old)


def test_pictures_that_were_stored_before_are_there_in_one_piece(old: Database) -> None:
    migrate_to(old, "0013")
    picture = b"\xff\xd8 a picture"
    name = sha256(picture).hexdigest()
    run(old, "INSERT INTO blob (sha256, content) VALUES (?, ?)", name, picture)
    insert(old, "draft", DRAFT)
    insert(old, "revision", REVISION)
    file = {"id": 1, "draft_id": 1, "ref": "F1", "place": 0, "sha256": name, "kind": "photo",
            "format": "image/jpeg", "failures": 0}  # fmt: skip
    insert(old, "source_file", file)
    migrating.migrate(old)
    assert run(old, "SELECT size, length_ms FROM blob") == [(len(picture), None)]
    with old.read() as session:
        verified = blobs.verify(session, name)
    assert verified is not None
    assert list(blobs.again(old, verified)) == [picture]
    run(old, "UPDATE source_file SET kind = 'video', format = 'video/quicktime'")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        run(old, "UPDATE source_file SET format = 'video/webm'")
