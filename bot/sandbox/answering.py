"""A person who reads a modal and answers everything that it asks."""

from typing import Any

Json = dict[str, Any]


def answers(view: Json, note: str) -> Json:
    """Return the values that tick every box of a modal and write a note in every text field."""
    inputs = (block for block in view["blocks"] if block["type"] == "input")
    return {
        block["block_id"]: {block["element"]["action_id"]: _answer(block["element"], note)}
        for block in inputs
    }


def _answer(element: Json, note: str) -> Any:
    if element["type"] == "checkboxes":
        return [option["value"] for option in element["options"]]
    return note
