"""What happens to messages: each change is made once, told to the bot, and told to the page."""

import math
from collections.abc import Callable
from typing import Any

from bot.sandbox.slack import events
from bot.sandbox.slack.ids import block_id, unique
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.workspace import Room, Workspace
from bot.sandbox.world import APP

Json = dict[str, Any]
Publish = Callable[[Json], object]
Changed = Callable[..., None]

_MENTION = f"<@{APP.user_id}>"


class Chat:
    """Posts, edits, deletes; `publish` sends an event to the bot, `changed` tells the page."""

    def __init__(self, workspace: Workspace, publish: Publish, changed: Changed) -> None:
        self.workspace = workspace
        self._publish, self._changed = publish, changed

    def post(self, room: Room, message: Message) -> Message:
        """Put a new message into its channel; ephemeral ones only reach the page."""
        room.messages[message.ts] = message
        self._redraw(room, message)
        if message.ephemeral_to is None:
            self._tell(room, events.message(room, message))
            if _MENTION in message.text and message.user != APP.user_id and not room.im_with:
                self._tell(room, events.app_mention(message))
            self._count_reply(room, message)
        return message

    def edit(self, room: Room, message: Message, *, by: str, **new: Any) -> None:
        """Change what a message says; `edited.ts` has whole seconds, as Slack's has."""
        second = math.floor(self.workspace.clock.now_s())
        self.change(room, message, edited={"user": by, "ts": f"{second}.000000"}, **new)

    def change(self, room: Room, message: Message, **new: Any) -> None:
        """Change a message in any way and tell the bot, without marking it as edited."""
        before = message.as_slack()
        for name, value in new.items():
            setattr(message, name, value)
        message.before = before
        self._redraw(room, message)
        if message.ephemeral_to is None:
            stamps = self.workspace.stamps
            self._tell(room, events.message_changed(room, message, before, stamps))

    def delete(self, room: Room, message: Message) -> None:
        """Take a message away; where it has replies, a tombstone stays."""
        if message.replies:
            self.change(room, message, deleted=True, reactions={}, chosen={})
            return
        del room.messages[message.ts]
        self._redraw(room, message)
        if message.ephemeral_to is None:
            self._tell(room, events.message_deleted(room, message, self.workspace.stamps))
            self._uncount_reply(room, message)

    def react(self, room: Room, message: Message, user: str, name: str, *, added: bool) -> None:
        """Add or take away somebody's reaction."""
        users = message.reactions.setdefault(name, [])
        (users.append if added else users.remove)(user)
        self._redraw(room, message)
        kind = "reaction_added" if added else "reaction_removed"
        self._tell(room, events.reaction(kind, user, name, message, self.workspace.stamps))

    def join(self, room: Room, user: str) -> Message:
        """Let somebody join a channel, with the line that says so."""
        new = user not in room.members
        room.members.add(user)
        text = f"<@{user}> has joined the channel"
        joined = Message(room.id, self.workspace.stamps.next(), user, text, subtype="channel_join")
        self.post(room, joined)
        if new:
            self._tell(room, events.member_joined(room, user, self.workspace.stamps))
        return joined

    def typed(self, room: Room, user: str, text: str, elements: list[Json]) -> Message:
        """Answer a message as somebody's client sends it, not yet posted."""
        block = {"type": "rich_text", "block_id": block_id(), "elements": elements}
        message = Message(room.id, self.workspace.stamps.next(), user, text, [block] * bool(text))
        message.client_msg_id = unique()
        return message

    def _count_reply(self, room: Room, reply: Message) -> None:
        parent = room.messages.get(str(reply.thread_ts))
        if parent is not None and reply.is_reply:
            replies = parent.replies | {reply.ts: reply.user or APP.user_id}
            self.change(room, parent, replies=replies)

    def _uncount_reply(self, room: Room, reply: Message) -> None:
        parent = room.messages.get(str(reply.thread_ts))
        if parent is not None and reply.ts in parent.replies:
            left = {ts: user for ts, user in parent.replies.items() if ts != reply.ts}
            self.change(room, parent, replies=left)

    def _tell(self, room: Room, event: Json) -> None:
        if room.has_bot:
            self._publish(event)

    def _redraw(self, room: Room, message: Message) -> None:
        self._changed(channel=room.id, user=message.ephemeral_to or room.im_with)
