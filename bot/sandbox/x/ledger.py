"""Everything that ever took effect at X, and every call: the state of the X side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.x.media import Upload
from bot.sandbox.x.wording import Wording

EPOCH_MS = 1_288_834_974_657  # X's ids count milliseconds from here
_SEQUENCE_BITS = 22


@dataclass(frozen=True, slots=True)
class Poll:
    """A question with two to four answers that may be chosen for some minutes."""

    id: int
    options: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Tweet:
    """A tweet as it took effect: what was sent, and what X made of it."""

    id: int
    author_id: str
    sent: str
    wording: Wording
    note: Wording | None
    parent: int | None
    parent_author_id: str | None
    conversation: int
    quoted: int | None
    media: tuple[Upload, ...] = ()
    poll: Poll | None = None

    @property
    def whole(self) -> Wording:
        """The text in full: the note of a long tweet."""
        return self.note or self.wording

    @property
    def created_ms(self) -> int:
        """Unix milliseconds on X's clock, which the id carries."""
        return created_ms(self.id)


@dataclass(frozen=True, slots=True)
class Call:
    """A call to X's API; `status` is None where no answer was sent, cost is in 1/1000 dollar."""

    at_ms: int
    method: str
    path: str
    status: int | None
    fault: str | None
    cost: int
    tweet_id: int | None

    def as_json(self) -> dict[str, Any]:
        """Answer the call for `/sandbox/x/ledger`, cost in dollars."""
        call: dict[str, Any] = {"at_ms": self.at_ms, "method": self.method, "path": self.path}
        call |= {"status": self.status, "cost": self.cost / 1000}
        if self.fault is not None:
            call["fault"] = self.fault
        if self.tweet_id is not None:
            call["tweet_id"] = str(self.tweet_id)
        return call


def created_ms(tweet_id: int) -> int:
    """Answer the unix milliseconds at which an id was given."""
    return (tweet_id >> _SEQUENCE_BITS) + EPOCH_MS


class Ledger:
    """Tweets in the order of their ids, deletions, and calls."""

    def __init__(self, newest_id: int = 0) -> None:
        self.tweets: dict[int, Tweet] = {}
        self.deleted_ms: dict[int, int] = {}
        self.calls: list[Call] = []
        self.newest_id = newest_id
        self._written_s: dict[int, float] = {}

    def next_id(self, now_ms: int) -> int:
        """Give an id of this time; greater than each before it, even if the clock went back."""
        self.newest_id = max(self.newest_id + 1, (now_ms - EPOCH_MS) << _SEQUENCE_BITS)
        return self.newest_id

    def add(self, tweet: Tweet, steady_s: float) -> None:
        """Enter a tweet at this reading of a clock that never steps."""
        self.tweets[tweet.id] = tweet
        self._written_s[tweet.id] = steady_s

    def delete(self, tweet_id: int, now_ms: int) -> None:
        """Enter that a live tweet is gone."""
        self.deleted_ms[tweet_id] = now_ms

    def live(self, tweet_id: int) -> Tweet | None:
        """Answer a tweet that exists now."""
        return None if tweet_id in self.deleted_ms else self.tweets.get(tweet_id)

    def newest_first(self, author_id: str | None = None) -> Iterator[Tweet]:
        """Answer the tweets that exist now, of one author or of all."""
        for tweet in reversed(self.tweets.values()):
            if tweet.id not in self.deleted_ms and author_id in (None, tweet.author_id):
                yield tweet

    def age_s(self, tweet: Tweet, steady_s: float) -> float:
        """Answer the seconds since a tweet was entered, by that clock that never steps."""
        return steady_s - self._written_s[tweet.id]

    @property
    def cost(self) -> int:
        """What all calls cost, in 1/1000 dollar."""
        return sum(call.cost for call in self.calls)
