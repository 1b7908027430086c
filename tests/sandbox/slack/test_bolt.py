"""The main stories with a real Bolt app and slack_sdk's own Socket Mode clients."""

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client import SandboxClient
from bot.sandbox.world import APP
from tests.sandbox.slack.scenario import ANA, BEN, DRAFTS, button, field_block, modal

Json = dict[str, Any]
SECTION: list[Json] = [{"type": "section", "text": {"type": "mrkdwn", "text": "x"}}]
PING_S = 0.5


def bolt(address: str) -> App:
    client = WebClient(token=APP.bot_token, base_url=f"{address}/slack/api/")
    return App(client=client, process_before_response=True)


class AiohttpSocket:
    """slack_sdk's aiohttp client in a thread of its own, feeding a synchronous app."""

    def __init__(self, app: App, address: str) -> None:
        self._app, self._address = app, address
        self._pool = ThreadPoolExecutor(8)
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=[self._run()])
        self._thread.start()

    async def _run(self) -> None:
        web = AsyncWebClient(base_url=f"{self._address}/slack/api/")
        client = SocketModeClient(APP.app_token, web_client=web, ping_interval=PING_S)
        client.socket_mode_request_listeners.append(self._take)
        await client.connect()  # type: ignore[no-untyped-call]
        await self._stop.wait()
        await client.disconnect()  # type: ignore[no-untyped-call]
        await client.close()  # type: ignore[no-untyped-call]
        pending = asyncio.all_tasks() - {asyncio.current_task()}
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        answer = await self._loop.run_in_executor(self._pool, run_bolt_app, self._app, request)
        with contextlib.suppress(ConnectionError):
            await send_async_response(client, request, answer, time.time())

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._loop.close()
        self._pool.shutdown()


@contextmanager
def connected(app: App, address: str, kind: str = "aiohttp") -> Iterator[None]:
    """Run the app on a socket for as long as the block lasts."""
    socket: AiohttpSocket | SocketModeHandler
    if kind == "aiohttp":
        socket = AiohttpSocket(app, address)
    else:
        socket = SocketModeHandler(app, APP.app_token, ping_interval=1)
        socket.connect()  # type: ignore[no-untyped-call]
    try:
        with SandboxClient(address) as people:
            people.wait_for(lambda: people.sockets() == 1, what="a socket")
        yield
    finally:
        socket.close()
        with SandboxClient(address) as people:
            people.wait_for(lambda: people.sockets() == 0, what="the end of the socket")


@pytest.fixture
def app(address: str) -> App:
    logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)
    return bolt(address)


@pytest.mark.parametrize("kind", ["aiohttp", "builtin"])
def test_a_message_reaches_its_listener_and_is_answered_in_its_thread(
    app: App, address: str, people: SandboxClient, kind: str
) -> None:
    @app.event("message")
    def draft(event: Json, client: WebClient) -> None:
        if not event.get("subtype"):
            client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="card",
                                    blocks=SECTION, unfurl_links=False)  # fmt: skip

    with connected(app, address, kind):
        ts = people.write(ANA, DRAFTS, "Flu shots today :tada:")
        (reply,) = people.wait_for(lambda: people.thread(DRAFTS, ts, ANA))
    assert (reply["text"], reply["bot"]) == ("card", True)


@pytest.mark.parametrize("kind", ["aiohttp", "builtin"])
def test_a_click_is_acknowledged_and_changes_the_card(
    app: App, address: str, people: SandboxClient, kind: str
) -> None:
    @app.action("approve")
    def approve(ack: Ack, body: Json, client: WebClient) -> None:
        where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        client.chat_update(**where, text=f"approved {body['actions'][0]['value']}", blocks=SECTION)
        ack()

    blocks = [{"type": "actions", "elements": [button()]}]
    with connected(app, address, kind):
        posted = app.client.chat_postMessage(channel=DRAFTS, text="card", blocks=blocks)
        assert people.click(ANA, DRAFTS, posted["ts"], "approve") == {"acked": True}
    assert people.messages(DRAFTS, ANA)[0]["text"] == "approved 17/3"


