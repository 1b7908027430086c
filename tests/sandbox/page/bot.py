"""A scripted bot at the sandbox's socket: what a test needs of one, and nothing of ours."""

from collections.abc import Callable
from queue import Queue
from typing import Any

from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import SlackResponse

from tests.slack.taken import assert_call_is_taken

DEADLINE_S = 10
CHANNEL = "C0DRAFTS"
HASTY = {"slack": {"ack_window_s": 0.3}}  # knobs: an ack that does not come is noticed soon

Json = dict[str, Any]
Reply = Callable[[SocketModeRequest], Json | None]


class Web(WebClient):
    """Whatever a test lets its bot draw is what Slack takes, by every opinion that there is."""

    def api_call(self, api_method: str, **asked: Any) -> SlackResponse:
        assert_call_is_taken(api_method, asked.get("json") or asked.get("params") or {})
        return super().api_call(api_method, **asked)


class Bot:
    """Answers every envelope with `reply` and keeps it for the test to look at."""

    def __init__(self, address: str) -> None:
        self.web = Web(token="xoxb-sandbox", base_url=f"{address}/slack/api/")
        self.forget()
        self._socket = SocketModeClient(app_token="xapp-sandbox", web_client=self.web)
        self._socket.socket_mode_request_listeners.append(self._take)

    def forget(self) -> None:
        """Back to answering everything with a plain ack; what came so far is gone."""
        self.reply: Reply = lambda _: None
        self.silent = False
        self._got: Queue[SocketModeRequest] = Queue()

    def start(self) -> None:
        self._socket.connect()

    def stop(self) -> None:
        self._socket.close()

    def next(self, kind: str) -> Json:
        """The payload of the next envelope whose event or interaction is of that kind."""
        while True:
            request = self._got.get(timeout=DEADLINE_S)
            payload: Json = request.payload
            event: Json = payload.get("event", {})
            if kind in (request.type, payload.get("type"), event.get("type")):
                return payload

    def say(self, blocks: list[Json] | None = None, *, thread: str | None = None, text: str) -> str:
        answer = self.web.chat_postMessage(
            channel=CHANNEL, text=text, blocks=blocks, thread_ts=thread
        )
        return str(answer["ts"])

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        payload = self.reply(request)
        self._got.put(request)
        if not self.silent:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def asked(block_id: str, label: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element} | more


def options(*values: str) -> list[Json]:
    return [{"text": plain(value.title()), "value": value} for value in values]
