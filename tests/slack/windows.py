"""The composer in somebody's hands: it keeps what is filled in by the sandbox's own rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.modals import View
from bot.sandbox.slack.viewing import completed
from tests.slack import bodies
from tests.slack.dispatching import Slack
from tests.slack.taken import assert_view_is_taken

Json = dict[str, Any]


@dataclass
class Window:
    """The modal that was opened last, filled in by one person."""

    slack: Slack
    person: str

    def __post_init__(self) -> None:
        opened = self.slack.opened()
        name = f"V0WINDOW{len(opened)}"
        self.view = View(name, self.person, completed(opened[-1]), "1.x", name)

    def blocks(self, kind: str) -> list[Json]:
        """The blocks whose id begins like this."""
        return [b for b in self.view.content["blocks"] if b["block_id"].startswith(kind)]

    def texts(self) -> list[str]:
        """What the fields for text hold."""
        state = self.view.state()
        return [state[b["block_id"]]["text"]["value"] or "" for b in self.blocks("text:")]

    def answers(self, kind: str) -> list[Json]:
        """The answers that a field offers."""
        (block,) = self.blocks(kind)
        options: list[Json] = block["element"]["options"]
        return options

    def write(self, text: str, part: int = 0) -> "Window":
        """Type the text of a part."""
        return self.fill(**{self.blocks("text:")[part]["block_id"]: text})

    def pick(self, *files: str, part: int = 0) -> "Window":
        """Pick files for a part, by their ids, in place of those picked before."""
        return self.fill(**{self.blocks("pick:")[part]["block_id"]: list(files)})

    def keep(self, *files: str, block: int = 0) -> "Window":
        """Tick these of the pictures that a part has, and no others."""
        return self.fill(**{self.blocks("keep:")[block]["block_id"]: list(files)})

    def kept(self) -> list[list[str]]:
        """The labels of the ticked boxes of pictures, by block."""
        state = self.view.state()
        ticked = (state[b["block_id"]][b["block_id"]] for b in self.blocks("keep:"))
        return [[one["text"]["text"] for one in entry["selected_options"]] for entry in ticked]

    def required(self) -> list[str]:
        """The fields for text that Slack would not let anybody leave empty."""
        return [b["block_id"] for b in self.blocks("text:") if not b.get("optional")]

    def fill(self, **entries: Any) -> "Window":
        """Fill in fields, each by its block id."""
        by_block = {block["block_id"]: block for block in self.view.content["blocks"]}
        self.view.fill_in(
            {name: {by_block[name]["element"]["action_id"]: e} for name, e in entries.items()},
            self._as_slack,
        )
        return self

    def use(self, action: str, value: str = "") -> "Window":
        """Use a button, or choose from a list that is no field; the window is redrawn."""
        used: Json = {"action_id": action, "action_ts": "1.1", "type": "button", "value": value}
        if action == "template":
            label = {"type": "plain_text", "text": "x"}
            used |= {"type": "static_select", "selected_option": {"text": label, "value": value}}
        self.slack.take(self._body("block_actions") | {"actions": [used]})
        drawn = [args for method, args in self.slack.client.calls if method == "views.update"]
        if drawn:
            self._redraw(drawn[-1]["view"])
        return self

    def submit(self) -> Json:
        """Submit; returns what is wrong, by field. A window that asks on is redrawn."""
        answer = self.slack.take(self._body("view_submission")) or {}
        if answer.get("response_action") == "update":
            self._redraw(answer["view"])
            return {}
        errors: Json = answer.get("errors", {})
        assert errors.keys() <= {block["block_id"] for block in self.view.content["blocks"]}
        return errors

    def _as_slack(self, files: Sequence[str]) -> list[Json]:
        about = {"filetype": "png", "size": 1_000, "mode": "hosted"}
        return [{"id": file, "name": f"{file}.png"} | about for file in files]

    def _redraw(self, content: Json) -> None:
        assert_view_is_taken(content)
        self.view.content = completed(content)
        self.view.forget_gone_inputs()

    def _body(self, kind: str) -> Json:
        user = {"id": self.person, "username": "x", "team_id": "T0CLINIC"}
        body = bodies.submitted("compose", "1:1") | {"type": kind, "user": user}
        return body | {"view": self.view.as_slack()}


def composer(slack: Slack, person: str, text: str = "") -> Window:
    """Open the composer by the slash command."""
    slack.take(bodies.command(f"new {text}" if text else "", person))
    return Window(slack, person)
