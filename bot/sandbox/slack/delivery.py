"""Envelopes on their way: to one open socket each, three seconds to be acked, else again."""

import asyncio
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.slack.ids import unique

Json = dict[str, Any]

_KEPT = 20_000  # envelopes in the log


class Kind(StrEnum):
    """What an envelope carries."""

    EVENT = "events_api"
    INTERACTIVE = "interactive"
    COMMAND = "slash_commands"


@dataclass(slots=True)
class Delivery:
    """One envelope: when it was sent, and what came back. `outcome` ends as an ack, or None."""

    kind: Kind
    payload: Json
    accepts: bool
    outcome: asyncio.Future[Json | None]
    id: str = field(default_factory=unique)
    sent: list[float] = field(default_factory=list)
    acked_at: float | None = None
    retries: int = 0
    window: asyncio.TimerHandle | None = None
    wait_s: float | None = None  # from the first sending to the ack that counted
    first_sent_s: float | None = None

    def frame(self) -> str:
        """Answer the envelope as it goes over the socket."""
        envelope: Json = {"envelope_id": self.id, "type": self.kind, "payload": self.payload}
        envelope |= {"accepts_response_payload": self.accepts}
        if self.kind is Kind.EVENT:
            reason = "timeout" if self.retries else ""
            envelope |= {"retry_attempt": self.retries, "retry_reason": reason}
        return json.dumps(envelope)

    def as_json(self) -> Json:
        """Answer what the traffic log says of it."""
        what = self.payload.get("event", self.payload).get("type", self.kind)
        row = {"id": self.id, "type": self.kind, "what": what, "sent": self.sent}
        return row | ({"acked_at": self.acked_at} if self.acked_at else {})


class Outlet(Protocol):
    """An open socket: takes envelopes in order and says when one is on the wire."""

    def put(self, delivery: Delivery) -> None:
        """Take an envelope that is to be sent after those before it."""


class Deliveries:
    """Who gets which envelope, which are waiting for an ack, and which come again."""

    def __init__(self, faults: Faults, clock: Clock) -> None:
        self._faults, self._clock = faults, clock
        self._outlets: list[Outlet] = []
        self._turn = 0
        self._waiting: dict[str, Delivery] = {}
        self._timers: set[asyncio.TimerHandle] = set()
        self.log: dict[str, Delivery] = {}

    def open(self, outlet: Outlet) -> None:
        """Count a socket among those that get envelopes."""
        self._outlets.append(outlet)

    def close(self, outlet: Outlet) -> None:
        """Count a socket out."""
        if outlet in self._outlets:
            self._outlets.remove(outlet)

    @property
    def sockets(self) -> int:
        """Answer how many sockets take envelopes."""
        return len(self._outlets)

    def deliver(self, kind: Kind, payload: Json, *, accepts: bool = False) -> Delivery:
        """Send an envelope now (or late, by the knob); its outcome comes later."""
        outcome = asyncio.get_running_loop().create_future()
        delivery = Delivery(kind, payload, accepts, outcome)
        self._waiting[delivery.id] = self.log[delivery.id] = delivery
        if len(self.log) > _KEPT:
            del self.log[next(iter(self.log))]
        self._later(self._faults.slack.deliver_late_s, delivery)
        return delivery

    def on_wire(self, delivery: Delivery) -> None:
        """Start an envelope's time to be acknowledged; a socket calls this when it has sent it."""
        delivery.sent.append(self._clock.now_s())
        loop = asyncio.get_running_loop()
        if delivery.first_sent_s is None:
            delivery.first_sent_s = loop.time()
        if delivery.window is None and delivery.acked_at is None:
            window_s = self._faults.slack.ack_window_s
            delivery.window = loop.call_later(window_s, self.missed, delivery)

    def acknowledge(self, envelope_id: Any, answer: Json | None) -> None:
        """Take an ack in, if it comes in time and no knob drops it."""
        delivery = self._waiting.get(envelope_id) if isinstance(envelope_id, str) else None
        if delivery is None or delivery.window is None:
            return  # unknown, acknowledged before, or too late
        if self._faults.happens(self._faults.slack.drop_ack):
            return
        delivery.acked_at = self._clock.now_s()
        delivery.wait_s = asyncio.get_running_loop().time() - (delivery.first_sent_s or 0.0)
        self._settle(delivery, answer or {})

    def missed(self, delivery: Delivery) -> None:
        """Give an envelope another turn, or up: its time is over, or its socket is gone."""
        if delivery.id not in self._waiting:
            return
        if delivery.window:
            delivery.window.cancel()
            delivery.window = None
        again = self._faults.slack.redelivery_s
        if delivery.kind is not Kind.EVENT or delivery.retries >= len(again):
            self._settle(delivery, None)
            return
        delivery.retries += 1
        self._later(again[delivery.retries - 1], delivery)

    def reset(self) -> None:
        """Forget every envelope."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        for delivery in list(self._waiting.values()):
            self._settle(delivery, None)
        self.log.clear()

    def _later(self, seconds: float, delivery: Delivery) -> None:
        if seconds <= 0:
            self._route(delivery)
            return

        def now() -> None:
            self._timers.discard(timer)
            self._route(delivery)

        timer = asyncio.get_running_loop().call_later(seconds, now)
        self._timers.add(timer)

    def _route(self, delivery: Delivery) -> None:
        if delivery.id not in self._waiting:
            return
        if not self._outlets:
            self.missed(delivery)
            return
        times = 2 if self._faults.happens(self._faults.slack.deliver_twice) else 1
        for _ in range(times):
            self._turn += 1
            self._outlets[self._turn % len(self._outlets)].put(delivery)

    def _settle(self, delivery: Delivery, answer: Json | None) -> None:
        self._waiting.pop(delivery.id, None)
        if delivery.window:
            delivery.window.cancel()
            delivery.window = None
        if not delivery.outcome.done():
            delivery.outcome.set_result(answer)
