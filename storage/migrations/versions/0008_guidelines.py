"""What a guideline says of a revision, and what reviewers acknowledge and attest.

Columns are added and no table is made anew; on SQLite the triggers that name every column are made
again, so that they hold the new ones as well. Approvals from before this answered nothing: of a
revision with warnings they do not count any more.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from storage.triggers import of_emptied

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("title", "citation", "pack"):
        op.add_column("finding", sa.Column(name, AutoString(), nullable=False, server_default=""))
    op.add_column(
        "finding",
        sa.Column("wants_note", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    for name in ("acknowledged", "attested"):
        op.add_column("review", sa.Column(name, AutoString(), nullable=False, server_default="[]"))
    if op.get_bind().dialect.name == "sqlite":
        for table in ("finding", "review"):
            _watch_every_column(table)


def _watch_every_column(table: str) -> None:
    columns = [str(column["name"]) for column in sa.inspect(op.get_bind()).get_columns(table)]
    op.execute(f"DROP TRIGGER {table}_no_update")
    for statement in of_emptied("sqlite", table, columns):
        op.execute(statement)
