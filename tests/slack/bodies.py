"""Payloads as Slack sends them (docs.slack.dev: events API, interactivity, slash commands)."""

from typing import Any

from slack_sdk.socket_mode.request import SocketModeRequest

from tests.conftest import AUTHOR, CLINICIAN

Body = dict[str, Any]
CHANNEL = "C0DRAFTS"
TS = "1790000000.000100"


def request(body: object, retry: int = 0) -> SocketModeRequest:
    """An envelope with a payload; `retry` counts the redeliveries."""
    kind = "events_api" if isinstance(body, dict) and "event" in body else "interactive"
    return SocketModeRequest(kind, "envelope", body, retry_attempt=retry)  # type: ignore[arg-type]


def rich(text: str) -> list[Body]:
    """The blocks of a message of plain words."""
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": "b1", "elements": [line]}]


def message(text: str = "Flu jabs start on Monday.", **more: Any) -> Body:
    """A message as channels hold it; a field that is None is left out."""
    made = {"type": "message", "user": AUTHOR, "ts": TS, "text": text, "blocks": rich(text)}
    return {key: value for key, value in (made | more).items() if value is not None}


def event(inner: Body, event_id: str = "Ev1") -> Body:
    """The wrapper of an event."""
    authorization: Body = {"enterprise_id": None, "team_id": "T0CLINIC", "user_id": "U0BOT"}
    authorization |= {"is_bot": True, "is_enterprise_install": False}
    return {
        "token": "t",
        "team_id": "T0CLINIC",
        "api_app_id": "A0APP",
        "type": "event_callback",
        "event_id": event_id,
        "event_time": 1,
        "event": inner,
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": "4-x",
    }


def written(text: str = "Flu jabs start on Monday.", channel: str = CHANNEL, **more: Any) -> Body:
    """Somebody wrote a message."""
    inner = message(text, **more)
    return event(inner | {"channel": channel, "event_ts": inner["ts"], "channel_type": "channel"})


def changed(
    text: str,
    edited_ts: str | None = "1790000100.000000",
    event_ts: str = "1790000101.000100",
    **more: Any,
) -> Body:
    """A message changed; without `edited_ts` it is no edit."""
    edited = {"user": AUTHOR, "ts": edited_ts} if edited_ts else None
    inner = {"type": "message", "subtype": "message_changed", "hidden": True, "channel": CHANNEL}
    inner |= {"ts": event_ts, "event_ts": event_ts}
    return event(
        inner | {"message": message(text, edited=edited, **more), "previous_message": message()}
    )


def deleted(ts: str = TS, **before: Any) -> Body:
    """A message was deleted."""
    inner = {"type": "message", "subtype": "message_deleted", "hidden": True, "channel": CHANNEL}
    inner |= {"ts": "1790000102.000100", "deleted_ts": ts}
    return event(inner | {"previous_message": message(ts=ts, **before)})


def click(action_id: str, value: str, user: str = CLINICIAN, stamp: str = "1.1") -> Body:
    """Somebody clicked a button of a card in the thread of `TS`."""
    container = {"type": "message", "message_ts": "1790000001.000100", "channel_id": CHANNEL}
    return {
        "type": "block_actions",
        "user": {"id": user, "username": "x", "team_id": "T0CLINIC"},
        "team": {"id": "T0CLINIC", "domain": "clinic"},
        "api_app_id": "A0APP",
        "token": "t",
        "trigger_id": "1.2.3",
        "container": container | {"thread_ts": TS},
        "channel": {"id": CHANNEL, "name": "tweets"},
        "message": message(ts="1790000001.000100", thread_ts=TS, bot_id="B0BOT"),
        "response_url": "https://hooks.slack.com/actions/1",
        "actions": [
            {
                "action_id": action_id,
                "block_id": "offers",
                "type": "button",
                "value": value,
                "action_ts": stamp,
                "text": {"type": "plain_text", "text": "x"},
            }
        ],
    }


ON_TOP = {"previous_view_id": "V0", "root_view_id": "V0"}
"""What the view of a modal says that lies on another one."""


def submitted(
    callback_id: str,
    about: str,
    user: str = CLINICIAN,
    on_top: Body | None = None,
    **entries: Body,
) -> Body:
    """Somebody submitted a modal; each entry is the state of the input in a block."""
    values = {block: {block: entry} for block, entry in entries.items()}
    view: Body = {"id": "V1", "team_id": "T0CLINIC", "type": "modal", "callback_id": callback_id}
    told = about if about.count(":") > 1 else f"{about}:{callback_id}"
    view |= {"private_metadata": told, "state": {"values": values}}
    return {
        "type": "view_submission",
        "user": {"id": user, "username": "x", "team_id": "T0CLINIC"},
        "team": {"id": "T0CLINIC", "domain": "clinic"},
        "api_app_id": "A0APP",
        "token": "t",
        "trigger_id": "1.2.3",
        "view": view | {"blocks": [], "hash": "1.x", "root_view_id": "V1"} | (on_top or {}),
        "response_urls": [],
    }


def typed(value: str | None) -> Body:
    """The state of a text input."""
    return {"type": "plain_text_input", "value": value}


def chosen(value: str | None) -> Body:
    """The state of radio buttons."""
    option = {"text": {"type": "plain_text", "text": "x"}, "value": value} if value else None
    return {"type": "radio_buttons", "selected_option": option}


def ticked(*values: str) -> Body:
    """The state of checkboxes."""
    options = [{"text": {"type": "plain_text", "text": "x"}, "value": value} for value in values]
    return {"type": "checkboxes", "selected_options": options}


def picked(seconds: int | None) -> Body:
    """The state of a date and time picker."""
    return {"type": "datetimepicker", "selected_date_time": seconds}


def batch(action_id: str, value: str, user: str = CLINICIAN, stamp: str = "1.1") -> Body:
    """Somebody clicked a button of a message that only they see."""
    body = click(action_id, value, user, stamp)
    body["container"] = {"type": "message", "channel_id": CHANNEL, "is_ephemeral": True}
    del body["message"]
    return body


def command(text: str, user: str = CLINICIAN) -> Body:
    """Somebody typed the slash command."""
    return {
        "command": "/tweet",
        "text": text,
        "user_id": user,
        "channel_id": CHANNEL,
        "channel_name": "tweets",
        "team_id": "T0CLINIC",
        "team_domain": "clinic",
        "api_app_id": "A0APP",
        "response_url": "https://hooks.slack.com/commands/1",
        "trigger_id": "1.2.3",
        "token": "t",
    }


def shortcut(callback_id: str, user: str = AUTHOR, on: Body | None = None) -> Body:
    """Somebody used a shortcut, maybe on a message."""
    where = {"channel": {"id": CHANNEL, "name": "tweets"}, "message": on, "message_ts": TS}
    return {
        "type": "message_action" if on else "shortcut",
        "callback_id": callback_id,
        "user": {"id": user, "username": "x", "team_id": "T0CLINIC"},
        "team": {"id": "T0CLINIC", "domain": "clinic"},
        "token": "t",
        "trigger_id": "1.2.3",
        "action_ts": "1790000200.000100",
    } | (where if on else {})
