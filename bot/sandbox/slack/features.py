"""What an app's manifest lets people call it by: slash commands, global and message shortcuts."""

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from bot.sandbox.slack.refusals import RefusedError

Json = dict[str, Any]
T = TypeVar("T")


class Reach(StrEnum):
    """Where a shortcut is offered: everywhere, or on a message."""

    GLOBAL = "global"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A slash command, worded as in the manifest."""

    command: str
    description: str
    usage_hint: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut, worded as in the manifest."""

    name: str
    type: str
    callback_id: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Features:
    """What the app has; Slack sends it nothing else that people type or choose."""

    commands: tuple[SlashCommand, ...]
    shortcuts: tuple[Shortcut, ...] = ()

    def has_command(self, command: str) -> bool:
        """Answer whether the app has this slash command."""
        return any(one.command == command for one in self.commands)

    def has_shortcut(self, callback_id: str, reach: Reach) -> bool:
        """Answer whether the app has this shortcut there."""
        wanted = callback_id, reach.value
        return any((one.callback_id, one.type) == wanted for one in self.shortcuts)

    def as_json(self) -> Json:
        """Answer both lists, for the page."""
        return asdict(self)


MANIFEST = Features(
    (
        SlashCommand(
            "/tweet",
            "A new draft, what waits, what comes, when, who stands in, and a stop",
            "new [text] | mine | queue | repeats | show [number] | when [number] [tomorrow 9am]"
            " | away [until Friday, @Ben covers] | back"
            " | pause [account] [reason] | resume [account] | audit [number] | help",
        ),
    ),
    (
        Shortcut("Write a tweet", "global", "compose", "Opens a window to write a draft in"),
        Shortcut(
            "Draft this tweet",
            "message",
            "draft_this",
            "Begins a draft with the words of a message",
        ),
    ),
)
"""What slack-manifest.yaml says; a test compares the two."""


def changed(features: Features, wanted: Json) -> Features:
    """Answer the features with the lists of `wanted` in their places."""
    commands, shortcuts = features.commands, features.shortcuts
    if "commands" in wanted:
        commands = _all(SlashCommand, wanted["commands"])
    if "shortcuts" in wanted:
        shortcuts = _all(Shortcut, wanted["shortcuts"])
    if unknown := [one.type for one in shortcuts if one.type not in list(Reach)]:
        raise RefusedError(f"a shortcut is global or message, not {unknown[0]}")
    return Features(commands, shortcuts)


def _all(kind: type[T], rows: list[Any]) -> tuple[T, ...]:
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # both are dataclasses
    for row in rows:
        if not isinstance(row, dict) or not all(isinstance(one, str) for one in row.values()):
            raise RefusedError("commands and shortcuts are lists of objects of texts")
        if row.keys() - known:
            raise RefusedError(f"unknown: {', '.join(sorted(row.keys() - known))}")
    try:
        return tuple(kind(**row) for row in rows)
    except TypeError:
        raise RefusedError(f"each needs {', '.join(sorted(known))}") from None
