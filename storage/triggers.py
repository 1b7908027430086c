"""Triggers that make rows immutable: what was written, decided and recorded stays as it was."""

IMMUTABLE = ("revision", "finding", "review", "audit_entry")
"""Tables whose rows are never changed nor deleted."""

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'rows of {table} are immutable'); END
"""

_FUNCTION = """
CREATE FUNCTION countersign_immutable() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'rows of % are immutable', TG_TABLE_NAME; END $$
"""

_POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION countersign_immutable()
"""


def statements(dialect: str) -> list[str]:
    """Return the DDL for a database, `sqlite` or `postgresql`."""
    head = [] if dialect == "sqlite" else [_FUNCTION]
    return head + [line for table in IMMUTABLE for line in _never(dialect, table)]


def of_refusals(dialect: str) -> list[str]:
    """Return the DDL for the tables `refusal` and `refusal_key`."""
    return [line for table in ("refusal", "refusal_key") for line in _never(dialect, table)]


def _never(dialect: str, table: str) -> list[str]:
    form = _SQLITE if dialect == "sqlite" else _POSTGRESQL
    return [form.format(table=table, verb=verb) for verb in ("update", "delete")]