def test_a_modal_is_opened_refused_and_then_taken(
    app: App, address: str, people: SandboxClient
) -> None:
    @app.command("/tweet")
    def command(ack: Ack, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(field_block("why")))
        ack("Here you are.")

    @app.view("reject")
    def rejected(ack: Ack, view: Json) -> None:
        reason = view["state"]["values"]["why"]["reason"]["value"]
        if len(reason) < 5:
            ack(response_action="errors", errors={"why": "Say a little more."})
        else:
            ack()

    with connected(app, address):
        answer = people.command(ANA, DRAFTS, "/tweet", "reject")
        assert answer == {"acked": True, "text": "Here you are."}
        (view,) = people.views(ANA)
        refused = people.submit(ANA, view["id"], {"why": {"reason": "no"}})
        assert refused == {"acked": True, "errors": {"why": "Say a little more."}}
        taken = people.submit(ANA, view["id"], {"why": {"reason": "not true"}})
        assert taken == {"acked": True}
    assert people.views(ANA) == []


def test_respond_answers_through_the_response_url(
    app: App, address: str, people: SandboxClient
) -> None:
    @app.action("approve")
    def approve(ack: Ack, respond: Any) -> None:
        ack()
        respond(text="only you see this", response_type="ephemeral")
        respond(text="replaced", replace_original=True)

    blocks = [{"type": "actions", "elements": [button()]}]
    with connected(app, address):
        ts = app.client.chat_postMessage(channel=DRAFTS, text="card", blocks=blocks)["ts"]
        people.click(ANA, DRAFTS, ts, "approve")
        people.wait_for(lambda: people.messages(DRAFTS, BEN)[0]["text"] == "replaced")
    assert [m["text"] for m in people.messages(DRAFTS, ANA)] == ["replaced", "only you see this"]


def test_a_redelivery_shows_in_the_headers(app: App, address: str, people: SandboxClient) -> None:
    seen: list[tuple[Any, Any]] = []

    @app.event("message")
    def message(request: Any) -> None:
        headers = request.headers
        seen.append((headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")))
        if len(seen) == 1:
            raise RuntimeError("no ack for the first")

    people.set_faults({"ack_window_s": 0.1, "redelivery_s": [0.1]})
    with connected(app, address):
        people.write(ANA, DRAFTS, "again")
        people.wait_for(lambda: len(seen) == 2)
    assert seen[0][0] == ["0"]
    assert seen[1] == (["1"], ["timeout"])


@pytest.mark.parametrize("how", ["disconnect", "close", "reset", "stall"])
def test_the_client_comes_back_after(
    app: App, address: str, people: SandboxClient, how: str
) -> None:
    heard = []

    @app.event("message")
    def message(event: Json) -> None:
        heard.append(event["text"])

    people.set_faults({"ack_window_s": 0.2, "redelivery_s": [0.2] * 50})
    with connected(app, address):
        people.break_sockets(how)
        people.write(ANA, DRAFTS, "after the break")
        people.wait_for(lambda: heard, timeout=20, what="the message")
        people.wait_for(
            lambda: all("acked_at" in row for row in people.traffic()["envelopes"]), timeout=20
        )


def test_errors_carry_slacks_names(app: App) -> None:
    with pytest.raises(SlackApiError) as refused:
        app.client.chat_postMessage(channel="C0NOPE", text="x")
    assert refused.value.response["error"] == "channel_not_found"


def test_fifty_people_click_at_once(app: App, address: str, people: SandboxClient) -> None:
    clicked: list[str] = []

    @app.action("approve")
    def approve(ack: Ack, body: Json) -> None:
        clicked.append(body["user"]["id"])
        ack()

    blocks = [{"type": "actions", "elements": [button()]}]
    crowd = [f"U0CROWD{n:02}" for n in range(50)]
    with connected(app, address), ThreadPoolExecutor(50) as pool:
        ts = app.client.chat_postMessage(channel=DRAFTS, text="card", blocks=blocks)["ts"]
        answers = list(pool.map(lambda one: people.click(one, DRAFTS, ts, "approve"), crowd))
    assert answers == [{"acked": True}] * 50
    assert sorted(clicked) == crowd
