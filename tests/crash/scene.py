"""What people see and do together in one run."""

import threading
import time
from collections.abc import Callable
from typing import Any

from bot.sandbox import world
from bot.sandbox.answering import answers
from bot.sandbox.client import RefusedError, SandboxClient
from tests.crash.cards import Board, Card, read
from tests.crash.plan import Plan
from tests.crash.tale import Tale, rests

CHEN, DANA = "U0CLINIC1", "U0COMPLY1"
GLANCE_S = 0.06
"""How long somebody believes what they saw."""
QUIET_S = 0.5
"""Nothing has changed for so long: longer than any wait of the bot while nobody is asked."""
TICK_S = 0.05


class Scene:
    """The channel and X, as everybody sees them, and what everybody remembers."""

    def __init__(self, people: SandboxClient, plan: Plan) -> None:
        self.people = people
        self.channel = world.DRAFTS.id
        self.tales = [Tale(draft) for draft in plan.drafts]
        self.over = threading.Event()
        self._lock = threading.Lock()
        self._seen: tuple[float, Board] = (0.0, {})

    def board(self, *, fresh: bool = False) -> Board:
        """Every card, as it was a moment ago (`fresh`: as it is now)."""
        with self._lock:
            at, board = self._seen
            if fresh or time.monotonic() - at > GLANCE_S:
                board = read(self.people.messages(self.channel, CHEN))
                self._seen = (time.monotonic(), board)
            return board

    def card(self, tale: Tale, *, fresh: bool = False) -> Card | None:
        """The card of a draft; of several the last."""
        cards = self.board(fresh=fresh).get(tale.ts, ())
        return cards[-1] if cards else None

    def press(self, who: str, card: Card, button: str) -> bool:
        """Click a button; False where it is not there any more, or nobody acknowledged."""
        try:
            return bool(self.people.click(who, self.channel, card.ts, button)["acked"])
        except RefusedError:
            return False

    def fill_in(self, who: str, card: Card, button: str, values: dict[str, Any]) -> bool:
        """Click a button that opens a form, and send the form; False where either fails."""
        self.press(who, card, button)
        views = self.people.views(who)
        if not views or views[-1]["callback_id"] != button:
            return False
        return self._send(who, views[-1], values)

    def approve(self, who: str, card: Card) -> bool:
        """Approve what a card shows, and answer what is asked; False where either fails."""
        for view in reversed(self.people.views(who)):
            self.people.close_view(who, view["id"])  # a form that a bot left open when it died
        if not self.press(who, card, "approve"):
            return False
        views = self.people.views(who)
        return not views or self._send(who, views[-1], answers(views[-1], "We have read it."))

    def _send(self, who: str, view: dict[str, Any], values: dict[str, Any]) -> bool:
        try:
            answer = self.people.submit(who, view["id"], values)
        except RefusedError:
            return False
        return bool(answer["acked"]) and "errors" not in answer

    def on_x(self, text: str) -> str | None:
        """The id of the tweet with this text, on the account's page."""
        tweets = self.people.timeline(world.CLINIC.id)
        return next((str(t["id"]) for t in tweets if t["shown_text"] == text), None)

    def settle(self, within_s: float, aborted: Callable[[], bool]) -> bool:
        """Wait until nothing moves any more; False where that takes too long."""
        deadline = time.monotonic() + within_s
        last, since = None, time.monotonic()
        while time.monotonic() < deadline and not aborted() and not self.over.is_set():
            board = self.board()
            # a bot that is down may have taken a click in that no card shows yet
            if board != last or not self._at_rest() or self.people.sockets() == 0:
                last, since = board, time.monotonic()
            elif time.monotonic() - since > QUIET_S:
                return True
            self.over.wait(TICK_S)
        return False

    def _at_rest(self) -> bool:
        for tale in self.tales:
            card = self.card(tale)
            if card is None and not (tale.acted and tale.gone_at is not None):
                return False
            if card is not None and not rests(tale, card):
                return False
        return True
