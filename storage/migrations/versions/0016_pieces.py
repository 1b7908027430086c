"""Videos: bytes are stored in numbered pieces, and a file may be one.

There is no way back: whoever needs an older schema restores a backup.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from storage.migrations.words import allow

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blob_piece",
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blob.sha256"], name=op.f("fk_blob_piece_sha256_blob")
        ),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_blob_piece")),
    )
    op.execute("INSERT INTO blob_piece SELECT sha256, 0, content FROM blob")
    op.execute("ALTER TABLE blob ADD COLUMN size INTEGER NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE blob ADD COLUMN length_ms INTEGER")
    op.execute("UPDATE blob SET size = length(content)")
    op.execute("ALTER TABLE blob DROP COLUMN content")
    allow("source_file", "kind", "video")
    allow("source_file", "format", "video/mp4", "video/quicktime")
