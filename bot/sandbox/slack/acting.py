"""What persons do with the app: click, fill in, submit, close, command, open its Home tab."""

from collections.abc import Callable
from functools import partial
from typing import Any

from bot.sandbox.slack import events, interactions, states
from bot.sandbox.slack.blocks import elements_of
from bot.sandbox.slack.delivery import Deliveries, Kind
from bot.sandbox.slack.features import Reach
from bot.sandbox.slack.inline import with_ids
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.modals import View
from bot.sandbox.slack.people import People
from bot.sandbox.slack.refusals import RefusedError
from bot.sandbox.slack.viewing import Viewing
from bot.sandbox.slack.workspace import Room, Workspace

Json = dict[str, Any]

NO_ANSWER = "Countersign did not answer in time. Try again."


class Acting:
    """Persons at their Slack clients, as far as the app is asked; waits for its acks."""

    def __init__(
        self,
        workspace: Workspace,
        viewing: Viewing,
        people: People,
        deliveries: Deliveries,
        response_url: Callable[[str], str],
    ) -> None:
        self._workspace, self._viewing, self._people = workspace, viewing, people
        self._deliveries, self._response_url = deliveries, response_url

    async def click(self, user: str, channel: str, ts: str, which: Json, *, stale: bool) -> Json:
        """Use an element of a message; `stale`: as it was before the message's last change."""
        room, message = self._people.message(channel, ts, user)
        self._leave_modals(user)
        shown = message.before if stale else message.as_slack()
        if shown is None:
            raise RefusedError("this message has not changed yet")
        block_id, element = _found(shown.get("blocks", []), which)
        chosen = message.chosen.setdefault(user, {})
        action = self._acted(user, block_id, element, which, chosen)
        url = self._url(room, user, message)
        click = interactions.message_click(room, message, shown, chosen, url)
        return await self._send("block_actions", user, {**click, "actions": [action]})

    async def click_in_view(self, user: str, view_id: str, which: Json) -> Json:
        """Use an element of a modal or of the Home tab; `values` is what is filled in so far."""
        view = self._view(user, view_id)
        view.fill_in(which.get("values", {}), partial(self._people.own_files, user))
        block_id, element = _found(view.content["blocks"], which)
        action = self._acted(user, block_id, element, which, view.chosen)
        click = {**interactions.view_click(view), "actions": [action]}
        return await self._send("block_actions", user, click, view_id)

    def close(self, user: str, view_id: str) -> None:
        """Close a modal, or all of them where it says `clear_on_close`."""
        stack = self._workspace.stack(user)
        view = self._view(user, view_id)
        if view not in stack:
            raise RefusedError("the Home tab cannot be closed")
        cleared = bool(view.content.get("clear_on_close"))
        self._closed(user, 0 if cleared else stack.index(view), cleared=cleared)

    async def command(self, user: str, channel: str, command: str, text: str) -> tuple[Json, str]:
        """Send a slash command; answers the ack, and the id of its response_url."""
        room = self._people.room(channel, user)
        if not command.startswith("/") or " " in command:
            raise RefusedError("a command is one word that begins with /")
        if not self._workspace.features.has_command(command):
            raise RefusedError(f"{command} is not a valid command")
        self._leave_modals(user)
        url = self._workspace.new_response_url(room.id, user)
        named = with_ids(text, self._workspace.names)
        payload = interactions.command(self._people.member(user), room, command, named)
        payload |= {"response_url": self._response_url(url)}
        payload |= {"trigger_id": self._workspace.new_trigger(user)}
        answer = await self._deliveries.deliver(Kind.COMMAND, payload, accepts=True).outcome
        failed = f"{command} failed: {NO_ANSWER}"
        return ({"acked": True, "answer": answer} if answer is not None else _failed(failed)), url

    async def shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> Json:
        """Use a global shortcut, or one on a message."""
        self._people.member(user)
        if not self._workspace.features.has_shortcut(callback_id, _reach(ts)):
            raise RefusedError(f"the app has no {_reach(ts)} shortcut {callback_id}")
        self._leave_modals(user)
        what: Json = {"callback_id": callback_id, "action_ts": self._workspace.stamps.next()}
        if not ts:
            return await self._send("shortcut", user, what)
        room, message = self._people.message(channel, ts, user)
        if message.ephemeral_to:
            raise RefusedError("shortcuts do not work on messages that only you see")
        url = self._url(room, user, message)
        what |= interactions.message_shortcut(room, message, url)
        return await self._send("message_action", user, what)

    def home(self, user: str, publish: Callable[[Json], object]) -> Json:
        """Open the app's Home tab; answers the view that is there now, if one is."""
        self._people.member(user)
        view = self._workspace.homes.get(user)
        shown = view.as_slack() if view else None
        channel = self._workspace.direct(user).id
        publish(events.home_opened(user, channel, shown, self._workspace.stamps))
        return {"view": shown} if shown else {}

    def views(self, user: str) -> list[Json]:
        """Answer somebody's open modals, the top one last."""
        self._people.member(user)
        return [view.as_slack() for view in self._workspace.stack(user)]

    def _view(self, user: str, view_id: str) -> View:
        self._people.member(user)
        view = self._workspace.views.get(view_id)
        if view is None or view.user != user:
            raise RefusedError("this view is not open any more")
        return view

    def _acted(self, user: str, block_id: str, element: Json, which: Json, chosen: Json) -> Json:
        """Note what was chosen, and answer the action."""
        state = None
        if element["type"] != "button":
            pick = partial(self._people.own_files, user)
            state = states.entered(element, which.get("value"), pick)
            chosen[f"{block_id}/{element['action_id']}"] = state
        return interactions.action(element, block_id, state, self._workspace.stamps.next())

    async def _send(self, kind: str, user: str, what: Json, view_id: str | None = None) -> Json:
        trigger = self._workspace.new_trigger(user, view_id)
        payload = interactions.base(kind, self._people.member(user), trigger) | what
        answer = await self._deliveries.deliver(Kind.INTERACTIVE, payload).outcome
        return {"acked": True} if answer is not None else _failed(NO_ANSWER)

    def _url(self, room: Room, user: str, message: Message) -> str:
        return self._response_url(self._workspace.new_response_url(room.id, user, message.ts))

    def _leave_modals(self, user: str) -> None:
        """Close what is open: in Slack, a modal covers everything else."""
        self._closed(user, 0, cleared=True)

    def _closed(self, user: str, keep: int, *, cleared: bool) -> None:
        for view in self._viewing.close(user, keep):
            if view.content.get("notify_on_close"):
                told = interactions.closed(view, cleared=cleared)
                payload = interactions.base("view_closed", self._people.member(user)) | told
                self._deliveries.deliver(Kind.INTERACTIVE, payload)


def _reach(ts: str) -> Reach:
    return Reach.MESSAGE if ts else Reach.GLOBAL


def _failed(words: str) -> Json:
    return {"acked": False, "error": words}


def _found(blocks: list[Json], which: Json) -> tuple[str, Json]:
    """Answer the block_id and element that a person means."""
    action_id, block_id = which.get("action_id"), which.get("block_id")
    hits = [
        (str(block["block_id"]), element)
        for block in blocks
        if block_id in (None, block["block_id"])
        for element in elements_of(block)
        if element["action_id"] == action_id
    ]
    if not hits:
        raise RefusedError(f"there is nothing here called {action_id}")
    if len(hits) > 1:
        raise RefusedError(f"several things are called {action_id}: give a block_id")
    return hits[0]
