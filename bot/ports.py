"""What the core asks of the outside: a clock, X, and a chat."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, Protocol

from bot.domain.card import DraftCard
from bot.domain.content import Poll
from bot.domain.destination import Destination
from bot.domain.draft import MessageRef, NewDraft
from bot.domain.home import Home
from bot.domain.media import Media
from bot.domain.publication import NotLive, Outcome
from bot.domain.timeline import Seen

Clock = Callable[[], datetime]
"""Returns the present moment, aware, UTC."""


def utc_now() -> datetime:
    """Return the machine's clock, aware, UTC."""
    return datetime.now(UTC)


FindPeople = Callable[[str], Sequence[tuple[int, int]]]
"""Returns where in a text people are named, in any order; NamesError where that cannot be known.

Bounded in time, whatever the text. Keeps nothing of it.
"""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One part on its way: text, the tweet that it answers, X's ids of its media, a poll."""

    text: str
    reply_to: str | None
    media_ids: tuple[str, ...] = ()
    poll: Poll | None = None


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Upload:
    """One picture or video on its way to X: what it is, how many bytes, and where they come from.

    `pieces` begins anew with each call, and may raise; `is_wanted` is asked before each call to X.
    """

    media: Media
    size: int
    pieces: Callable[[], Iterator[bytes]]
    is_wanted: Callable[[], bool] = _always


@dataclass(frozen=True, slots=True)
class Uploaded:
    """X has a picture or video under this id, for about a day; nobody sees it without a tweet."""

    media_id: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who X says we are, and how far X's clock is ahead of ours."""

    user_id: str
    username: str
    clock_ahead: timedelta


class Publisher(Protocol):
    """One X account."""

    @property
    def user_id(self) -> str:
        """The account's numeric id."""

    def post(self, outgoing: Outgoing, late: Callable[[Outcome], None]) -> Outcome:
        """Send one tweet, once. Never raises.

        Answers within the overall deadline. An answer that comes after it goes to `late`, on
        another thread; the outcome returned in its place is Unknown.
        """

    def upload(self, given: Upload) -> Uploaded | NotLive:
        """Give X a picture or a video. Never raises; may be repeated: it has no effect.

        Answers within the overall deadline of one call, or that of a whole video.
        """

    def delete(self, tweet_id: str) -> bool:
        """Delete a tweet: True when it is gone now, False when it was gone before. AccountError."""

    def timeline(self, since_id: str) -> Sequence[Seen]:
        """Return every tweet of the account newer than an id, replies included. AccountError."""

    def find(self, tweet_id: str) -> Seen | None:
        """Return one tweet, or None where X knows no such tweet. AccountError."""

    def identity(self) -> Identity:
        """Ask X who we are. AccountError."""


DIRECT = ""
"""In place of a channel: what must find somebody who may be away from their desk goes to them."""


@dataclass(frozen=True, slots=True)
class PrivateWord:
    """What must reach one person, in the place where it belongs, or (`DIRECT`) by itself."""

    person: str
    channel: str
    thread_ts: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A message of ours that stands for somebody's draft, and is posted once."""

    key: str
    """What it is found again by, at most 200 characters."""
    since: datetime
    """Before this moment it surely was not posted."""
    author: str
    text: str
    note: str
    """What people should know of it, below its text."""


class Chat(Protocol):
    """One chat platform, as the card loop and the catching up need it. Errors: ChatError."""

    def draw(self, card: DraftCard) -> MessageRef:
        """Write or rewrite the card of a draft; returns where it stands."""

    def follow(self, card: DraftCard) -> MessageRef | None:
        """Write or rewrite the status where a draft was written, if its card stands elsewhere."""

    def call(self, card: DraftCard) -> None:
        """Tell the people that the card waits for that it waits, in its thread."""

    def tell(self, word: PrivateWord) -> None:
        """Tell one person something, seen by nobody else."""

    def link(self, ref: MessageRef) -> str | None:
        """Return the address by which people open a message, None where it is gone."""

    def zone_of(self, person: str) -> str | None:
        """Return the name of the IANA zone that somebody lives in, None where nobody knows."""

    def show_home(self, home: Home) -> None:
        """Show one person what they have to do with."""

    def announce(self, channel: str, text: str) -> None:
        """Say something that everybody in a channel sees."""

    def propose(self, proposal: Proposal) -> MessageRef:
        """Post a message that stands for a draft where drafts are written.

        One whose posting was not answered is found again, not posted twice.
        """

    def retract(self, proposal: Proposal) -> None:
        """Delete the message of a proposal that became no draft, if it was posted at all."""

    def since(self, channel: str, ts: str) -> Sequence[NewDraft]:
        """Return the people's messages in a channel after `ts` that may be drafts, oldest first."""

    def reread(self, ref: MessageRef) -> NewDraft | None:
        """Return a message as it stands now, None when it was deleted."""

    def fetch(self, file: str, into: BinaryIO) -> None:
        """Write down what a file holds that is with a message.

        A permanent ChatError says in words for its author why it cannot be had, behind
        "it cannot go out:".
        """


class Follow(Protocol):
    """Looks where a link leads, over the network: never on a listener's thread."""

    def __call__(self, url: str) -> Destination:
        """Look at one link as it is written. Never raises; answers within a few seconds."""


class Wake(Protocol):
    """Tells a loop that there may be work."""

    def __call__(self) -> None:
        """Return at once; a loop that is busy goes round again."""
