"""The wish for the next slot, its calendar, and drafts whose message the bot posted.

There is no way back: whoever needs an older schema restores a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0001"
branch_labels = None
depends_on = None


def _wishes(*names: str) -> sa.Enum:
    return sa.Enum(*names, name="wishkind", native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.alter_column(
            "wish",
            existing_type=_wishes("now", "at"),
            type_=_wishes("now", "at", "slot"),
            existing_nullable=True,
        )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("posted", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.create_index(
            "ix_draft_slot",
            ["account"],
            unique=False,
            sqlite_where=sa.text("wish = 'slot'"),
            postgresql_where=sa.text("wish = 'slot'"),
        )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index("ix_publication_calendar", ["account", "due_at"], unique=False)
