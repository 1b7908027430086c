"""Stand-ins, reminders, Home tabs, and what is said in the threads of drafts.

There is no way back: whoever needs an older schema restores a backup.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.words import allow

revision = "0007"
down_revision = "0004"
branch_labels = None
depends_on = None

ACTIONS = ("draft:discuss", "review:remind", "reviewer:away", "reviewer:back")


def upgrade() -> None:
    allow("audit_entry", "action", *ACTIONS)
    op.add_column("draft", sa.Column("card_link", AutoString(), nullable=True))
    op.add_column("draft", sa.Column("status_ts", AutoString(), nullable=True))
    op.add_column("draft", sa.Column("asked_at", UTCDateTime(), nullable=True))
    op.add_column("draft", sa.Column("remind_at", UTCDateTime(), nullable=True))
    op.create_index("ix_draft_state", "draft", ["state"])
    op.create_index("ix_draft_author", "draft", ["author", "state"])
    op.create_index("ix_draft_card", "draft", ["card_channel", "card_ts"])
    waits = sa.text("remind_at IS NOT NULL")
    op.create_index(
        "ix_draft_remind", "draft", ["remind_at"], sqlite_where=waits, postgresql_where=waits
    )
    _stand_ins()
    _people()
    _replies()


def _stand_ins() -> None:
    op.create_table(
        "stand_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reviewer", AutoString(), nullable=False),
        sa.Column("person", AutoString(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_in")),
    )
    is_open = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_stand_in_open",
        "stand_in",
        ["reviewer"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("zone", AutoString(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "home_tab",
        sa.Column("person", AutoString(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("drawn_mark", sa.Integer(), nullable=False),
        sa.Column("drawn_at", UTCDateTime(), nullable=True),
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("draw_after", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_home_tab")),
    )
    op.create_index(op.f("ix_home_tab_opened_at"), "home_tab", ["opened_at"])


def _replies() -> None:
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("front", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("ts", AutoString(), nullable=False),
        sa.Column("person", AutoString(), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("edited_ts", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_reply_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_draft_id"), "reply", ["draft_id"])
    op.create_index("uq_reply_message", "reply", ["front", "channel", "ts"], unique=True)
