"""`chat.*`: what the bot writes."""

from typing import Any

from bot.sandbox.slack.blocks import MOST_CHARACTERS, characters, message_problems
from bot.sandbox.slack.files import file_problems
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.method import Desk, Json, Method, room_of
from bot.sandbox.slack.refusals import SlackError, refuse
from bot.sandbox.slack.viewing import with_ids
from bot.sandbox.slack.wire import Args
from bot.sandbox.slack.workspace import Room
from bot.sandbox.world import APP

LONGEST_TEXT = 40_000
_MARKUP = ("link_names", "parse", "mrkdwn", "unfurl_links", "unfurl_media")
_CONTENT = ("text", "blocks", "attachments", "metadata", *_MARKUP)


def content_of(text: str, blocks: Any, attachments: Any = None) -> Json:
    """Check what is to be shown, and answer it as it is stored."""
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    if len(text) > LONGEST_TEXT:
        raise SlackError("msg_too_long")
    if blocks is not None:
        refuse("invalid_blocks", message_problems(blocks))
        if characters(blocks) > MOST_CHARACTERS:
            raise SlackError("msg_blocks_too_long")
    if attachments is not None and (not isinstance(attachments, list) or len(attachments) > 100):
        raise SlackError("invalid_attachments")
    stored = {"text": text, "blocks": with_ids(blocks or [])}
    return stored | {"attachments": attachments or []}


def post_message(desk: Desk, args: Args) -> Json:
    """Post a message as the bot."""
    room = _writable(desk, args)
    content = _content(desk, args)
    thread_ts = _thread(room, args)
    broadcast = "thread_broadcast" if thread_ts and args.flag("reply_broadcast") else None
    message = Message(
        room.id,
        desk.workspace.stamps.next(),
        APP.user_id,
        thread_ts=thread_ts,
        subtype=broadcast,
        by_bot=APP.bot_id,
        metadata=args.structure("metadata"),
        **content,
    )
    desk.chat.post(room, message)
    return {"channel": room.id, "ts": message.ts, "message": message.as_slack()}


def update(desk: Desk, args: Args) -> Json:
    """Change one of the bot's messages; blocks that are left out are gone."""
    room = _writable(desk, args)
    message = _own(room, args, "cant_update_message")
    content = _content(desk, args)
    desk.chat.edit(room, message, by=APP.user_id, **content)
    answer = {"channel": room.id, "ts": message.ts, "text": message.text}
    return answer | {"message": message.as_slack()}


def delete(desk: Desk, args: Args) -> Json:
    """Delete one of the bot's messages."""
    room = room_of(desk, args, joined=True)
    message = _own(room, args, "cant_delete_message")
    desk.chat.delete(room, message)
    return {"channel": room.id, "ts": message.ts}


def post_ephemeral(desk: Desk, args: Args) -> Json:
    """Post a message that one person sees, until they reload."""
    room = _writable(desk, args)
    user = args.text("user")
    member = desk.workspace.members.get(user)
    if member is None or member.deleted or user not in room.members:
        raise SlackError("user_not_in_channel")
    content, thread_ts = _content(desk, args), _thread(room, args)
    ts = desk.workspace.stamps.next()
    message = Message(
        room.id,
        ts,
        APP.user_id,
        thread_ts=thread_ts,
        by_bot=APP.bot_id,
        ephemeral_to=user,
        **content,
    )
    desk.chat.post(room, message)
    return {"message_ts": ts}


def get_permalink(desk: Desk, args: Args) -> Json:
    """Answer the address of a message in Slack's web client."""
    room = room_of(desk, args)
    message = _message(room, args.text("message_ts"))
    link = f"https://{APP.team_domain}.slack.com/archives/{room.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={room.id}"
    return {"channel": room.id, "permalink": link}


def _content(desk: Desk, args: Args) -> Json:
    refuse("invalid_blocks", file_problems(desk.workspace.files, args.structure("blocks")))
    return content_of(args.text("text"), args.structure("blocks"), args.structure("attachments"))


def _writable(desk: Desk, args: Args) -> Room:
    room = room_of(desk, args)
    if room.archived:
        raise SlackError("is_archived")
    return room_of(desk, args, joined=True)


def _thread(room: Room, args: Args) -> str | None:
    if not args.has("thread_ts"):
        return None
    parent = room.messages.get(args.text("thread_ts"))
    if parent is None or parent.ephemeral_to:
        raise SlackError("thread_not_found")
    if parent.is_reply:
        raise SlackError("cannot_reply_to_message")
    return parent.ts


def _message(room: Room, ts: str) -> Message:
    message = room.messages.get(ts)
    if message is None or message.ephemeral_to or message.deleted:
        raise SlackError("message_not_found")
    return message


def _own(room: Room, args: Args, otherwise: str) -> Message:
    message = _message(room, args.text("ts"))
    if message.by_bot != APP.bot_id:
        raise SlackError(otherwise)
    return message


_WRITES = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(
        post_message, ("channel",), (*_CONTENT, "thread_ts", "reply_broadcast"), _WRITES
    ),
    "chat.update": Method(
        update, ("channel", "ts"), (*_CONTENT, "as_user", "reply_broadcast"), _WRITES
    ),
    "chat.delete": Method(delete, ("channel", "ts"), ("as_user",), _WRITES),
    "chat.postEphemeral": Method(
        post_ephemeral, ("channel", "user"), (*_CONTENT, "thread_ts", "as_user"), _WRITES
    ),
    "chat.getPermalink": Method(get_permalink, ("channel", "message_ts"), takes_json=False),
}
