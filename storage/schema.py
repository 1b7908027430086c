"""Which schema a database has, asked without Alembic: a bot that starts need not load it."""

from sqlalchemy import inspect, text

from storage.database import Database

NEWEST = "0016"
"""The newest revision in `storage/migrations/versions`; a test holds the two together."""


def revision(database: Database) -> str | None:
    """Return the schema revision of a database, None where there are no tables yet."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def is_current(database: Database) -> bool:
    """Whether the database has the schema that this program needs."""
    return revision(database) == NEWEST
