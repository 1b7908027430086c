"""The wish for the next slot, its calendar, and drafts whose message the bot posted.

There is no way back: whoever needs an older schema restores a backup.
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.words import allow

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    allow("draft", "wish", "slot")
    op.add_column(
        "draft", sa.Column("posted", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    waits = sa.text("wish = 'slot'")
    op.create_index(
        "ix_draft_slot", "draft", ["account"], sqlite_where=waits, postgresql_where=waits
    )
    op.create_index("ix_publication_calendar", "publication", ["account", "due_at"])
