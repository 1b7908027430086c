"""What persons do with messages: write, edit, delete, react, join; refused in words."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox.slack.chat import Chat
from bot.sandbox.slack.files import MOST, SharedFile
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.refusals import RefusedError
from bot.sandbox.slack.richtext import compose
from bot.sandbox.slack.workspace import Member, Room, Workspace

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
              subtype: str = "", files: Sequence[str] = ()) -> str:  # fmt: skip
        """Send what somebody typed; answers its ts."""
        if subtype and subtype not in _SUBTYPES:
            raise RefusedError(f"a message can have one of these subtypes: {', '.join(_SUBTYPES)}")
        if subtype == "channel_join":
            self.member(user)
            return self._chat.join(self._open(channel), user).ts
        room = self._open(self.room(channel, user).id)
        self._check_text(text, files)
        shared = self._shared(user, files)
        composed = compose(text, self._workspace.names)
        message = self._chat.typed(room, user, composed.text, composed.elements)
        message.subtype = "file_share" if files else subtype or None
        message.thread_ts = self._thread(room, thread_ts)
        message.files = shared
        if subtype == "bot_message":
            message.user, message.by_bot, message.client_msg_id = None, OTHER_BOT, None
        return self._chat.post(room, message).ts

    def edit(
        self, user: str, channel: str, ts: str, text: str, files: Sequence[str] | None = None
    ) -> None:
        """Change somebody's own message, with `files` also what it shares.

        What is as it was changes nothing, as at Slack.
        """
        room, message = self._own(user, channel, ts)
        shared = message.files if files is None else self._shared(user, files)
        self._check_text(text, shared)
        composed = compose(text, self._workspace.names)
        fresh = self._chat.typed(room, user, composed.text, composed.elements)
        now = fresh.text, [block["elements"] for block in fresh.blocks], shared
        if now != (message.text, [b.get("elements") for b in message.blocks], message.files):
            changes = {"text": fresh.text, "blocks": fresh.blocks, "files": shared}
            self._chat.edit(room, message, by=user, **changes)

    def upload(self, user: str, name: str, content: bytes) -> str:
        """Take a file that somebody will share; answers its id."""
        self.member(user)
        created = int(self._workspace.clock.now_s())
        file = SharedFile(self._workspace.ids.make("F"), name, user, created, content)
        self._workspace.files[file.id] = file
        return file.id

    def own_files(self, user: str, ids: Sequence[str]) -> list[Json]:
        """Answer files that somebody uploaded, by their ids, as Slack writes them."""
        known = [self._workspace.files.get(id_) for id_ in ids]
        found = [f for f in known if f is not None and not f.deleted and f.user == user]
        if len(found) < len(ids) or len(set(ids)) < len(ids):
            raise RefusedError("upload each file first, and name it by its id")
        return [file.as_slack(self._workspace.address()) for file in found]

    def delete_file(self, user: str, id_: str) -> None:
        """Delete somebody's own file; that is no edit of the messages that share it."""
        file = self._workspace.files.get(id_)
        if file is None or file.deleted or file.user != user:
            raise RefusedError("there is no such file of yours")
        file.deleted = True
        for room in self._workspace.rooms.values():
            for message in list(room.messages.values()):
                if any(one["id"] == id_ for one in message.files) and not message.deleted:
                    self._without(room, message, file)

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

    def _without(self, room: Room, message: Message, file: SharedFile) -> None:
        left = [file.as_slack("") if one["id"] == file.id else one for one in message.files]
        if not message.text and all(one["mode"] == "tombstone" for one in left):
            self._chat.delete(room, message)
        else:
            self._chat.change(room, message, files=left)

    def _shared(self, user: str, ids: Sequence[str]) -> list[Json]:
        """Answer uploaded files as a message of theirs shares them."""
        found = self.own_files(user, ids)
        if len(ids) > MOST:
            raise RefusedError(f"a message has at most {MOST} files")
        return found

    def _check_text(self, text: str, files: Sequence[object]) -> None:
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
