"""What a card consists of: its parts with their pictures, and where its publication stands."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.content import Poll
from bot.domain.media import MediaFormat, MediaKind, is_described
from bot.domain.publication import PublicationState, Reason


@dataclass(frozen=True, slots=True)
class PictureCard:
    """One picture or video as it will be public; `file` is what the chat calls its file.

    Its size is in bytes; both numbers are None where it is not stored any more.
    """

    kind: MediaKind
    format: MediaFormat
    alt: str
    file: str | None
    size: int | None = None
    seconds: float | None = None

    @property
    def lacks_words(self) -> bool:
        """Whether somebody has still to say what it shows."""
        return is_described(self.kind) and not self.alt


@dataclass(frozen=True, slots=True)
class PartCard:
    """One part as it will be public, its weighted length, and its tweet id once it is live."""

    text: str
    length: int
    tweet_id: str | None
    removed: bool
    pictures: tuple[PictureCard, ...] = ()
    poll: Poll | None = None


@dataclass(frozen=True, slots=True)
class Fetching:
    """Files on their way from the chat; `stuck` says that the chat has not given one for long."""

    files: int
    stuck: bool


@dataclass(frozen=True, slots=True)
class PublicationCard:
    """Where the publication stands; `asks` says that a person must settle a doubt."""

    id: int
    state: PublicationState
    reason: Reason | None
    detail: str
    due_at: datetime
    asks: bool
    settling: bool
    stop_asked: bool
