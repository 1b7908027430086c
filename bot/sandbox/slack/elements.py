"""Block Kit's elements and objects with Slack's limits (docs.slack.dev/reference/block-kit)."""

from typing import Any

from bot.sandbox.slack.shapes import (
    Problem,
    Problems,
    Shape,
    array,
    boolean,
    by_type,
    exactly,
    one_of,
    record,
    string,
    typed,
    whole,
)

ID = string(255)
LAST_SECOND = 9_999_999_999  # a datetimepicker's time has ten digits
MOST_PICKED = 10
FILE_TYPES = ("csv", "gif", "jpg", "mp4", "pdf", "png")
"""Those of Slack's file types that an app may ask for here; not every extension is one."""


def plain(longest: int) -> Shape:
    """Answer the shape of a plain_text object."""
    return typed("plain_text", {"text": string(longest)}, {"emoji": boolean})


def words(longest: int) -> Shape:
    """Answer the shape of a plain_text or mrkdwn object."""
    mrkdwn = typed("mrkdwn", {"text": string(longest)}, {"verbatim": boolean})
    return by_type({"plain_text": plain(longest), "mrkdwn": mrkdwn})


CONFIRM = record(
    {"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)},
    {"style": exactly("primary", "danger")},
)
_OPTION = record(
    {"text": plain(75), "value": string(150)}, {"description": plain(75), "url": string(3000)}
)
_MARKED_OPTION = record({"text": words(75), "value": string(150)}, {"description": words(75)})
_OPTION_GROUP = record({"label": plain(75), "options": array(_OPTION, 100)})
SLACK_FILE = record({}, {"id": string(100), "url": string(3000)}, one_of("id", "url"))

_ANY = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
_ASKING = _ANY | {"placeholder": plain(150)}
_CONVERSATION_FILTER = record(
    {},
    {
        "include": array(exactly("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


def _known_options(value: Any) -> list[Any]:
    groups = value.get("option_groups", [])
    return [*value.get("options", []), *(one for group in groups for one in group["options"])]


def _initial_is_an_option(value: Any, at: str) -> Problems:
    chosen = value.get("initial_options", [])
    chosen = chosen + ([value["initial_option"]] if "initial_option" in value else [])
    if any(one not in _known_options(value) for one in chosen):
        yield Problem(at, "bad_initial", "initial options must be among the options")


def _values_differ(value: Any, at: str) -> Problems:
    values = [one["value"] for one in _known_options(value)]
    if len(values) != len(set(values)):
        yield Problem(at, "duplicate_value", "option values must be unique")


def _lengths_agree(value: Any, at: str) -> Problems:
    if value.get("min_length", 0) > value.get("max_length", 3000):
        yield Problem(at, "bad_length", "min_length must not be more than max_length")


_ONE_LIST = (one_of("options", "option_groups"), _values_differ, _initial_is_an_option)
_STATIC = {"options": array(_OPTION, 100), "option_groups": array(_OPTION_GROUP, 100)}
_MANY = _ASKING | {"max_selected_items": whole(1, 100)}


def _picked(kind: str, initial: str, extra: dict[str, Shape] | None = None) -> dict[str, Shape]:
    """Answer a select and its multi form, for what people pick from Slack's own lists."""
    one = _ASKING | {f"initial_{initial}": ID, **(extra or {})}
    many = _MANY | {f"initial_{initial}s": array(ID, 100), **(extra or {})}
    return {
        f"{kind}_select": typed(f"{kind}_select", {}, one),
        f"multi_{kind}_select": typed(f"multi_{kind}_select", {}, many),
    }


def _ticked(kind: str, initial: dict[str, Shape]) -> Shape:
    required = {"options": array(_MARKED_OPTION, 10)}
    return typed(kind, required, _ANY | initial, _values_differ, _initial_is_an_option)


IMAGE = typed(
    "image",
    {"alt_text": string(2000)},
    {"image_url": string(3000), "slack_file": SLACK_FILE},
    one_of("image_url", "slack_file"),
)
ELEMENTS: dict[str, Shape] = {
    "button": typed(
        "button",
        {"text": plain(75)},
        {"action_id": ID, "confirm": CONFIRM, "value": string(2000), "url": string(3000)}
        | {"style": exactly("primary", "danger"), "accessibility_label": string(75)},
    ),
    "checkboxes": _ticked("checkboxes", {"initial_options": array(_MARKED_OPTION, 10)}),
    "radio_buttons": _ticked("radio_buttons", {"initial_option": _MARKED_OPTION}),
    "overflow": typed(
        "overflow",
        {"options": array(_OPTION, 5)},
        {"action_id": ID, "confirm": CONFIRM},
        _values_differ,
    ),
    "static_select": typed(
        "static_select", {}, _ASKING | _STATIC | {"initial_option": _OPTION}, *_ONE_LIST
    ),
    "multi_static_select": typed(
        "multi_static_select",
        {},
        _MANY | _STATIC | {"initial_options": array(_OPTION, 100)},
        *_ONE_LIST,
    ),
    "datepicker": typed("datepicker", {}, _ASKING | {"initial_date": string(10, 10)}),
    "timepicker": typed(
        "timepicker", {}, _ASKING | {"initial_time": string(5, 5), "timezone": string(64)}
    ),
    "datetimepicker": typed(
        "datetimepicker", {}, _ANY | {"initial_date_time": whole(1_000_000_000, LAST_SECOND)}
    ),
    "plain_text_input": typed(
        "plain_text_input",
        {},
        {"action_id": ID, "focus_on_load": boolean, "placeholder": plain(150)}
        | {"initial_value": string(3000, 0), "multiline": boolean}
        | {"min_length": whole(0, 3000), "max_length": whole(1, 3000)}
        | {"dispatch_action_config": record({"trigger_actions_on": array(string(50), 2)})},
        _lengths_agree,
    ),
    "url_text_input": typed("url_text_input", {}, _ASKING | {"initial_value": string(3000)}),
    "email_text_input": typed("email_text_input", {}, _ASKING | {"initial_value": string(3000)}),
    "number_input": typed(
        "number_input",
        {"is_decimal_allowed": boolean},
        _ASKING | dict.fromkeys(("initial_value", "min_value", "max_value"), string(40)),
    ),
    "file_input": typed(
        "file_input",
        {},
        {"action_id": ID, "max_files": whole(1, MOST_PICKED)}
        | {"filetypes": array(exactly(*FILE_TYPES), len(FILE_TYPES))},
    ),
    **_picked("users", "user"),
    **_picked(
        "conversations",
        "conversation",
        {"filter": _CONVERSATION_FILTER, "default_to_current_conversation": boolean},
    ),
    **_picked("channels", "channel"),
}
