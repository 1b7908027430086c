"""From messages to drafts: what people write, change and delete in the drafts channel."""

from typing import assert_never

from slack_bolt import App

from bot.domain.content import is_chat
from bot.domain.draft import MessageRef
from bot.workflow.discussing import discuss, take_back
from bot.workflow.intake import become_chat, is_source, remove_source, revise, submit
from handlers.slack import drafting
from handlers.slack.arrivals import Changed, Deleted, Message, Written
from handlers.slack.errors import Happening, on_message
from handlers.slack.front import Front
from handlers.slack.ids import FRONT

FILES = (
    "I cannot take files yet, so I did not take this message. "
    "Please send the text alone, in a new message."
)
_TOMBSTONE = "tombstone"


def register(app: App, front: Front) -> None:
    """Listen to what happens in channels."""
    app.event("message")(on_message(front, take))


def take(front: Front, found: Happening) -> None:
    """Take in what happened, if it happened where drafts are written or talked about."""
    match found:
        case Written(message) | Changed(message) if message.is_reply:
            _replied(front, message)
        case Deleted(channel, ts, of_person=True, is_reply=True):
            if channel in (front.channel, front.review_channel):
                take_back(front.desk, MessageRef(FRONT, channel, ts))
        case Written(message) if message.channel == front.channel:
            _written(front, message)
        case Changed(message) if message.channel == front.channel:
            _changed(front, message)
        case Deleted(channel, ts, of_person) if channel == front.channel:
            ref = MessageRef(FRONT, channel, ts)
            if of_person or is_source(front.desk, ref):
                remove_source(front.desk, ref)
        case Written() | Changed() | Deleted():
            return
        case _:
            assert_never(found)


def _replied(front: Front, message: Message) -> None:
    """Keep what people say in the threads of drafts and cards."""
    is_words = drafting.is_said(message) and message.thread_ts
    if not is_words or message.channel not in (front.channel, front.review_channel):
        return
    thread = MessageRef(FRONT, message.channel, message.thread_ts or "")
    said = drafting.read(message)
    discuss(front.desk, thread, said.ref, said.author, said.text, said.edited_ts)


def _written(front: Front, message: Message) -> None:
    if not drafting.is_tweet_to_be(message):
        return
    if drafting.has_files(message):
        _refuse_files(front, message)
        return
    new = drafting.read(message)
    if not is_chat(new.text):
        submit(front.desk, new)


def _changed(front: Front, message: Message) -> None:
    """Take over an edit; unfurled links, reply counts and reactions change nothing."""
    if message.subtype == _TOMBSTONE:
        remove_source(front.desk, drafting.ref(message))
        return
    if not message.edited_ts or not drafting.is_tweet_to_be(message):
        return
    if drafting.has_files(message):
        _refuse_files(front, message)
        return
    new = drafting.read(message)
    if is_chat(new.text):
        become_chat(front.desk, new.ref, new.edited_ts)
    else:
        revise(front.desk, new)


def _refuse_files(front: Front, message: Message) -> None:
    key = f"files:{message.channel}:{message.ts}:{message.edited_ts}"
    front.tell(key, message.user, FILES, message.channel, None)
