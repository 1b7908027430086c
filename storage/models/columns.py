"""What columns of every table have in common."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, Index, text
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """A row of any table; importing it names the constraints, as migrations need."""


def checked(kind: type[StrEnum]) -> Any:
    """Return an enum column as a CHECKed string of the enum's values, on every database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def partial(name: str, *columns: str, only: str, unique: bool = False) -> Index:
    """Return an index over the rows that a condition in SQL holds for.

    Said for SQLite alone: a word for PostgreSQL would load its dialect into every bot (2.5 MB).
    The migrations, which make the tables, say it for both.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(only))
