"""Refusals of texts that hold patient data, and the key of their hashes.

There is no way back: whoever needs an older schema restores a backup.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.words import allow
from storage.triggers import of_refusals

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("author", AutoString(), nullable=False),
        sa.Column("front", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("ts", AutoString(), nullable=False),
        sa.Column("edited_ts", AutoString(), nullable=False),
        sa.Column("rules", AutoString(), nullable=False),
        sa.Column("places", AutoString(), nullable=False),
        sa.Column("seal", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_refusal_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal")),
    )
    op.create_index("ix_refusal_draft_id", "refusal", ["draft_id"])
    op.create_index(
        "uq_refusal_source", "refusal", ["front", "channel", "ts", "edited_ts"], unique=True
    )
    op.create_table(
        "refusal_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal_key")),
    )
    allow("audit_entry", "action", "draft:refuse")
    for statement in of_refusals(op.get_bind().dialect.name):
        op.execute(statement)
