"""`/slack/response/<id>`: answers to an interaction, without a token, five in half an hour."""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.method import Desk
from bot.sandbox.slack.methods_chat import content_of
from bot.sandbox.slack.refusals import SlackError
from bot.sandbox.slack.workspace import ResponseUrl, Room
from bot.sandbox.world import APP

Json = dict[str, Any]

LIFE_S = 30 * 60
_KEYS = {"text", "blocks", "attachments", "response_type", "replace_original", "delete_original"}
_KEYS |= {"thread_ts", "unfurl_links", "unfurl_media", "metadata", "mrkdwn"}


async def respond(desk: Desk, request: web.Request) -> web.Response:
    """Answer a POST to a response_url: `ok` in plain text, or Slack's error."""
    try:
        url = _usable(desk, request.match_info["id"])
        _apply(desk, url, _read(await request.read()))
    except SlackError as error:
        status = 404 if error.name in ("expired_url", "used_url") else 400
        return web.json_response({"ok": False, "error": error.name, **error.more}, status=status)
    return web.Response(text="ok")


def show(desk: Desk, url: ResponseUrl, answer: Json) -> Message:
    """Post an answer where its interaction was, for one person or for everybody."""
    content = content_of(
        str(answer.get("text") or ""), answer.get("blocks"), answer.get("attachments")
    )
    room = desk.workspace.rooms[url.channel]
    public = answer.get("response_type") == "in_channel"
    message = Message(
        room.id,
        desk.workspace.stamps.next(),
        None,
        subtype="bot_message",
        by_bot=APP.bot_id,
        thread_ts=_thread(room, answer.get("thread_ts")),
        ephemeral_to=None if public else url.user,
        **content,
    )
    return desk.chat.post(room, message)


def _usable(desk: Desk, id_: str) -> ResponseUrl:
    url = desk.workspace.response_urls.get(id_)
    if url is None or desk.workspace.clock.now_s() - url.issued_s >= LIFE_S:
        raise SlackError("expired_url")
    if url.uses == 0:
        raise SlackError("used_url")
    return url


def _read(raw: bytes) -> Json:
    try:
        answer = json.loads(raw)
    except ValueError:
        raise SlackError("invalid_payload") from None
    if not isinstance(answer, dict) or answer.keys() - _KEYS:
        raise SlackError("invalid_payload")
    return answer


def _apply(desk: Desk, url: ResponseUrl, answer: Json) -> None:
    room = desk.workspace.rooms[url.channel]
    original = room.messages.get(url.ts or "")
    if answer.get("delete_original") or answer.get("replace_original"):
        if original is None or original.deleted or original.by_bot != APP.bot_id:
            raise SlackError("message_not_found")
        _change_original(desk, room, original, answer)
    else:
        show(desk, url, answer)
    url.uses -= 1


def _change_original(desk: Desk, room: Room, original: Message, answer: Json) -> None:
    if answer.get("delete_original"):
        desk.chat.delete(room, original)
        return
    content = content_of(
        str(answer.get("text") or ""), answer.get("blocks"), answer.get("attachments")
    )
    desk.chat.edit(room, original, by=APP.user_id, **content)


def _thread(room: Room, thread_ts: Any) -> str | None:
    return thread_ts if isinstance(thread_ts, str) and thread_ts in room.messages else None
