"""X accounts and their pauses."""

from datetime import datetime

from sqlmodel import Field

from storage.models.columns import Row


class AccountRow(Row, table=True):
    """What is known of an X account beside its settings."""

    __tablename__ = "account"

    name: str = Field(primary_key=True)
    newest_id: str = "0"
    clock_ahead_ms: int = 0


class Pause(Row, table=True):
    """A stop for one account, or for all (`*`): while the row stands nothing goes out."""

    __tablename__ = "pause"

    account: str = Field(primary_key=True)
    actor: str
    reason: str
    created_at: datetime
