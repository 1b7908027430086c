"""The payloads of interactions: clicks, submitted and closed views, shortcuts, commands."""

from typing import Any

from bot.sandbox.slack import states
from bot.sandbox.slack.events import VERIFICATION_TOKEN
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.modals import View
from bot.sandbox.slack.workspace import Member, Room
from bot.sandbox.world import APP

Json = dict[str, Any]


def base(kind: str, member: Member, trigger_id: str | None = None) -> Json:
    """Answer what every interaction has."""
    person = member.person
    user = {"id": person.id, "username": person.name, "name": person.name}
    payload: Json = {
        "type": kind,
        "user": user | {"team_id": APP.team_id},
        "team": {"id": APP.team_id, "domain": APP.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "api_app_id": APP.id,
        "token": VERIFICATION_TOKEN,
    }
    return payload | ({"trigger_id": trigger_id} if trigger_id else {})


def message_click(
    room: Room, message: Message, shown: Json, chosen: Json, response_url: str
) -> Json:
    """Answer what a click on a message adds: the message as `shown`, inputs as `chosen`."""
    ephemeral = message.ephemeral_to is not None
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": room.id}
    container |= {"is_ephemeral": ephemeral}
    container |= {"thread_ts": message.thread_ts} if message.thread_ts else {}
    payload: Json = {
        "container": container,
        "channel": {"id": room.id, "name": room.name},
        "response_url": response_url,
        "state": {"values": states.state_of(shown.get("blocks", []), chosen)},
    }
    return payload | ({} if ephemeral else {"message": shown})


def view_click(view: View) -> Json:
    """Answer what a click in a view adds: no channel, no message, no response_url."""
    container = {"type": "view", "view_id": view.id}
    return {"container": container, "view": view.as_slack()}


def submission(view: View) -> Json:
    """Answer what a submitted view adds."""
    return {"view": view.as_slack(), "response_urls": []}


def closed(view: View, *, cleared: bool) -> Json:
    """Answer what a closed view adds."""
    return {"view": view.as_slack(), "is_cleared": cleared}


def action(element: Json, block_id: str, state: Json | None, ts: str) -> Json:
    """Answer one entry of `actions`: the element, and what was chosen."""
    done = {"action_id": element["action_id"], "block_id": block_id, "type": element["type"]}
    if element["type"] == "button":
        done |= {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    return done | (state or {}) | {"action_ts": ts}


def message_shortcut(room: Room, message: Message, response_url: str) -> Json:
    """Answer what a shortcut on a message adds."""
    return {
        "message_ts": message.ts,
        "message": message.as_slack(),
        "channel": {"id": room.id, "name": room.name},
        "response_url": response_url,
    }


def command(member: Member, room: Room, command_: str, text: str) -> Json:
    """Answer a slash command, which is flat; trigger and response_url are added by who sends it."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": APP.team_id,
        "team_domain": APP.team_domain,
        "channel_id": room.id,
        "channel_name": room.name,
        "user_id": member.person.id,
        "user_name": member.person.name,
        "command": command_,
        "text": text,
        "api_app_id": APP.id,
        "is_enterprise_install": "false",
    }
