"""Slack's limits for the blocks of messages and views; what Slack takes in silence is refused."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.slack.elements import ELEMENTS, ID, IMAGE, SLACK_FILE, plain, words
from bot.sandbox.slack.richtext_shape import RICH_TEXT
from bot.sandbox.slack.shapes import (
    Problem,
    Problems,
    Shape,
    array,
    boolean,
    by_type,
    one_of,
    some_of,
    string,
    typed,
)

MOST_IN_MESSAGE, MOST_IN_VIEW = 50, 100
MOST_CHARACTERS = 13_200  # over all blocks of one message (bolt-js#2509)

_SELECTS = ("static_select", "users_select", "conversations_select", "channels_select")
_MULTI = tuple(f"multi_{select}" for select in _SELECTS)
_CLICKED = ("button", "checkboxes", "radio_buttons", "overflow", "datepicker", "timepicker")
_TYPED = ("plain_text_input", "url_text_input", "email_text_input", "number_input")
_ENTERED = ("checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker")


def _some(*kinds: str) -> dict[str, Shape]:
    return {kind: ELEMENTS[kind] for kind in kinds}


_ANY = {"block_id": ID}
_CONTEXT = {"image": IMAGE, "mrkdwn": words(3000), "plain_text": words(3000)}
_ASKED = _some(*_TYPED, *_ENTERED, *_SELECTS, *_MULTI)


def _input(elements: dict[str, Shape]) -> Shape:
    return typed(
        "input",
        {"label": plain(2000), "element": by_type(elements)},
        _ANY | {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    )


_BLOCKS: dict[str, Shape] = {
    "actions": typed(
        "actions",
        {"elements": array(by_type(_some(*_CLICKED, "datetimepicker", *_SELECTS)), 25)},
        _ANY,
    ),
    "context": typed("context", {"elements": array(by_type(_CONTEXT), 10)}, _ANY),
    "divider": typed("divider", {}, _ANY),
    "header": typed("header", {"text": plain(150)}, _ANY),
    "image": typed(
        "image",
        {"alt_text": string(2000)},
        _ANY | {"title": plain(2000), "image_url": string(3000), "slack_file": SLACK_FILE},
        one_of("image_url", "slack_file"),
    ),
    "input": _input(_ASKED),
    "rich_text": RICH_TEXT,
    "section": typed(
        "section",
        {},
        _ANY
        | {"text": words(3000), "fields": array(words(2000), 10), "expand": boolean}
        | {"accessory": by_type(_some(*_CLICKED, *_SELECTS, *_MULTI) | {"image": IMAGE})},
        some_of("text", "fields"),
    ),
}
_IN_MESSAGE = by_type(_BLOCKS | {"markdown": typed("markdown", {"text": string(12_000)}, _ANY)})
_IN_HOME = by_type(_BLOCKS)
_IN_MODAL = by_type(_BLOCKS | {"input": _input(_ASKED | _some("file_input"))})


def message_problems(blocks: Any, at: str = "/blocks") -> Problems:
    """Answer what Slack would refuse in a message's blocks."""
    yield from array(_IN_MESSAGE, MOST_IN_MESSAGE, least=0)(blocks, at)
    if isinstance(blocks, list):
        yield from _ids_differ(blocks, at)


def modal_problems(blocks: Any, at: str) -> Problems:
    """Answer what Slack would refuse in a modal's blocks."""
    yield from _view_problems(_IN_MODAL, blocks, at)


def home_problems(blocks: Any, at: str) -> Problems:
    """Answer what Slack would refuse in a Home tab's blocks."""
    yield from _view_problems(_IN_HOME, blocks, at)


def _view_problems(shape: Shape, blocks: Any, at: str) -> Problems:
    yield from array(shape, MOST_IN_VIEW)(blocks, at)
    if isinstance(blocks, list):
        yield from _ids_differ(blocks, at)


def elements_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Answer the elements of a block that people can act on."""
    match block.get("type"):
        case "actions":
            return list(block["elements"])
        case "input":
            return [block["element"]]
        case "section" if block.get("accessory", {}).get("type", "image") != "image":
            return [block["accessory"]]
        case _:
            return []


def characters(blocks: Any) -> int:
    """Count the characters of every text in blocks."""
    if isinstance(blocks, list):
        return sum(characters(one) for one in blocks)
    if not isinstance(blocks, dict):
        return 0
    return sum(
        len(value) if key == "text" and isinstance(value, str) else characters(value)
        for key, value in blocks.items()
    )


def _ids_differ(blocks: list[Any], at: str) -> Problems:
    known = [block for block in blocks if isinstance(block, dict)]
    yield from _repeated((b.get("block_id") for b in known), "block_id", at)
    for place, block in enumerate(known):
        if block.get("type") == "actions" and isinstance(block.get("elements"), list):
            named = (e.get("action_id") for e in block["elements"] if isinstance(e, dict))
            yield from _repeated(named, "action_id", f"{at}/{place}/elements")


def _repeated(ids: Iterator[Any], name: str, at: str) -> Problems:
    seen = set()
    for one in ids:
        if isinstance(one, str) and one in seen:
            yield Problem(at, f"duplicate_{name}", f"`{name}` {one} already exists")
        seen.add(one if isinstance(one, str) else None)
