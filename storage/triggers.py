"""Triggers that make rows immutable: what was written, decided and recorded stays as it was.

One exception: the contents of a draft that has a row in `purge` may be emptied, and nothing else
of it may change.
"""

from collections.abc import Iterable

IMMUTABLE = ("revision", "finding", "review", "audit_entry")
"""Tables whose rows are never changed nor deleted."""

EMPTIED = {"revision": "content", "finding": "message", "review": "reason"}
"""The column of each table that a purge empties; of these tables it may change nothing else."""

_DRAFT_OF = {
    "revision": "OLD.draft_id",
    "finding": "(SELECT draft_id FROM revision WHERE id = OLD.revision_id)",
    "review": "OLD.draft_id",
}

SIGNED = ("sequence", "hash", "at", "key", "signature", "channel")
"""What of a checkpoint never changes; whether it was delivered does."""

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'rows of {table} are immutable'); END
"""

_SQLITE_EMPTIED = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
WHEN NOT ({same} AND NEW.{column} = ''
          AND EXISTS (SELECT 1 FROM purge WHERE purge.draft_id = {draft}))
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

_FUNCTION_EMPTIED = """
CREATE FUNCTION countersign_{table}_emptied() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF to_jsonb(NEW) - '{column}' = to_jsonb(OLD) - '{column}' AND NEW.{column} = ''
     AND EXISTS (SELECT 1 FROM purge WHERE purge.draft_id = {draft}) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'rows of {table} are immutable';
END $$
"""

_POSTGRESQL_EMPTIED = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION countersign_{table}_emptied()
"""

_IS_NOT_OVER = """
(SELECT state FROM draft WHERE id = NEW.draft_id) NOT IN ('rejected', 'withdrawn', 'closed')
OR EXISTS (SELECT 1 FROM audit_entry WHERE draft_id = NEW.draft_id AND at >= NEW.before)
OR EXISTS (SELECT 1 FROM publication WHERE draft_id = NEW.draft_id
           AND state NOT IN ('published', 'removed', 'cancelled'))
"""
_NOT_OVER = "a draft is purged only after its end"

_SQLITE_OVER = f"""
CREATE TRIGGER purge_only_over BEFORE INSERT ON purge WHEN {_IS_NOT_OVER}
BEGIN SELECT RAISE(ABORT, '{_NOT_OVER}'); END
"""

_FUNCTION_OVER = f"""
CREATE FUNCTION countersign_purge_over() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF {_IS_NOT_OVER} THEN RAISE EXCEPTION '{_NOT_OVER}'; END IF;
  RETURN NEW;
END $$
"""

_POSTGRESQL_OVER = """
CREATE TRIGGER purge_only_over BEFORE INSERT ON purge
FOR EACH ROW EXECUTE FUNCTION countersign_purge_over()
"""


def statements(dialect: str) -> list[str]:
    """Return the DDL for a database, `sqlite` or `postgresql`."""
    head = [] if dialect == "sqlite" else [_FUNCTION]
    return head + [line for table in IMMUTABLE for line in _never(dialect, table)]


def of_purging(dialect: str) -> list[str]:
    """Return the DDL for the tables `purge` and `checkpoint`."""
    never = _never(dialect, "purge")
    signed = [
        line.replace("BEFORE update", f"BEFORE UPDATE OF {', '.join(SIGNED)}")
        for line in _never(dialect, "checkpoint")
    ]
    over = [_SQLITE_OVER] if dialect == "sqlite" else [_FUNCTION_OVER, _POSTGRESQL_OVER]
    return [*never, *signed, *over]


def of_emptied(dialect: str, table: str, columns: Iterable[str]) -> list[str]:
    """Return the DDL that lets a purge empty one column of a table that has these columns.

    On SQLite every column is named: who adds one to the table drops and makes this trigger anew.
    """
    column, draft = EMPTIED[table], _DRAFT_OF[table]
    if dialect == "sqlite":
        same = " AND ".join(f'NEW."{c}" IS OLD."{c}"' for c in columns if c != column)
        return [_SQLITE_EMPTIED.format(table=table, column=column, draft=draft, same=same)]
    made = _FUNCTION_EMPTIED.format(table=table, column=column, draft=draft)
    return [made, _POSTGRESQL_EMPTIED.format(table=table)]


def of_refusals(dialect: str) -> list[str]:
    """Return the DDL for the tables `refusal` and `refusal_key`."""
    return [line for table in ("refusal", "refusal_key") for line in _never(dialect, table)]


_SQLITE_KEPT = """
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
WHEN NOT EXISTS (SELECT 1 FROM purge WHERE purge.draft_id = {draft})
BEGIN SELECT RAISE(ABORT, 'rows of {table} are immutable'); END
"""

_FUNCTION_KEPT = """
CREATE FUNCTION countersign_{table}_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM purge WHERE purge.draft_id = {draft}) THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'rows of {table} are immutable';
END $$
"""

_POSTGRESQL_KEPT = """
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION countersign_{table}_kept()
"""


def of_looks(dialect: str) -> list[str]:
    """Return the DDL for the table `look`: a purge removes its rows, nobody else."""
    no_update, _ = _never(dialect, "look")
    forms = [_SQLITE_KEPT] if dialect == "sqlite" else [_FUNCTION_KEPT, _POSTGRESQL_KEPT]
    draft = _DRAFT_OF["finding"]
    return [no_update, *(form.format(table="look", draft=draft) for form in forms)]


def _never(dialect: str, table: str) -> list[str]:
    form = _SQLITE if dialect == "sqlite" else _POSTGRESQL
    return [form.format(table=table, verb=verb) for verb in ("update", "delete")]
