"""The values of inputs: what `state.values` says of each, and what a person may choose."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.sandbox.slack.blocks import elements_of
from bot.sandbox.slack.elements import MOST_PICKED
from bot.sandbox.slack.refusals import RefusedError

Json = dict[str, Any]
Pick = Callable[[Sequence[str]], list[Json]]
"""Answers a person's own files by their ids, as Slack writes them; refused where there is none."""

LARGEST_PICKED = 10_000_000
"""The most bytes of a file in a modal; a message takes larger ones."""

_TYPED = {"plain_text_input", "url_text_input", "email_text_input", "number_input"}
_ONE_OPTION = {"static_select", "radio_buttons", "overflow"}
_MANY_OPTIONS = {"multi_static_select", "checkboxes"}
_SCALAR = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
}
_SCALARS = {
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
}
_DATE, _TIME = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d\d:\d\d")


def state_of(blocks: list[Json], chosen: dict[str, Json]) -> Json:
    """Answer `state.values` of blocks: what was chosen, else what each input started with."""
    values: dict[str, Json] = {}
    for block in blocks:
        for element in elements_of(block):
            if element["type"] not in {"button", "overflow"}:
                key = f"{block['block_id']}/{element['action_id']}"
                state = chosen.get(key) or _initial(element)
                values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def entered(element: Json, value: Any, pick: Pick) -> Json:
    """Answer an input's state once a person enters `value`; refused where Slack's form would."""
    kind = element["type"]
    if kind in _TYPED:
        return {"type": kind, "value": _text(element, value)}
    if kind in _ONE_OPTION:
        option = None if value is None else _option(element, value)
        return {"type": kind, "selected_option": option}
    if kind in _MANY_OPTIONS:
        options = [_option(element, one) for one in _list(value)]
        return {"type": kind, "selected_options": options}
    if kind in _SCALARS:
        return {"type": kind, _SCALARS[kind]: [_scalar(kind, one) for one in _list(value)]}
    if kind == "file_input":
        return {"type": kind, "files": _files(element, _list(value), pick)}
    return {"type": kind, _SCALAR[kind]: None if value in (None, "") else _scalar(kind, value)}


def is_empty(state: Json) -> bool:
    """Answer whether an input's state holds nothing."""
    return not any(value for key, value in state.items() if key != "type")


def _initial(element: Json) -> Json:
    kind = element["type"]
    if kind in _TYPED:
        return {"type": kind, "value": element.get("initial_value") or None}
    if kind in _ONE_OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in _MANY_OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind in _SCALARS:
        initial = _SCALARS[kind].replace("selected_", "initial_")
        return {"type": kind, _SCALARS[kind]: element.get(initial, [])}
    if kind == "file_input":
        return {"type": kind, "files": []}
    initial = _SCALAR[kind].replace("selected_", "initial_")
    return {"type": kind, _SCALAR[kind]: element.get(initial)}


def _text(element: Json, value: Any) -> str | None:
    if value in (None, ""):
        return None
    if not isinstance(value, str):
        raise RefusedError("this field takes text")
    longest = element.get("max_length", 3000)
    if not element.get("min_length", 0) <= len(value) <= longest:
        raise RefusedError(f"this text has {len(value)} characters; at most {longest} are allowed")
    return value


def _option(element: Json, value: Any) -> Json:
    groups = element.get("option_groups", [])
    options: Iterable[Json] = element.get("options") or [o for g in groups for o in g["options"]]
    for option in options:
        if option["value"] == value:
            return option
    raise RefusedError(f"there is no option {value!r}")


def _list(value: Any) -> list[Any]:
    if isinstance(value, list) or value is None:
        return value or []
    raise RefusedError("this field takes a list")


def _files(element: Json, ids: list[Any], pick: Pick) -> list[Json]:
    most = element.get("max_files", MOST_PICKED)
    if len(ids) > most or not all(isinstance(one, str) for one in ids):
        raise RefusedError(f"this field takes the ids of at most {most} files")
    files = pick(ids)
    for file in files:
        if file["filetype"] not in element.get("filetypes", [file["filetype"]]):
            raise RefusedError(f"this field takes {', '.join(element['filetypes'])} files only")
        if file["size"] > LARGEST_PICKED:
            raise RefusedError(f"a file has at most {LARGEST_PICKED // 1_000_000} MB here")
    return files


def _scalar(kind: str, value: Any) -> Any:
    if kind == "datetimepicker":
        if isinstance(value, bool) or not isinstance(value, int):
            raise RefusedError("a date and time is a number of unix seconds")
        return value
    form = {"datepicker": _DATE, "timepicker": _TIME}.get(kind)
    if not isinstance(value, str) or (form and not form.fullmatch(value)):
        raise RefusedError("a date is YYYY-MM-DD, a time HH:MM, a person or channel an id")
    return value
