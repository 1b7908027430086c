"""What people click, fill in and call up, as values: Slack's interactivity payloads.

Forms: docs.slack.dev, interactivity.
"""

import re

from bot.domain.card import Offer
from handlers.slack.arrivals import (
    Batch,
    Called,
    Click,
    Entry,
    Filled,
    Malformed,
    Picked,
    Subject,
    Submission,
)
from handlers.slack.fields import Fields, MalformedError
from handlers.slack.payloads import Body, read, read_message

_DRAFTS = re.compile(r"[0-9]{1,15}(,[0-9]{1,15}){0,49}")
_SUBJECT = re.compile(r"([0-9]{1,15}):([0-9]{1,15})(?::([a-z_]{1,30}))?")


def click(body: Body) -> Click | Malformed:
    """Read a click on a card."""
    return read(_click, body)


def batch(body: Body) -> Batch | Malformed:
    """Read a click on a button that is about several drafts."""
    return read(_batch, body)


def submission(body: Body) -> Submission | Malformed:
    """Read a modal that was submitted."""
    return read(_submission, body)


def filled(body: Body) -> Filled | Malformed:
    """Read the composer: submitted, or with a button or list in it that was used."""
    return read(_filled, body)


def called(body: Body) -> Called | Malformed:
    """Read a shortcut that was used."""
    return read(_called, body)


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
        message=read_message(body.within("message"), channel.id("id")) if channel else None,
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
