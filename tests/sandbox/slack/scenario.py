"""A bot that speaks the raw protocol, in one event loop with a sandbox whose inside can be seen."""

import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.sandbox.server import Sandbox
from bot.sandbox.world import APP

Json = dict[str, Any]
WITHIN_S = 5.0
ANA, BEN, EVE = "U0AUTHOR1", "U0AUTHOR2", "U0OUTSIDE"
DRAFTS, OTHER = "C0DRAFTS", "C0OTHER"


@dataclass
class Stage:
    """The sandbox, what people do to it, and what the bot calls."""

    sandbox: Sandbox
    session: aiohttp.ClientSession
    address: str
    sockets: list["Socket"] = field(default_factory=list)

    async def people(self, method: str, path: str, body: Json | None = None) -> Json:
        url = f"{self.address}/sandbox/{path}"
        async with self.session.request(method, url, json=body) as response:
            answer: Json = await response.json()
            return answer if response.ok else {"status": response.status, **answer}

    async def write(self, text: str, user: str = ANA, channel: str = DRAFTS, **more: Any) -> str:
        body = {"user": user, "channel": channel, "text": text, **more}
        answer = await self.people("POST", "slack/messages", body)
        return str(answer["ts"])

    async def seen(self, channel: str = DRAFTS, user: str = ANA) -> list[Json]:
        answer = await self.people("GET", f"slack/messages?channel={channel}&as={user}")
        messages: list[Json] = answer["messages"]
        return messages

    async def knobs(self, **slack: Any) -> None:
        await self.people("PUT", "faults", {"slack": slack})

    async def call(self, method: str, token: str = APP.bot_token, **args: Any) -> Json:
        async with self.raw(method, token, json=args) as response:
            answer: Json = await response.json()
            return answer

    async def form(self, method: str, token: str = APP.bot_token, **args: str) -> Json:
        async with self.raw(method, token, data=args) as response:
            answer: Json = await response.json()
            return answer

    def raw(self, method: str, token: str, **content: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.session.post(f"{self.address}/slack/api/{method}", headers=headers, **content)

    async def connect(self) -> "Socket":
        opened = await self.call("apps.connections.open", APP.app_token)
        socket = Socket(await self.session.ws_connect(opened["url"], autoping=False))
        assert (await socket.frame())["type"] == "hello"
        self.sockets.append(socket)
        return socket

    async def post(self, *elements: Json) -> str:
        """Post a card with these elements in an actions block; answers its ts."""
        blocks = [{"type": "actions", "block_id": "card", "elements": list(elements)}]
        answer = await self.call("chat.postMessage", channel=DRAFTS, text="card", blocks=blocks)
        assert answer["ok"], answer
        return str(answer["ts"])

    def click(self, ts: str, action_id: str, user: str = ANA, **more: Any) -> asyncio.Task[Json]:
        body = {"user": user, "channel": DRAFTS, "ts": ts, "action_id": action_id, **more}
        return asyncio.create_task(self.people("POST", "slack/actions", body))

    async def trigger(self, socket: "Socket", user: str = ANA) -> str:
        """Let somebody send a command, and answer its trigger_id."""
        body = {"user": user, "channel": DRAFTS, "command": "/tweet", "text": ""}
        asking = asyncio.create_task(self.people("POST", "slack/commands", body))
        envelope = await socket.next("slash_commands")
        await socket.ack(envelope)
        assert (await asking)["acked"]
        return str(envelope["payload"]["trigger_id"])


class Socket:
    """One Socket Mode connection of a bot."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws

    async def frame(self, within_s: float = WITHIN_S) -> Json:
        async with asyncio.timeout(within_s):
            while True:
                message = await self.ws.receive()
                if message.type is aiohttp.WSMsgType.TEXT:
                    frame: Json = message.json()
                    return frame
                if message.type not in (aiohttp.WSMsgType.PING, aiohttp.WSMsgType.PONG):
                    return {"type": message.type.name}

    async def next(self, kind: str = "events_api") -> Json:
        """Answer the next envelope of a kind; those of other kinds are acknowledged."""
        while True:
            frame = await self.frame()
            if frame["type"] == kind:
                return frame
            assert "envelope_id" in frame, frame
            await self.ack(frame)

    async def event(self, kind: str = "message") -> Json:
        """Acknowledge events until one of a kind comes, and answer that."""
        while True:
            envelope = await self.next()
            await self.ack(envelope)
            event: Json = envelope["payload"]["event"]
            if event["type"] == kind:
                return event

    async def ack(self, envelope: Json, payload: Json | None = None) -> None:
        answer: Json = {"envelope_id": envelope["envelope_id"]}
        await self.ws.send_json(answer | ({"payload": payload} if payload else {}))


def button(action_id: str = "approve", **more: Any) -> Json:
    return {
        "type": "button",
        "action_id": action_id,
        "text": {"type": "plain_text", "text": "Approve"},
        "value": "17/3",
        **more,
    }


def modal(*blocks: Json, **more: Any) -> Json:
    title = {"type": "plain_text", "text": "Reject"}
    view = {"type": "modal", "title": title, "submit": title, "callback_id": "reject"}
    return view | {"blocks": list(blocks) or [field_block()]} | more


def field_block(block_id: str = "why", **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "reason"}
    label = {"type": "plain_text", "text": "Reason"}
    return {"type": "input", "block_id": block_id, "label": label, "element": element, **more}


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    sandbox = Sandbox()
    address = await sandbox.start()
    async with aiohttp.ClientSession() as session:
        stage = Stage(sandbox, session, address)
        try:
            yield stage
        finally:
            for socket in stage.sockets:
                await socket.ws.close()
            await sandbox.stop()


def scenario(story: Callable[[Stage], Awaitable[None]]) -> Callable[[], None]:
    """Make a test of a story: it gets a fresh stage, and a deadline."""

    async def play() -> None:
        async with asyncio.timeout(30), staged() as stage:
            await story(stage)

    @functools.wraps(story)
    def test() -> None:
        # a thread of its own: the page's tests leave an event loop in the main one
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, play()).result()

    del test.__wrapped__  # or pytest looks for a fixture `stage`
    return test
