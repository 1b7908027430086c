"""Modals and Home tabs: opening, pushing, updating and closing them by Slack's rules."""

import copy
from collections.abc import Callable
from typing import Any

from bot.sandbox.slack.blocks import elements_of
from bot.sandbox.slack.files import file_problems
from bot.sandbox.slack.ids import block_id, fingerprint
from bot.sandbox.slack.modals import DEEPEST, View
from bot.sandbox.slack.refusals import SlackError, refuse
from bot.sandbox.slack.shapes import Problem, Problems
from bot.sandbox.slack.views import view_problems
from bot.sandbox.slack.workspace import Trigger, Workspace

Json = dict[str, Any]
Changed = Callable[..., None]


class Viewing:
    """What people see beside messages; raises Slack's errors by name."""

    def __init__(
        self, workspace: Workspace, trigger_life_s: Callable[[], float], changed: Changed
    ) -> None:
        self.workspace = workspace
        self._trigger_life_s, self._changed = trigger_life_s, changed

    def open(self, trigger_id: str, content: Any) -> View:
        """Show a modal to whoever pulled the trigger, on top of what they have open."""
        return self.stack_up(self._spent(trigger_id, content).user, content)

    def push(self, trigger_id: str, content: Any) -> View:
        """Put a modal onto the one that the trigger came from."""
        trigger = self._spent(trigger_id, content)
        if trigger.view_id not in [view.id for view in self.workspace.stack(trigger.user)]:
            raise SlackError("not_found")
        return self.stack_up(trigger.user, content)

    def stack_up(self, user: str, content: Any) -> View:
        """Put a modal on top of a person's stack, which holds three."""
        self._check(content, "modal")
        stack = self.workspace.stack(user)
        if len(stack) >= DEEPEST:
            raise SlackError("push_limit_reached")
        view = self._new(user, content)
        if stack:
            view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        self._changed(user=user)
        return view

    def update(self, view: View, content: Any, hash_: str = "") -> View:
        """Change a view that is shown; what was filled in stays where its input stays."""
        self._check(content, view.content["type"])
        if hash_ and hash_ != view.hash:
            raise SlackError("hash_conflict")
        self._claim_external_id(content, view)
        view.content = completed(content)
        view.hash = self._hash()
        view.forget_gone_inputs()
        self._changed(user=view.user)
        return view

    def publish(self, user: str, content: Any, hash_: str = "") -> View:
        """Set a person's Home tab."""
        home = self.workspace.homes.get(user)
        if home is not None:
            return self.update(home, content, hash_)
        self._check(content, "home")
        self.workspace.homes[user] = view = self._new(user, content)
        self._changed(user=user)
        return view

    def found(self, view_id: str, external_id: str = "") -> View:
        """Answer a view that is shown now, by either of its ids."""
        for view in self.workspace.views.values():
            if view.id == view_id or (external_id and view.external_id == external_id):
                return view
        raise SlackError("not_found")

    def close(self, user: str, keep: int) -> list[View]:
        """Close a person's modals down to the first `keep`; answers those closed, top first."""
        stack = self.workspace.stack(user)
        gone = stack[keep:][::-1]
        del stack[keep:]
        for view in gone:
            self.workspace.views.pop(view.id, None)
        if gone:
            self._changed(user=user)
        return gone

    def _spent(self, trigger_id: str, content: Any) -> Trigger:
        """Use a trigger up: a good view within its seconds, and once."""
        trigger = self.workspace.triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        age_s = self.workspace.clock.now_s() - trigger.issued_s
        if age_s >= self._trigger_life_s():
            raise SlackError("expired_trigger_id")
        self._check(content, "modal")
        trigger.used = True
        return trigger

    def _check(self, content: Any, kind: str) -> None:
        if not isinstance(content, dict) or content.get("type") != kind:
            messages = [f"[ERROR] must be a {kind} view [json-pointer:/view/type]"]
            raise SlackError("invalid_arguments", response_metadata={"messages": messages})
        refuse("invalid_arguments", view_problems(content))
        refuse("invalid_arguments", self._beyond_scope(content))
        refuse("invalid_arguments", file_problems(self.workspace.files, content, "/view"))

    def _beyond_scope(self, content: Json) -> Problems:
        """Answer which fields the app may not show: files need a scope."""
        for place, block in enumerate(content["blocks"]):
            picks = any(one["type"] == "file_input" for one in elements_of(block))
            if picks and "files:read" not in self.workspace.scopes:
                at = f"/view/blocks/{place}/element"
                yield Problem(at, "missing_scope", "file_input needs the scope files:read")

    def _new(self, user: str, content: Json) -> View:
        self._claim_external_id(content, None)
        id_ = self.workspace.ids.make("V")
        view = View(id_, user, completed(content), self._hash(), root_id=id_)
        self.workspace.views[id_] = view
        return view

    def _claim_external_id(self, content: Json, owner: View | None) -> None:
        wanted = content.get("external_id")
        others = [view for view in self.workspace.views.values() if view is not owner]
        if wanted and any(view.external_id == wanted for view in others):
            raise SlackError("duplicate_external_id")

    def _hash(self) -> str:
        return fingerprint(int(self.workspace.clock.now_s()))


def completed(content: Json) -> Json:
    """Answer a view with the ids that Slack fills in where the bot gave none."""
    return copy.deepcopy(content) | {"blocks": with_ids(content["blocks"])}


def with_ids(blocks: list[Json]) -> list[Json]:
    """Answer blocks with a block_id each, and an action_id for each element."""
    filled = copy.deepcopy(blocks)
    for block in filled:
        if not block.get("block_id"):
            block["block_id"] = block_id()
        for element in elements_of(block):
            element.setdefault("action_id", block_id())
    return filled
