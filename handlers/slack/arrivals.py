"""What comes from Slack, as values: messages, clicks, modals, commands."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.card import Offer
from handlers.slack.richtext import RichText


@dataclass(frozen=True, slots=True)
class Picked:
    """A file that somebody picked in a modal: Slack's id of it, and its bytes, 0 if not said."""

    id: str
    size: int


Entry = str | int | tuple[str, ...] | tuple[Picked, ...] | None
"""What is in a field of a modal, None where it is empty."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """A payload that Slack does not send: which field is wrong."""

    field: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands in a channel.

    `edited_ts` says when it was edited last, at the latest, and is empty where it never was:
    Slack's own mark has only whole seconds, in which two edits would look like one.
    """

    channel: str
    ts: str
    user: str
    text: str
    rich: RichText | None
    thread_ts: str | None
    subtype: str | None
    from_bot: bool
    files: tuple[str, ...]
    edited_ts: str

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread that another message began."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody wrote a message."""

    message: Message


@dataclass(frozen=True, slots=True)
class Changed:
    """A message is not what it was: an edit, or something that Slack itself did to it.

    A deleted file leaves its message without being an edit of it: `lost_files` says so.
    """

    message: Message
    lost_files: bool = False


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message is gone; `of_person` is False where it surely was no person's own message."""

    channel: str
    ts: str
    of_person: bool
    is_reply: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What a button or modal is about: the draft and the revision that the person saw."""

    draft_id: int
    revision_id: int

    def __str__(self) -> str:
        return f"{self.draft_id}:{self.revision_id}"


@dataclass(frozen=True, slots=True)
class Click:
    """Somebody clicked a button of a card; `stamp` is the same when it is delivered twice."""

    person: str
    offer: Offer
    subject: Subject
    stamp: str
    trigger: str
    channel: str | None
    thread_ts: str | None

    @property
    def key(self) -> str:
        """Return what is the same for every copy of this click, and for no other."""
        return f"click:{self.person}:{self.offer}:{self.stamp}"


@dataclass(frozen=True, slots=True)
class Batch:
    """Somebody clicked a button that is about several drafts."""

    person: str
    action: str
    drafts: tuple[int, ...]
    stamp: str
    channel: str | None
    thread_ts: str | None = None

    @property
    def key(self) -> str:
        """Return what is the same for every copy of this click, and for no other."""
        return f"click:{self.person}:{self.action}:{self.stamp}"


@dataclass(frozen=True, slots=True)
class Submission:
    """Somebody filled in a modal: what it is about, and each field's entry, None where empty."""

    person: str
    offer: Offer
    subject: Subject
    stamp: str
    entries: Mapping[str, Entry]
    is_on_top: bool = False
    """Whether the modal lies on another one, which is done with, too, when this one is."""

    def words(self, field: str) -> str:
        """Return what was typed or chosen in a field, empty where nothing was."""
        entry = self.entries.get(field)
        return entry if isinstance(entry, str) else ""

    def ticked(self) -> frozenset[str]:
        """Return the values of every box that was ticked, in whichever field."""
        lists = (entry for entry in self.entries.values() if isinstance(entry, tuple))
        return frozenset(one for entry in lists for one in entry if isinstance(one, str))

    def seconds(self, field: str) -> int | None:
        """Return the moment that was picked in a field, in Unix seconds."""
        entry = self.entries.get(field)
        return entry if isinstance(entry, int) else None


@dataclass(frozen=True, slots=True)
class Filled:
    """Somebody submitted the composer, or used a button or list in it (`action`, `value`)."""

    person: str
    view: str
    hash: str
    metadata: str
    entries: Mapping[str, Entry]
    action: str = ""
    value: str = ""

    @property
    def key(self) -> str:
        """Return what is the same for every copy of this use, and for no other."""
        return f"used:{self.person}:{self.view}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody used a shortcut, maybe on a message."""

    person: str
    trigger: str
    stamp: str
    message: Message | None

    @property
    def key(self) -> str:
        """Return what is the same for every copy of this use, and for no other."""
        return f"shortcut:{self.person}:{self.stamp}"


@dataclass(frozen=True, slots=True)
class Command:
    """Somebody typed a slash command."""

    person: str
    channel: str
    text: str
    trigger: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody opened the app, at its Home tab or at its messages."""

    person: str
    tab: str
