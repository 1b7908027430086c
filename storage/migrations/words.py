"""Letting a column hold more words: its CHECK learns them, everything else stays as it is."""

import re

import sqlalchemy as sa
from alembic import op

_WORD = re.compile(r"'([^']*)'")


def allow(table: str, column: str, *words: str) -> None:
    """Add words to the CHECK of an enum column; whoever added others before keeps theirs.

    SQLite cannot change a constraint: the table is made anew beside the old one, its rows are
    carried over, and its indexes and triggers are made again as they were.
    """
    connection = op.get_bind()
    found = sa.inspect(connection).get_check_constraints(table)
    [check] = [
        one for one in found if one["name"] and one["sqltext"].lstrip("( ").startswith(column)
    ]
    known = dict.fromkeys((*_WORD.findall(check["sqltext"]), *words))
    rule = f"{column} IN ({', '.join(repr(word) for word in known)})"
    if connection.dialect.name == "sqlite":
        _rebuild(connection, table, str(check["sqltext"]), rule)
        return
    op.drop_constraint(str(check["name"]), table, type_="check")
    op.create_check_constraint(str(check["name"]), table, sa.text(rule))


def _rebuild(connection: sa.Connection, table: str, before: str, after: str) -> None:
    query = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type {} 'table' AND sql NOTNULL"
    [made] = connection.exec_driver_sql(query.format("="), (table,)).scalars()
    others = connection.exec_driver_sql(query.format("<>"), (table,)).scalars().all()
    fresh = f"{table}_fresh"
    name, _, body = made.partition("(")
    op.execute(sa.text(_verbatim(name.replace(table, fresh) + "(" + body.replace(before, after))))
    op.execute(f"INSERT INTO {fresh} SELECT * FROM {table}")  # noqa: S608 - our own names
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE {fresh} RENAME TO {table}")
    for statement in others:
        op.execute(sa.text(_verbatim(statement)))


def _verbatim(sql: str) -> str:
    """Keep SQLAlchemy from taking `:word` in a statement for a parameter."""
    return sql.replace(":", r"\:")
