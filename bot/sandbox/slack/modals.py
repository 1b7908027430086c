"""A view that a person sees: a modal in a stack of at most three, or the Home tab."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.slack.blocks import elements_of
from bot.sandbox.slack.refusals import RefusedError
from bot.sandbox.slack.states import Pick, entered, state_of
from bot.sandbox.world import APP

DEEPEST = 3

Json = dict[str, Any]


@dataclass(slots=True)
class View:
    """One view at its present version; `content` is what the bot sent, with all ids filled in."""

    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    chosen: dict[str, Json] = field(default_factory=dict)  # "block/action" → state of an input

    @property
    def external_id(self) -> str:
        """Answer the id that the bot gave the view, or nothing."""
        return str(self.content.get("external_id", ""))

    def as_slack(self) -> Json:
        """Answer the view as Slack's answers and payloads hold it."""
        sent, texts = self.content, ("private_metadata", "callback_id")
        return {
            **{key: sent.get(key) for key in ("type", "title", "submit", "close", "blocks")},
            **{key: sent.get(key) or "" for key in texts},
            **{flag: sent.get(flag, False) for flag in ("clear_on_close", "notify_on_close")},
            "id": self.id,
            "team_id": APP.team_id,
            "state": {"values": self.state()},
            "hash": self.hash,
            "root_view_id": self.root_id,
            "previous_view_id": self.previous_id,
            "app_id": APP.id,
            "external_id": self.external_id,
            "app_installed_team_id": APP.team_id,
            "bot_id": APP.bot_id,
        }

    def state(self) -> Json:
        """Answer `state.values`: every input, empty ones too."""
        return state_of(self.content["blocks"], self.chosen)

    def fill_in(self, values: Json, pick: Pick) -> None:
        """Note what was entered: all of it, or nothing if one value does not fit."""
        known = {
            (block["block_id"], element["action_id"]): element
            for block in self.content["blocks"]
            for element in elements_of(block)
        }
        chosen = {}
        for block_id, entries in values.items():
            for action_id, value in entries.items():
                element = known.get((block_id, action_id))
                if element is None or element["type"] in ("button", "overflow"):
                    raise RefusedError(f"there is no field {block_id}/{action_id}")
                chosen[f"{block_id}/{action_id}"] = entered(element, value, pick)
        self.chosen |= chosen

    def forget_gone_inputs(self) -> None:
        """Keep what was filled in only for inputs that a new version still has."""
        there = {
            f"{block['block_id']}/{element['action_id']}"
            for block in self.content["blocks"]
            for element in elements_of(block)
        }
        self.chosen = {key: value for key, value in self.chosen.items() if key in there}
