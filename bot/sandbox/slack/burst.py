"""Many messages at once: as fast as the socket takes them, and how long the acks took."""

import asyncio
from collections.abc import Callable
from itertools import cycle, islice
from typing import Any

from bot.sandbox.slack import events
from bot.sandbox.slack.chat import Chat
from bot.sandbox.slack.delivery import Delivery
from bot.sandbox.slack.refusals import RefusedError
from bot.sandbox.slack.richtext import compose
from bot.sandbox.slack.workspace import Room

Json = dict[str, Any]

Publish = Callable[[Json], Delivery]

MOST = 20_000


async def burst(
    chat: Chat, publish: Publish, room: Room, users: list[str], text: str, count: int, wait_s: float
) -> Json:
    """Send `count` messages of these people in turn; `{n}` in the text is the message's number."""
    if not users or not 1 <= count <= MOST:
        raise RefusedError(f"give at least one user and a count from 1 to {MOST}")
    if any(str(user) not in room.members for user in users):
        raise RefusedError(f"all of them must be in #{room.name}")
    sent = [
        _sent(chat, publish, room, user, text.replace("{n}", str(number)))
        for number, user in enumerate(islice(cycle(users), count), 1)
    ]
    await asyncio.wait([delivery.outcome for delivery in sent], timeout=wait_s)
    return measured(sent)


def _sent(chat: Chat, publish: Publish, room: Room, user: str, text: str) -> Delivery:
    composed = compose(text, chat.workspace.names)
    message = chat.typed(room, user, composed.text, composed.elements)
    room.messages[message.ts] = message
    return publish(events.message(room, message))


def measured(sent: list[Delivery]) -> Json:
    """Answer how many were acknowledged, and within how many ms half and 99 % of them were."""
    waits = sorted(delivery.wait_s for delivery in sent if delivery.wait_s is not None)
    answer: Json = {"sent": len(sent), "acked": len(waits), "lost": len(sent) - len(waits)}
    for name, share in (("p50_ms", 0.5), ("p99_ms", 0.99)):
        place = min(len(waits) - 1, int(share * len(waits)))
        answer[name] = round(waits[place] * 1000, 2) if waits else None
    return answer
