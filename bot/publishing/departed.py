"""An account that countersign.toml does not name any more, while drafts of it are under way.

Its lane goes on without keys: what becomes due is held by the gate, what is in doubt asks people,
and nothing stays "Scheduled" that nobody would send.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from bot.desk import Desk
from bot.domain.publication import NotLive, Outcome, Reason
from bot.domain.timeline import Seen
from bot.errors import AccountError
from bot.ports import DIRECT, Identity, Outgoing, Upload
from storage import accounts, notices

NO_KEYS = "I have no keys of the account {account} any more; countersign.toml does not name it."
LEFT = (
    "countersign.toml does not name the account {account} any more, but drafts of it are under "
    "way. What becomes due is held and says so on its card. Put the account back and start me "
    "again, or let the authors withdraw their drafts."
)

_log = logging.getLogger(__name__)


def departed(desk: Desk, known: Iterable[str]) -> tuple[str, ...]:
    """Return the accounts of drafts under way beside those that are known."""
    with desk.database.read() as session:
        return tuple(sorted(accounts.in_use(session) - set(known)))


def tell_of(desk: Desk, left: Iterable[str]) -> None:
    """Tell every operator of accounts that left, once a day at most."""
    now = desk.clock()
    for account in left:
        _log.warning("drafts of the account %s are under way, which is not set up", account)
        words = LEFT.format(account=account)
        with desk.write() as session:
            for person in sorted(desk.policy.operators):
                key = f"departed:{account}:{person}:{now.date()}"
                notices.add(session, key, person, DIRECT, None, words, now)


@dataclass(frozen=True, slots=True)
class Departed:
    """What stands in the place of X where there are no keys: nothing goes out, nothing is read."""

    account: str
    user_id: str = ""

    def post(self, outgoing: Outgoing, late: Callable[[Outcome], None]) -> Outcome:  # noqa: ARG002
        """Send nothing; the gate lets no part come so far."""
        return self._nothing()

    def upload(self, picture: Upload) -> NotLive:  # noqa: ARG002
        """Give X nothing."""
        return self._nothing()

    def delete(self, tweet_id: str) -> bool:
        """Raise AccountError: nothing can be taken down without keys."""
        self._refuse(tweet_id)

    def timeline(self, since_id: str) -> Sequence[Seen]:
        """Raise AccountError: nothing can be read without keys."""
        self._refuse(since_id)

    def find(self, tweet_id: str) -> Seen | None:
        """Raise AccountError: nothing can be read without keys."""
        self._refuse(tweet_id)

    def identity(self) -> Identity:
        """Raise AccountError: nobody can be asked without keys."""
        self._refuse("")

    def _nothing(self) -> NotLive:
        return NotLive(Reason.NO_ACCOUNT, NO_KEYS.format(account=self.account))

    def _refuse(self, _asked: str) -> NoReturn:
        raise AccountError(NO_KEYS.format(account=self.account), permanent=True)
