"""A person submits a modal: what Slack's own form says, what the bot answers, and what follows."""

from functools import partial
from typing import Any

from bot.sandbox.slack import interactions, states
from bot.sandbox.slack.delivery import Deliveries, Kind
from bot.sandbox.slack.modals import View
from bot.sandbox.slack.people import People
from bot.sandbox.slack.refusals import RefusedError, SlackError
from bot.sandbox.slack.viewing import Viewing
from bot.sandbox.slack.workspace import Workspace

Json = dict[str, Any]

REQUIRED = "Please fill this in."
NO_ANSWER = "We had some trouble connecting. Try again?"


class Submitting:
    """Submits the modal on top; honours what the ack says is to happen with it."""

    def __init__(
        self, workspace: Workspace, viewing: Viewing, people: People, deliveries: Deliveries
    ) -> None:
        self._workspace, self._viewing = workspace, viewing
        self._people, self._deliveries = people, deliveries

    async def submit(self, user: str, view_id: str, values: Json) -> Json:
        """Fill in and submit; answers `{acked, errors?, error?}`."""
        view = self._top(user, view_id)
        view.fill_in(values, partial(self._people.own_files, user))
        if missing := _missing(view):
            return {"acked": False, "errors": dict.fromkeys(missing, REQUIRED)}
        trigger = self._workspace.new_trigger(user, view.id)
        payload = interactions.base("view_submission", self._people.member(user), trigger)
        payload |= interactions.submission(view)
        answer = await self._deliveries.deliver(Kind.INTERACTIVE, payload, accepts=True).outcome
        if answer is None:
            return {"acked": False, "error": NO_ANSWER}
        try:
            return {"acked": True} | self._follow(view, answer)
        except SlackError as error:
            return {"acked": True, "error": f"{NO_ANSWER} ({error.name})"}

    def _top(self, user: str, view_id: str) -> View:
        self._people.member(user)
        stack = self._workspace.stack(user)
        if not stack or stack[-1].id != view_id:
            raise RefusedError("this view is not the one on top any more")
        return stack[-1]

    def _follow(self, view: View, answer: Json) -> Json:
        """Do what `response_action` says; without one, the view is closed."""
        stack = self._workspace.stack(view.user)
        match answer.get("response_action"):
            case None if not answer:
                self._viewing.close(view.user, stack.index(view) if view in stack else len(stack))
            case "clear":
                self._viewing.close(view.user, 0)
            case "errors":
                return {"errors": _errors(view, answer.get("errors"))}
            case "update" if view in stack:
                self._viewing.update(view, answer.get("view"))
            case "push" if view in stack:
                self._viewing.stack_up(view.user, answer.get("view"))
            case _:
                raise SlackError("invalid_response_action")
        return {}


def _missing(view: View) -> list[str]:
    state = view.state()
    return [
        block["block_id"]
        for block in view.content["blocks"]
        if block["type"] == "input" and not block.get("optional")
        for entered in state[block["block_id"]].values()
        if states.is_empty(entered)
    ]


def _errors(view: View, errors: Any) -> dict[str, str]:
    """Check the bot's words for fields: each must name an input block that is there."""
    inputs = {b["block_id"] for b in view.content["blocks"] if b["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise SlackError("invalid_errors")
    if not all(isinstance(words, str) and words for words in errors.values()):
        raise SlackError("invalid_errors")
    return errors
