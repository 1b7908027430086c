"""The tables of the first version, and what keeps their rows immutable.

There is no way back: whoever needs an older schema restores a backup.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.triggers import statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("newest_id", AutoString(), nullable=False),
        sa.Column("clock_ahead_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_account")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", AutoString(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "author",
                "reviewer",
                "operator",
                "member",
                "bot",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "action",
            sa.Enum(
                "draft:submit",
                "draft:revise",
                "draft:withdraw",
                "draft:wish",
                "draft:lapse",
                "review:approve",
                "review:request_changes",
                "review:reject",
                "review:revoke",
                "publication:schedule",
                "publication:cancel",
                "publication:claim",
                "publication:intent",
                "publication:outcome",
                "publication:stop",
                "publication:retry",
                "publication:lookup",
                "publication:settle",
                "publication:remove",
                "publication:removed",
                "publication:contradicted",
                "account:pause",
                "account:resume",
                name="auditaction",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("fingerprint", AutoString(), nullable=True),
        sa.Column("detail", AutoString(), nullable=False),
        sa.Column("previous", AutoString(), nullable=False),
        sa.Column("hash", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_draft_id"), ["draft_id"], unique=False)

    op.create_table(
        "channel_mark",
        sa.Column("front", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("ts", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("front", "channel", name=op.f("pk_channel_mark")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", AutoString(), nullable=False),
        sa.Column("author", AutoString(), nullable=False),
        sa.Column("front", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("ts", AutoString(), nullable=False),
        sa.Column("edited_ts", AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "drafting",
                "in_review",
                "changes_requested",
                "approved",
                "rejected",
                "withdrawn",
                "closed",
                name="draftstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", AutoString(), nullable=False),
        sa.Column(
            "wish",
            sa.Enum(
                "now", "at", name="wishkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("wish_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drawn_version", sa.Integer(), nullable=False),
        sa.Column("card_channel", AutoString(), nullable=True),
        sa.Column("card_ts", AutoString(), nullable=True),
        sa.Column("asked_revision", sa.Integer(), nullable=False),
        sa.Column("draw_failures", sa.Integer(), nullable=False),
        sa.Column("draw_after", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(
            "ix_draft_undrawn",
            ["id"],
            unique=False,
            sqlite_where=sa.text("version > drawn_version"),
            postgresql_where=sa.text("version > drawn_version"),
        )
        batch_op.create_index("uq_draft_source", ["front", "channel", "ts"], unique=True)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(), nullable=False),
        sa.Column("person", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("thread_ts", AutoString(), nullable=True),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("delivered_at", UTCDateTime(), nullable=True),
        sa.Column("given_up_at", UTCDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("try_after", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("delivered_at IS NULL AND given_up_at IS NULL"),
            postgresql_where=sa.text("delivered_at IS NULL AND given_up_at IS NULL"),
        )

    op.create_table(
        "pause",
        sa.Column("account", AutoString(), nullable=False),
        sa.Column("actor", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_pause")),
    )
    op.create_table(
        "source_mark",
        sa.Column("front", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("ts", AutoString(), nullable=False),
        sa.Column("edited_ts", AutoString(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("front", "channel", "ts", name=op.f("pk_source_mark")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", AutoString(), nullable=False),
        sa.Column("content", AutoString(), nullable=False),
        sa.Column("fingerprint", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_revision_draft_id_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index("uq_revision_number", ["draft_id", "number"], unique=True)

    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("rule", AutoString(), nullable=False),
        sa.Column(
            "severity",
            sa.Enum(
                "block",
                "warn",
                "attest",
                name="severity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("message", AutoString(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_finding_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("account", AutoString(), nullable=False),
        sa.Column("fingerprint", AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "scheduled",
                "publishing",
                "in_doubt",
                "held",
                "missed",
                "failed",
                "published",
                "removing",
                "removed",
                "cancelled",
                name="publicationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "paused",
                "late",
                "too_early",
                "stop_asked",
                "not_approved",
                "changed",
                "unreadable",
                "access",
                "credits",
                "refused",
                "duplicate",
                "settled",
                "asked",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("detail", AutoString(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("next_at", UTCDateTime(), nullable=True),
        sa.Column("lease_until", UTCDateTime(), nullable=True),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("stop_asked", sa.Boolean(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("lookups", sa.Integer(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("settle", AutoString(), nullable=True),
        sa.Column("settle_by", AutoString(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_publication_draft_id_draft")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_publication_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(
            "ix_publication_claimed",
            ["account", "lease_until"],
            unique=False,
            sqlite_where=sa.text("lease_until IS NOT NULL"),
            postgresql_where=sa.text("lease_until IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_publication_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(
            "ix_publication_due",
            ["account", "next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index("ix_publication_state", ["account", "state"], unique=False)
        batch_op.create_index(
            "uq_publication_open",
            ["draft_id"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('cancelled', 'removed')"),
            postgresql_where=sa.text("state NOT IN ('cancelled', 'removed')"),
        )

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("reviewer", AutoString(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "approve",
                "request_changes",
                "reject",
                "revoke",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_review_draft_id_draft")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_review_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_draft_id"), ["draft_id"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("account", AutoString(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "live",
                "refused",
                "unknown",
                name="attemptstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("deadline", UTCDateTime(), nullable=False),
        sa.Column("since_id", AutoString(), nullable=False),
        sa.Column("parent_id", AutoString(), nullable=True),
        sa.Column("duplicate", sa.Boolean(), nullable=False),
        sa.Column("tweet_id", AutoString(), nullable=True),
        sa.Column("detail", AutoString(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_attempt_publication_id_publication"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attempt_publication_id"), ["publication_id"], unique=False
        )
        batch_op.create_index(
            "uq_attempt_in_flight",
            ["account"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "publication_part",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("tweet_id", AutoString(), nullable=True),
        sa.Column("returned_text", AutoString(), nullable=True),
        sa.Column("live_at", UTCDateTime(), nullable=True),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_part_publication_id_publication"),
        ),
        sa.PrimaryKeyConstraint("publication_id", "part", name=op.f("pk_publication_part")),
        sa.UniqueConstraint("tweet_id", name=op.f("uq_publication_part_tweet_id")),
    )

    for statement in statements(op.get_bind().dialect.name):
        op.execute(statement)
