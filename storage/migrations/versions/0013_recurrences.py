"""Recurrences and their occurrences.

There is no way back: whoever needs an older schema restores a backup.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.words import allow

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ACTIONS = ("draft:repeat", "draft:skip", "draft:repeat_no_more")
RHYTHMS = ("daily", "weekdays", "weekly", "fortnightly", "monthly")


def upgrade() -> None:
    op.create_table(
        "recurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("person", AutoString(), nullable=False),
        sa.Column("rhythm", _rhythm(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("done", sa.Date(), nullable=False),
        sa.Column("look_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_recurrence_draft_id_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recurrence")),
    )
    op.create_index("ix_recurrence_draft_id", "recurrence", ["draft_id"])
    _create_index("uq_recurrence_open", "recurrence", "draft_id", "ended_at IS NULL", unique=True)
    _create_index("ix_recurrence_look", "recurrence", "look_at", "look_at IS NOT NULL")
    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recurrence_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("skipped_at", UTCDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("try_after", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recurrence_id"],
            ["recurrence.id"],
            name=op.f("fk_occurrence_recurrence_id_recurrence"),
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_occurrence_draft_id_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
    )
    op.create_index("uq_occurrence_day", "occurrence", ["recurrence_id", "day"], unique=True)
    _create_index(
        "uq_occurrence_draft", "occurrence", "draft_id", "draft_id IS NOT NULL", unique=True
    )
    _create_index(
        "ix_occurrence_waiting", "occurrence", "id", "draft_id IS NULL AND skipped_at IS NULL"
    )
    allow("audit_entry", "action", *ACTIONS)


def _create_index(name: str, table: str, column: str, where: str, *, unique: bool = False) -> None:
    only = sa.text(where)
    op.create_index(name, table, [column], unique=unique, sqlite_where=only, postgresql_where=only)


def _rhythm() -> sa.Enum:
    return sa.Enum(*RHYTHMS, name="rhythm", native_enum=False, create_constraint=True, length=32)
