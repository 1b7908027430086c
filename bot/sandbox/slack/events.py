"""The payloads of Slack's Events API: what the bot is told happened."""

from typing import Any

from bot.sandbox.slack.ids import Ids, Stamps
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.workspace import Room
from bot.sandbox.world import APP

Json = dict[str, Any]

VERIFICATION_TOKEN = "sandbox"  # noqa: S105  # deprecated at Slack, and no secret here


def wrapped(event: Json, ids: Ids, now_s: float) -> Json:
    """Answer the callback that carries an event."""
    authorization: Json = {"enterprise_id": None, "team_id": APP.team_id, "user_id": APP.user_id}
    authorization |= {"is_bot": True, "is_enterprise_install": False}
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": APP.team_id,
        "context_team_id": APP.team_id,
        "context_enterprise_id": None,
        "api_app_id": APP.id,
        "event": event,
        "type": "event_callback",
        "event_id": ids.make("Ev"),
        "event_time": int(now_s),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-sandbox-{event.get('channel', '')}",
    }


def message(room: Room, posted: Message) -> Json:
    """Answer the event of a new message, whatever its subtype."""
    event = posted.as_slack() | _where(room) | {"event_ts": posted.ts}
    parent = room.messages.get(posted.thread_ts or "")
    if posted.is_reply and parent is not None:
        event |= {"parent_user_id": parent.user}
        event |= {"root": parent.as_slack()} if posted.subtype == "thread_broadcast" else {}
    return event


def app_mention(posted: Message) -> Json:
    """Answer the event of a message that mentions the app, which comes beside the message's."""
    kept = ("user", "ts", "client_msg_id", "text", "team", "thread_ts", "blocks", "files")
    slack = posted.as_slack()
    mention: Json = {"type": "app_mention"} | {k: slack[k] for k in kept if k in slack}
    return mention | {"channel": posted.channel, "event_ts": posted.ts}


def message_changed(room: Room, changed: Message, before: Json, stamps: Stamps) -> Json:
    """Answer the event of a change: an edit, an unfurl, a reply count or a tombstone."""
    event = _hidden("message_changed", room, stamps)
    return event | {"message": changed.as_slack(), "previous_message": before}


def message_deleted(room: Room, gone: Message, stamps: Stamps) -> Json:
    """Answer the event of a message that left nothing behind."""
    event = _hidden("message_deleted", room, stamps)
    return event | {"deleted_ts": gone.ts, "previous_message": gone.as_slack()}


def reaction(kind: str, user: str, name: str, on: Message, stamps: Stamps) -> Json:
    """Answer the event of a reaction that came or went (`reaction_added`, `reaction_removed`)."""
    target = {"type": "message", "channel": on.channel, "ts": on.ts}
    event: Json = {"type": kind, "user": user, "reaction": name, "item": target}
    event |= {"item_user": on.user} if on.user else {}
    return event | {"event_ts": stamps.next()}


def member_joined(room: Room, user: str, stamps: Stamps) -> Json:
    """Answer the event of somebody who joined a channel."""
    event: Json = {"type": "member_joined_channel", "user": user, "channel": room.id}
    return event | {"channel_type": "C", "team": APP.team_id, "event_ts": stamps.next()}


def home_opened(user: str, channel: str, view: Json | None, stamps: Stamps) -> Json:
    """Answer the event of somebody who opened the Home tab; a view comes only if one is there."""
    event: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": "home"}
    return event | {"event_ts": stamps.next()} | ({"view": view} if view else {})


def _where(room: Room) -> Json:
    return {"channel": room.id, "channel_type": room.type}


def _hidden(subtype: str, room: Room, stamps: Stamps) -> Json:
    now = stamps.next()
    event: Json = {"type": "message", "subtype": subtype, "hidden": True}
    return event | _where(room) | {"ts": now, "event_ts": now}
