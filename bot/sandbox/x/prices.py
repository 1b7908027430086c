"""What a call costs, in thousandths of a dollar (docs.x.com pay-per-use pricing, August 2026)."""

from collections.abc import Iterable

from bot.sandbox.x.ledger import Tweet

CREATE = 15
CREATE_WITH_LINK = 200
SUMMONED_REPLY = 10
DELETE = 10
METADATA = 5
READ = 5
OWNED_READ = 1
_DAY_MS = 86_400_000


def of_creating(tweet: Tweet, parent: Tweet | None) -> int:
    """Answer the price of a tweet; a link makes it 13 times as dear."""
    if tweet.whole.links:
        return CREATE_WITH_LINK
    summoned = parent is not None and parent.author_id != tweet.author_id
    return SUMMONED_REPLY if summoned else CREATE


class Reads:
    """Prices reading; what was read already costs nothing more until the UTC day ends."""

    def __init__(self) -> None:
        self._read: set[tuple[int, str, str]] = set()

    def of(self, reader_id: str, owned: bool, what: Iterable[str], now_ms: int) -> int:
        """Answer the price of reading these ids now."""
        fresh = {(now_ms // _DAY_MS, reader_id, one) for one in what} - self._read
        self._read |= fresh
        return len(fresh) * (OWNED_READ if owned else READ)
