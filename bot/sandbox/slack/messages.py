"""A message in a channel, and how Slack writes it into events, answers and the page."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.world import APP

SLACKBOT = "USLACKBOT"
TOMBSTONE_TEXT = "This message was deleted."

Json = dict[str, Any]


@dataclass(slots=True)
class Message:
    """One message; it changes in place, and `ts` is its name in its channel."""

    channel: str
    ts: str
    user: str | None
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    subtype: str | None = None
    client_msg_id: str | None = None
    by_bot: str | None = None  # the bot_id, for the app's messages and other bots'
    edited: Json | None = None
    files: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    replies: dict[str, str] = field(default_factory=dict)  # ts of a reply to who wrote it
    ephemeral_to: str | None = None
    deleted: bool = False
    before: Json | None = None  # the message as it was before its last change
    chosen: dict[str, dict[str, Json]] = field(default_factory=dict)  # person → block/action → …

    @property
    def is_reply(self) -> bool:
        """Answer whether it stands in somebody else's thread."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def as_slack(self) -> Json:
        """Answer the message as Slack's history and events hold it."""
        if self.deleted:
            return self._tombstone()
        message: Json = {"type": "message"} | ({"subtype": self.subtype} if self.subtype else {})
        message |= {"user": self.user} if self.user else {}
        message |= {"ts": self.ts, "text": self.text, "team": APP.team_id}
        optional: Json = {
            "client_msg_id": self.client_msg_id,
            "blocks": self.blocks,
            "edited": self.edited,
            "files": self.files,
            "attachments": self.attachments,
            "metadata": self.metadata,
            "reactions": _reactions(self.reactions),
        }
        message |= {key: value for key, value in optional.items() if value}
        return message | self._as_bot() | self._thread()

    def as_seen(self) -> Json:
        """Answer the message as the page and the sandbox's client read it."""
        optional = {
            "thread_ts": self.thread_ts,
            "bot": bool(self.by_bot),
            "subtype": self.subtype,
            "edited_ts": self.edited and self.edited["ts"],
            "deleted": self.deleted,
            "ephemeral": self.ephemeral_to is not None,
            "reply_count": len(self.replies),
            "files": self.files,
            "attachments": self.attachments,
            "reactions": _reactions(self.reactions),
        }
        bot = APP.user_id if self.by_bot == APP.bot_id else self.by_bot
        author = SLACKBOT if self.deleted else self.user or bot
        shown: Json = {"ts": self.ts, "user": author}
        shown |= {"text": TOMBSTONE_TEXT if self.deleted else self.text}
        shown |= {"blocks": [] if self.deleted else self.blocks}
        return shown | {key: value for key, value in optional.items() if value}

    def _as_bot(self) -> Json:
        if not self.by_bot:
            return {}
        if self.by_bot != APP.bot_id:
            return {"bot_id": self.by_bot}
        profile = {"id": APP.bot_id, "name": APP.name, "app_id": APP.id, "deleted": False}
        profile |= {"updated": 0, "team_id": APP.team_id, "icons": {}}
        return {"bot_id": APP.bot_id, "app_id": APP.id, "bot_profile": profile}

    def _thread(self) -> Json:
        if not self.replies:
            return {"thread_ts": self.thread_ts} if self.thread_ts else {}
        people = list(dict.fromkeys(self.replies.values()))
        return {
            "thread_ts": self.ts,
            "reply_count": len(self.replies),
            "reply_users_count": len(people),
            "latest_reply": max(self.replies),
            "reply_users": people,
            "is_locked": False,
        }

    def _tombstone(self) -> Json:
        message: Json = {"type": "message", "subtype": "tombstone", "user": SLACKBOT}
        message |= {"text": TOMBSTONE_TEXT, "hidden": True, "ts": self.ts}
        return message | {"thread_ts": self.ts} | self._thread()


def _reactions(by_name: dict[str, list[str]]) -> list[Json]:
    return [
        {"name": name, "users": list(users), "count": len(users)}
        for name, users in by_name.items()
        if users
    ]
