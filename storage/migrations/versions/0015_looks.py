"""Looks: where the links of a revision led, and what its rules say of that.

There is no way back: whoever needs an older schema restores a backup.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.words import allow
from storage.triggers import of_looks

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    allow("publication", "reason", "stray_link")
    for name in ("breaks", "answered"):
        op.add_column("link", sa.Column(name, AutoString(), nullable=False, server_default=""))
    op.create_table(
        "look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("url", AutoString(), nullable=False),
        sa.Column("condition", _enum("condition", "answers", "dead", "unknown"), nullable=False),
        sa.Column("host", AutoString(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("why", AutoString(), nullable=False),
        sa.Column(
            "trust",
            _enum("trust", "own", "government", "education", "health", "listed", "unknown"),
            nullable=False,
        ),
        sa.Column("breaks", AutoString(), nullable=False),
        sa.Column("looked_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_look_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
    )
    op.create_index("ix_look_revision_id", "look", ["revision_id"])
    for statement in of_looks(op.get_bind().dialect.name):
        op.execute(statement)


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
