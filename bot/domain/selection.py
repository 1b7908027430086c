"""What of the record is asked for."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Selection:
    """A draft, an account, a period, or several of them at once; nothing means everything."""

    draft_id: int | None = None
    account: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    """The first moment that is not meant any more."""

    def __str__(self) -> str:
        """Return it in words."""
        words = [
            f"draft {self.draft_id}" if self.draft_id is not None else "",
            f"account {self.account}" if self.account is not None else "",
            f"from {self.since:%Y-%m-%d}" if self.since else "",
            f"before {self.until:%Y-%m-%d}" if self.until else "",
        ]
        return ", ".join(filter(None, words)) or "everything"
