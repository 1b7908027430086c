"""What a method of the Web API is: its arguments, its scopes, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.chat import Chat
from bot.sandbox.slack.refusals import SlackError
from bot.sandbox.slack.viewing import Viewing
from bot.sandbox.slack.wire import Args
from bot.sandbox.slack.workspace import Room, Workspace

Json = dict[str, Any]

_TEAM = "team_id"  # Bolt's client adds it to every call, and Slack takes it everywhere


@dataclass(frozen=True, slots=True)
class Desk:
    """What methods work on."""

    workspace: Workspace
    chat: Chat
    viewing: Viewing


@dataclass(frozen=True, slots=True)
class Method:
    """One method; `run` answers what stands beside `ok: true`, or raises SlackError."""

    run: Callable[[Desk, Args], Json]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    takes_json: bool = True

    def check(self, args: Args, granted: set[str]) -> None:
        """Raise the error of a call without a scope, or with arguments missing or unknown."""
        for scope in self.scopes:
            if scope not in granted:
                provided = ",".join(sorted(granted))
                raise SlackError("missing_scope", needed=scope, provided=provided)
        words = [f"[ERROR] missing required field: {n}" for n in self.needs if not args.has(n)]
        unknown = args.given.keys() - {*self.needs, *self.takes, _TEAM}
        words += [f"[ERROR] invalid additional property: {name}" for name in sorted(unknown)]
        if words:
            raise SlackError("invalid_arguments", response_metadata={"messages": words})


def room_of(desk: Desk, args: Args, *, joined: bool = False) -> Room:
    """Answer the channel that a call names; `joined`: the bot must be in it."""
    room = desk.workspace.room(args.text("channel"))
    if room is None:
        raise SlackError("channel_not_found")
    if joined and not room.has_bot:
        raise SlackError("not_in_channel")
    return room
