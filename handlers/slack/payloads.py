"""What Slack sends, as values: the one file that knows which field of which payload means what.

Whatever is missing or of another type becomes `Malformed`, which names the field and not its
content. Forms: docs.slack.dev, events API, interactivity and slash commands.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from bot.domain.card import Offer
from handlers.slack.arrivals import (
    Batch,
    Called,
    Changed,
    Click,
    Command,
    Deleted,
    Entry,
    Filled,
    Malformed,
    Message,
    Opened,
    Picked,
    Subject,
    Submission,
    Written,
)
from handlers.slack.fields import Fields, MalformedError, clean
from handlers.slack.richtext import parse

Body = Mapping[str, Any]
T = TypeVar("T")

_DRAFTS = re.compile(r"[0-9]{1,15}(,[0-9]{1,15}){0,49}")
_SUBJECT = re.compile(r"([0-9]{1,15}):([0-9]{1,15})(?::([a-z_]{1,30}))?")


def happening(body: Body) -> Written | Changed | Deleted | Malformed:
    """Read the event of a message."""
    return _read(_happening, body)


def event_id(body: Body) -> str:
    """Return the id of an event, the same at every redelivery; empty where it has none."""
    found = body.get("event_id")
    return clean(found) if isinstance(found, str) else ""


def click(body: Body) -> Click | Malformed:
    """Read a click on a card."""
    return _read(_click, body)


def submission(body: Body) -> Submission | Malformed:
    """Read a modal that was submitted."""
    return _read(_submission, body)


def command(body: Body) -> Command | Malformed:
    """Read a slash command."""
    return _read(_command, body)


def filled(body: Body) -> Filled | Malformed:
    """Read the composer: submitted, or with a button or list in it that was used."""
    return _read(_filled, body)


def called(body: Body) -> Called | Malformed:
    """Read a shortcut that was used."""
    return _read(_called, body)


def opened(body: Body) -> Opened | Malformed:
    """Read the event of somebody who opened the app."""
    return _read(_opened, body)


def batch(body: Body) -> Batch | Malformed:
    """Read a click on a button that is about several drafts."""
    return _read(_batch, body)


def history(answer: Body, channel: str) -> tuple[Message | Malformed, ...]:
    """Read the messages in an answer of `conversations.history`, newest first.

    MalformedError where it is not made like one; a single bad message spoils only itself.
    """
    read = partial(_message, channel=channel)
    return tuple(_read(read, row.raw) for row in Fields.of(answer).rows("messages"))


def _read(reader: Callable[[Fields], T], body: object) -> T | Malformed:
    try:
        return reader(Fields.of(body))
    except MalformedError as error:
        return Malformed(str(error))


def _happening(body: Fields) -> Written | Changed | Deleted:
    event = body.within("event")
    channel = event.id("channel")
    match event.maybe_text("subtype"):
        case "message_changed":
            message = _message(event.within("message"), channel)
            before = event.maybe_within("previous_message")
            lost = before is not None and set(message.files) < set(_files(before))
            return Changed(_edited_at(message, event.maybe_ts("event_ts")), lost)
        case "message_deleted":
            return _deleted(channel, event.ts("deleted_ts"), event.maybe_within("previous_message"))
        case _:
            return Written(_message(event, channel))


def _edited_at(message: Message, event_ts: str | None) -> Message:
    """Date an edit by its event, of which there is one for each edit."""
    return replace(message, edited_ts=event_ts) if message.edited_ts and event_ts else message


def _deleted(channel: str, ts: str, before: Fields | None) -> Deleted:
    if before is None:
        return Deleted(channel, ts, of_person=True)
    is_reply = before.maybe_ts("thread_ts") not in (None, before.maybe_ts("ts"))
    return Deleted(channel, ts, of_person=not before.has("bot_id"), is_reply=is_reply)


def _message(row: Fields, channel: str) -> Message:
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


def _click(body: Fields) -> Click:
    action = next(iter(body.rows("actions")), None)
    if action is None:
        raise MalformedError("/actions")
    container, message = body.maybe_within("container"), body.maybe_within("message")
    channel = body.maybe_within("channel")
    return Click(
        person=body.within("user").id("id"),
        offer=_offer(action.text("action_id")),
        subject=_subject(action.text("value"))[0],
        stamp=action.text("action_ts")[:64],
        trigger=body.text("trigger_id"),
        channel=_place(channel, container),
        thread_ts=message.maybe_ts("thread_ts") if message else None,
    )


def _batch(body: Fields) -> Batch:
    action = next(iter(body.rows("actions")), None)
    if action is None:
        raise MalformedError("/actions")
    value = action.text("value")
    if not _DRAFTS.fullmatch(value):
        raise MalformedError("drafts")
    return Batch(
        person=body.within("user").id("id"),
        action=action.text("action_id"),
        drafts=tuple(int(number) for number in value.split(",")),
        stamp=action.text("action_ts")[:64],
        channel=_place(body.maybe_within("channel"), body.maybe_within("container")),
    )


def _place(channel: Fields | None, container: Fields | None) -> str | None:
    if channel is not None:
        return channel.id("id")
    return container.maybe_id("channel_id") if container else None


def _submission(body: Fields) -> Submission:
    view = body.within("view")
    subject, offer = _subject(view.text("private_metadata"))
    return Submission(
        person=body.within("user").id("id"),
        offer=_offer(offer),
        subject=subject,
        stamp=view.text("id")[:64],
        entries=_entries(view),
        is_on_top=view.has("previous_view_id"),
    )


def _filled(body: Fields) -> Filled:
    view = body.within("view")
    action = next(iter(body.rows("actions")), None)
    return Filled(
        person=body.within("user").id("id"),
        view=view.text("id")[:64],
        hash=view.maybe_text("hash") or "",
        metadata=view.text("private_metadata"),
        entries=_entries(view),
        action=action.text("action_id") if action else "",
        value=_chosen(action) or "" if action else "",
    )


def _called(body: Fields) -> Called:
    channel = body.maybe_within("channel")
    return Called(
        person=body.within("user").id("id"),
        trigger=body.text("trigger_id"),
        stamp=body.text("action_ts")[:64],
        message=_message(body.within("message"), channel.id("id")) if channel else None,
    )


def _entries(view: Fields) -> dict[str, Entry]:
    return {
        block: _entry(entry)
        for block, inputs in view.within("state").within("values").entries()
        for _, entry in inputs.entries()
    }


def _chosen(entry: Fields) -> str | None:
    option = entry.maybe_within("selected_option")
    return option.text("value") if option else None


def _entry(entry: Fields) -> Entry:
    match entry.text("type"):
        case "datetimepicker":
            return entry.maybe_number("selected_date_time")
        case "datepicker":
            return entry.maybe_text("selected_date")
        case "timepicker":
            return entry.maybe_text("selected_time")
        case "radio_buttons" | "static_select":
            return _chosen(entry)
        case "checkboxes":
            return tuple(option.text("value") for option in entry.rows("selected_options"))
        case "file_input":
            return tuple(
                Picked(file.id("id"), file.maybe_number("size") or 0)
                for file in entry.rows("files")
            )
        case _:
            return entry.maybe_text("value")


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


def _offer(name: str) -> Offer:
    if name not in tuple(Offer):
        raise MalformedError("offer")
    return Offer(name)


def _subject(value: str) -> tuple[Subject, str]:
    """Read `draft:revision`, in a modal with the offer behind it."""
    match = _SUBJECT.fullmatch(value)
    if match is None:
        raise MalformedError("subject")
    return Subject(int(match[1]), int(match[2])), match[3] or ""
