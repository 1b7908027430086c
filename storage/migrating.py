"""Bringing a database to the newest schema."""

import logging

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import DatabaseError
from storage.database import CLOSED, Database


def migrate(database: Database) -> None:
    """Take every step that is missing; DatabaseError where the database cannot be opened."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        connecting = database.engine.connect()
    except SQLAlchemyError as error:
        raise DatabaseError(CLOSED) from error
    with connecting as connection:
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def config() -> Config:
    """Return Alembic's settings: where the steps are."""
    settings = Config()
    settings.set_main_option("script_location", "storage:migrations")
    return settings
