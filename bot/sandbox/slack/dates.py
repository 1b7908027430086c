"""The times that the bot's messages name to people: in Slack's date tokens and date elements."""

import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.slack.workspace import Workspace
from bot.sandbox.world import APP

_TOKEN = re.compile(r"<!date\^(\d{1,11})\^")


def named_times(workspace: Workspace) -> set[float]:
    """Answer the unix seconds that any message of the bot names."""
    said = (
        message.blocks
        for room in workspace.rooms.values()
        for message in room.messages.values()
        if message.user == APP.user_id and not message.deleted
    )
    return {at for blocks in said for at in _times(blocks)}


def _times(value: Any) -> Iterator[float]:
    match value:
        case str():
            yield from map(float, _TOKEN.findall(value))
        case list():
            for one in value:
                yield from _times(one)
        case {"type": "date", "timestamp": int(at)}:
            yield float(at)
        case dict():
            yield from _times(list(value.values()))
