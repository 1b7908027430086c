"""Pictures: the files of messages, and the bytes that go out."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_WAITING = "sha256 IS NULL AND refusal IS NULL"


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "source_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("ref", AutoString(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("sha256", AutoString(), nullable=True),
        sa.Column("kind", _enum("mediakind", "photo", "gif"), nullable=True),
        sa.Column(
            "format",
            _enum("mediaformat", "image/jpeg", "image/png", "image/webp", "image/gif"),
            nullable=True,
        ),
        sa.Column("refusal", AutoString(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("try_after", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_source_file_draft_id_draft")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blob.sha256"], name=op.f("fk_source_file_sha256_blob")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_file")),
    )
    with op.batch_alter_table("source_file", schema=None) as batch_op:
        batch_op.create_index("uq_source_file", ["draft_id", "ref"], unique=True)
        batch_op.create_index(
            "ix_source_file_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text(_WAITING),
            postgresql_where=sa.text(_WAITING),
        )


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
