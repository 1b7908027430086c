"""What Slack sends, as values: with `interactions` and `answers` all that knows its fields.

Whatever is missing or of another type becomes `Malformed`, which names the field and not its
content. Forms: docs.slack.dev, events API and slash commands.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from handlers.slack.arrivals import (
    Changed,
    Command,
    Deleted,
    Malformed,
    Message,
    Opened,
    Written,
)
from handlers.slack.fields import Fields, MalformedError, clean
from handlers.slack.richtext import parse

Body = Mapping[str, Any]
T = TypeVar("T")


def happening(body: Body) -> Written | Changed | Deleted | Malformed:
    """Read the event of a message."""
    return read(_happening, body)


def event_id(body: Body) -> str:
    """Return the id of an event, the same at every redelivery; empty where it has none."""
    found = body.get("event_id")
    return clean(found) if isinstance(found, str) else ""


def command(body: Body) -> Command | Malformed:
    """Read a slash command."""
    return read(_command, body)


def opened(body: Body) -> Opened | Malformed:
    """Read the event of somebody who opened the app."""
    return read(_opened, body)


def history(answer: Body, channel: str) -> tuple[Message | Malformed, ...]:
    """Read the messages in an answer of `conversations.history`, newest first.

    MalformedError where it is not made like one; a single bad message spoils only itself.
    """
    reader = partial(read_message, channel=channel)
    return tuple(read(reader, row.raw) for row in Fields.of(answer).rows("messages"))


def read(reader: Callable[[Fields], T], body: object) -> T | Malformed:
    """Return what a reader makes of JSON, or which field it stumbled over."""
    try:
        return reader(Fields.of(body))
    except MalformedError as error:
        return Malformed(str(error))


def _happening(body: Fields) -> Written | Changed | Deleted:
    event = body.within("event")
    channel = event.id("channel")
    match event.maybe_text("subtype"):
        case "message_changed":
            message = read_message(event.within("message"), channel)
            before = event.maybe_within("previous_message")
            lost = before is not None and set(message.files) < set(_files(before))
            return Changed(_edited_at(message, event.maybe_ts("event_ts")), lost)
        case "message_deleted":
            return _deleted(channel, event.ts("deleted_ts"), event.maybe_within("previous_message"))
        case _:
            return Written(read_message(event, channel))


def _edited_at(message: Message, event_ts: str | None) -> Message:
    """Date an edit by its event, of which there is one for each edit."""
    return replace(message, edited_ts=event_ts) if message.edited_ts and event_ts else message


def _deleted(channel: str, ts: str, before: Fields | None) -> Deleted:
    if before is None:
        return Deleted(channel, ts, of_person=True)
    is_reply = before.maybe_ts("thread_ts") not in (None, before.maybe_ts("ts"))
    return Deleted(channel, ts, of_person=not before.has("bot_id"), is_reply=is_reply)


def read_message(row: Fields, channel: str) -> Message:
    """Read a message of a channel; MalformedError."""
    edited = row.maybe_within("edited")
    blocks = [block for block in row.rows("blocks") if block.maybe_text("type") == "rich_text"]
    return Message(
        channel=channel,
        ts=row.ts("ts"),
        user=row.maybe_id("user") or "",
        text=row.verbatim("text") if row.has("text") else "",
        rich=tuple(run for block in blocks for run in parse(block)) if blocks else None,
        thread_ts=row.maybe_ts("thread_ts"),
        subtype=row.maybe_text("subtype"),
        from_bot=row.has("bot_id"),
        files=_files(row),
        edited_ts=_end_of_second(edited.ts("ts")) if edited else "",
    )


def _files(row: Fields) -> tuple[str, ...]:
    """Return the ids of a message's files; of a deleted one a tombstone is left."""
    files = (file for file in row.rows("files") if file.maybe_text("mode") != "tombstone")
    return tuple(dict.fromkeys(file.id("id") for file in files))


def _end_of_second(ts: str) -> str:
    return f"{ts.partition('.')[0]}.999999"


def _command(body: Fields) -> Command:
    return Command(
        person=body.id("user_id"),
        channel=body.id("channel_id"),
        text=body.maybe_text("text") or "",
        trigger=body.maybe_text("trigger_id") or "",
    )


def _opened(body: Fields) -> Opened:
    event = body.within("event")
    return Opened(event.id("user"), event.maybe_text("tab") or "")
