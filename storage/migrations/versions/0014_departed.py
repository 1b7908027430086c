"""Publications that wait because their account left countersign.toml.

There is no way back: whoever needs an older schema restores a backup.
"""

from storage.migrations.words import allow

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    allow("publication", "reason", "no_account")
