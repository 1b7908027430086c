"""Which messages may be drafts, and what they say."""

from bot.domain.draft import FileRef, MessageRef, NewDraft
from handlers.slack.arrivals import Message
from handlers.slack.ids import FRONT
from handlers.slack.text import decode, decode_plain

_WITH_FILES = "file_share"
_BROADCAST = "thread_broadcast"


def is_tweet_to_be(message: Message) -> bool:
    """Whether it is a person's own message in the channel: no bot's, no reply, no joining."""
    own = message.user and not message.from_bot and not message.is_reply
    return bool(own) and message.subtype in (None, _WITH_FILES)


def is_said(message: Message) -> bool:
    """Whether it is a person's own message, wherever it stands."""
    own = message.user and not message.from_bot
    return bool(own) and message.subtype in (None, _WITH_FILES, _BROADCAST)


def ref(message: Message) -> MessageRef:
    """Return what the core calls a message."""
    return MessageRef(FRONT, message.channel, message.ts)


def read(message: Message) -> NewDraft:
    """Return a message as the core takes it in: its words as tweet text, and its files."""
    rich = message.rich
    said = decode_plain(message.text) if rich is None else decode(rich)
    return NewDraft(
        ref(message),
        message.user,
        said.text,
        said.findings,
        message.edited_ts,
        files=tuple(map(FileRef, message.files)),
    )
