"""Checkpoints and purges, and triggers that let a purge empty contents and nothing else.

There is no way back: whoever needs an older schema restores a backup.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.words import allow
from storage.triggers import EMPTIED, of_emptied, of_purging

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None

ACTIONS = (
    "draft:judge",
    "draft:purge",
    "publication:postpone",
    "publication:recover",
    "record:export",
)


def upgrade() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("key", AutoString(), nullable=False),
        sa.Column("signature", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=True),
        sa.Column("delivered_at", UTCDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("try_after", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_checkpoint")),
    )
    op.create_index(
        "ix_checkpoint_waiting",
        "checkpoint",
        ["sequence"],
        sqlite_where=sa.text("channel IS NOT NULL AND delivered_at IS NULL"),
        postgresql_where=sa.text("channel IS NOT NULL AND delivered_at IS NULL"),
    )
    op.create_table(
        "purge",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("before", UTCDateTime(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_purge_draft_id_draft")),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_purge")),
    )
    allow("audit_entry", "action", *ACTIONS)
    bind = op.get_bind()
    dialect = bind.dialect.name
    for table in EMPTIED:
        columns = [str(column["name"]) for column in sa.inspect(bind).get_columns(table)]
        op.execute(f"DROP TRIGGER {table}_no_update" + _on(dialect, table))
        _run(of_emptied(dialect, table, columns))
    _run(of_purging(dialect))


def _on(dialect: str, table: str) -> str:
    return "" if dialect == "sqlite" else f" ON {table}"


def _run(statements: list[str]) -> None:
    for statement in statements:
        op.execute(statement)
