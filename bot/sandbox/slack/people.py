"""What persons do with messages: write, edit, delete, react, join; refused in words."""

from typing import Any

from bot.sandbox.slack.chat import Chat
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.refusals import RefusedError
from bot.sandbox.slack.richtext import compose
from bot.sandbox.slack.workspace import Member, Room, Workspace
from bot.sandbox.world import APP

Json = dict[str, Any]

LONGEST_TYPED = 40_000
OTHER_BOT = "B0OTHER"
_SUBTYPES = ("channel_join", "thread_broadcast", "bot_message", "me_message")


class People:
    """Persons at their Slack clients, as far as messages go."""

    def __init__(self, workspace: Workspace, chat: Chat) -> None:
        self._workspace, self._chat = workspace, chat

    def member(self, user: str) -> Member:
        """Answer somebody who is here and may act."""
        member = self._workspace.members.get(user)
        if member is None or member.is_bot:
            raise RefusedError(f"there is nobody with the id {user}")
        if member.deleted:
            raise RefusedError(f"{member.person.real_name} has no account any more")
        return member

    def room(self, channel: str, user: str) -> Room:
        """Answer a channel that somebody is in."""
        self.member(user)
        room = self._workspace.room(channel)
        if room is None:
            raise RefusedError(f"there is no channel {channel}")
        if user not in room.members:
            raise RefusedError(f"{user} is not in {room.name}")
        return room

    def message(self, channel: str, ts: str, user: str) -> tuple[Room, Message]:
        """Answer a message that somebody sees."""
        room = self.room(channel, user)
        message = room.messages.get(ts)
        if message is None or message.deleted or message.ephemeral_to not in (None, user):
            raise RefusedError("there is no such message")
        return room, message

    def write(self, user: str, channel: str, text: str, *, thread_ts: str = "",
              subtype: str = "", files: list[Json] | None = None) -> str:  # fmt: skip
        """Send what somebody typed; answers its ts."""
        if subtype and subtype not in _SUBTYPES:
            raise RefusedError(f"a message can have one of these subtypes: {', '.join(_SUBTYPES)}")
        if subtype == "channel_join":
            self.member(user)
            return self._chat.join(self._open(channel), user).ts
        room = self._open(self.room(channel, user).id)
        self._check_text(text, files)
        composed = compose(text, self._workspace.names)
        message = self._chat.typed(room, user, composed.text, composed.elements)
        message.subtype = "file_share" if files else subtype or None
        message.thread_ts = self._thread(room, thread_ts)
        message.files = [_file(self._workspace, user, one) for one in files or []]
        if subtype == "bot_message":
            message.user, message.by_bot, message.client_msg_id = None, OTHER_BOT, None
        return self._chat.post(room, message).ts

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change somebody's own message; an unchanged text changes nothing, as at Slack."""
        room, message = self._own(user, channel, ts)
        self._check_text(text, message.files)
        composed = compose(text, self._workspace.names)
        fresh = self._chat.typed(room, user, composed.text, composed.elements)
        elements = [block.get("elements") for block in message.blocks]
        if composed.text != message.text or elements != [b["elements"] for b in fresh.blocks]:
            self._chat.edit(room, message, by=user, text=fresh.text, blocks=fresh.blocks)

    def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete somebody's own message."""
        self._chat.delete(*self._own(user, channel, ts))

    def unfurl(self, channel: str, ts: str) -> None:
        """Let Slack add a preview to a message: a change that is no edit."""
        room = self._open(channel)
        message = room.messages.get(ts)
        if message is None or message.deleted:
            raise RefusedError("there is no such message")
        preview = {"id": 1, "title": "A preview", "fallback": "A preview", "from_url": "https://"}
        self._chat.change(room, message, attachments=[*message.attachments, preview])

    def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """Add somebody's reaction, or take it away if it is there."""
        room, message = self.message(channel, ts, user)
        there = user in message.reactions.get(name, [])
        self._chat.react(room, message, user, name, added=not there)

    def seen(self, channel: str, user: str) -> list[Json]:
        """Answer what somebody sees in a channel, oldest first."""
        room = self.room(channel, user)
        shown = [m for m in room.messages.values() if m.ephemeral_to in (None, user)]
        return [message.as_seen() for message in shown]

    def _own(self, user: str, channel: str, ts: str) -> tuple[Room, Message]:
        room, message = self.message(self._open(channel).id, ts, user)
        if message.user != user or message.by_bot:
            raise RefusedError("only your own messages can be changed")
        return room, message

    def _open(self, channel: str) -> Room:
        room = self._workspace.room(channel)
        if room is None:
            raise RefusedError(f"there is no channel {channel}")
        if room.archived:
            raise RefusedError(f"#{room.name} is archived")
        return room

    def _check_text(self, text: str, files: list[Json] | None) -> None:
        if not text.strip() and not files:
            raise RefusedError("there is nothing to send")
        if len(text) > LONGEST_TYPED:
            raise RefusedError(f"a message has at most {LONGEST_TYPED} characters")

    def _thread(self, room: Room, thread_ts: str) -> str | None:
        if not thread_ts:
            return None
        parent = room.messages.get(thread_ts)
        if parent is None or parent.is_reply or parent.ephemeral_to:
            raise RefusedError("there is no such thread")
        return thread_ts


def _file(workspace: Workspace, user: str, given: Json) -> Json:
    """Answer a file as Slack shares it; what it holds cannot be fetched here."""
    name, size = str(given.get("name") or "file"), given.get("size", 0)
    if isinstance(size, bool) or not isinstance(size, int):
        raise RefusedError("the size of a file is a whole number of bytes")
    id_ = workspace.ids.make("F")
    private = f"https://files.slack.com/files-pri/{APP.team_id}-{id_}/{name}"
    shared: Json = {"id": id_, "name": name, "title": name, "user": user, "mode": "hosted"}
    shared |= {"created": int(workspace.clock.now_s()), "is_external": False, "editable": False}
    shared |= {"mimetype": str(given.get("mimetype") or "application/octet-stream")}
    shared |= {"filetype": name.rpartition(".")[2].lower(), "size": size}
    return shared | {"url_private": private, "url_private_download": f"{private}?download=1"}
