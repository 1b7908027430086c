"""What a guideline says of a revision, and what reviewers acknowledge and attest.

Columns are added and no table is made anew, so that the triggers stay. Approvals from before this
answered nothing: of a revision with warnings they do not count any more.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

revision = "0002"
down_revision = "0001"
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
