"""Bringing a database to the newest schema, and telling whether it is there."""

import logging

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import DatabaseError
from storage.database import CLOSED, Database


def migrate(database: Database, revision: str = "head") -> None:
    """Take the steps that are missing up to a revision; DatabaseError where it cannot be opened."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        connecting = database.engine.connect()
    except SQLAlchemyError as error:
        raise DatabaseError(CLOSED) from error
    with connecting as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def revisions(database: Database) -> tuple[str | None, str | None]:
    """Return the schema revision of the database and the newest one that this program knows."""
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current, ScriptDirectory.from_config(_config()).get_current_head()


def is_current(database: Database) -> bool:
    """Whether the database has the schema that this program needs."""
    current, newest = revisions(database)
    return current == newest


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config
