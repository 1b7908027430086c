"""Bringing a database to the newest schema."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import DatabaseError
from storage.database import CLOSED, Database

BROKEN = "The database has rows that point at nothing. Please restore the last backup."


def migrate(database: Database, revision: str = "head") -> None:
    """Take the steps that are missing up to a revision; DatabaseError where it cannot be opened."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        connecting = database.engine.connect()
    except SQLAlchemyError as error:
        raise DatabaseError(CLOSED) from error
    with connecting as connection, _rebuilding(connection):
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table that others point at, as its manual says: with nobody looking.

    Changing a CHECK means to copy a table, drop it and rename the copy; foreign keys that are in
    force would not let it go, and they cannot be switched inside a transaction.
    """
    driver = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if driver.cursor().execute("PRAGMA foreign_key_check").fetchone():
            raise DatabaseError(BROKEN)
    finally:
        driver.cursor().execute("PRAGMA foreign_keys=ON")


def config() -> Config:
    """Return Alembic's settings: where the steps are."""
    settings = Config()
    settings.set_main_option("script_location", "storage:migrations")
    return settings
