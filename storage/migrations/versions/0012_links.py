"""Links: where those of drafts lead, and publications that wait because one died.

There is no way back: whoever needs an older schema restores a backup.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.words import allow

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    allow("publication", "reason", "dead_link")
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("url", AutoString(), nullable=False),
        sa.Column("condition", _enum("condition", "answers", "dead", "unknown"), nullable=True),
        sa.Column("host", AutoString(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("why", AutoString(), nullable=False),
        sa.Column(
            "trust",
            _enum("trust", "own", "government", "education", "health", "listed", "unknown"),
            nullable=False,
        ),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("looked_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_link_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    op.create_index("uq_link", "link", ["draft_id", "url"], unique=True)
    for name, column, which in (
        ("ix_link_waiting", "id", "condition IS NULL"),
        ("ix_link_dead", "looked_at", "condition = 'dead'"),
    ):
        only = sa.text(which)
        op.create_index(name, "link", [column], sqlite_where=only, postgresql_where=only)


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
