"""Slack's limits for views: a modal or a Home tab as the bot sends it."""

from typing import Any

from bot.sandbox.slack.blocks import home_problems, modal_problems
from bot.sandbox.slack.elements import plain
from bot.sandbox.slack.shapes import (
    Problem,
    Problems,
    Shape,
    boolean,
    by_type,
    string,
    typed,
)

_ID = string(255, 0)
_ANY: dict[str, Shape] = {"private_metadata": string(3000, 0), "callback_id": _ID}
_ANY |= {"external_id": _ID}


def _submit_for_inputs(view: Any, at: str) -> Problems:
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        yield Problem(at, "missing_submit", "missing required field: submit, with an input block")


def _one_focus(view: Any, at: str) -> Problems:
    elements = [block.get("element", {}) for block in view["blocks"]]
    if sum(element.get("focus_on_load", False) for element in elements) > 1:
        yield Problem(at, "focus", "only one element can have focus_on_load")


_VIEW = by_type(
    {
        "modal": typed(
            "modal",
            {"title": plain(24), "blocks": modal_problems},
            _ANY
            | {"submit": plain(24), "close": plain(24)}
            | {"clear_on_close": boolean, "notify_on_close": boolean, "submit_disabled": boolean},
            _submit_for_inputs,
            _one_focus,
        ),
        "home": typed("home", {"blocks": home_problems}, _ANY, _one_focus),
    }
)


def view_problems(view: Any, at: str = "/view") -> Problems:
    """Answer what Slack would refuse in a view."""
    yield from _VIEW(view, at)
