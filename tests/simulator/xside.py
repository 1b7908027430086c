"""X in a simulated world: it takes, loses, delays and refuses, whoever dies meanwhile."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from bot.domain.publication import Duplicate, NotLive, Outcome, Reason, Unknown
from bot.domain.timeline import Seen
from bot.ports import Outgoing
from tests.conftest import HandClock
from tests.fakes.x import FakeX, Late

if TYPE_CHECKING:
    from tests.simulator.oracle import Oracle

Effect = Callable[[Outgoing, Late], Outcome]


class Died(BaseException):
    """The process is gone at this very moment."""


class MortalClock(HandClock):
    """A clock at whose reading the process may die."""

    readings_left: int | None = None

    def __call__(self) -> datetime:
        if self.readings_left is not None:
            self.readings_left -= 1
            if self.readings_left < 0:
                self.readings_left = None
                raise Died
        return self.now


class SimulatedX(FakeX):
    """Answers at random, truthfully about what it did, and lets life go on during a call."""

    def __init__(self, rng: Random, clock: MortalClock) -> None:
        super().__init__(clock=clock)
        self.rng = rng
        self.mortal = clock
        self.calm = False
        self.meanwhile: Callable[[], None] = lambda: None
        self.oracle: Oracle
        self._effects: dict[Effect, int] = {
            self.publish: 50,
            self.lose: 8,
            self._vanish: 6,
            self.delay: 8,
            self._refuse_late: 4,
            self._refuse_now: 7,
            self._refuse_for_good: 4,
            self._cry_duplicate: 1,
            self._die_before: 3,
            self._die_after: 4,
        }

    def post(self, outgoing: Outgoing, late: Late) -> Outcome:
        key = self.oracle.sending(outgoing)
        self._happens()
        before = len(self.tweets)
        try:
            if self._said_before(outgoing.text):
                return Duplicate()
            effect = self.publish if self.calm else self._choose()
            return effect(outgoing, late)
        finally:
            self.oracle.sent(key, self.tweets[before:], outgoing)

    def timeline(self, since_id: str) -> Sequence[Seen]:
        self._happens()
        return super().timeline(since_id)

    def delete(self, tweet_id: str) -> bool:
        gone = super().delete(tweet_id)
        if not self.calm and self.rng.random() < 0.05:
            raise Died
        return gone

    def _choose(self) -> Effect:
        return self.rng.choices(list(self._effects), list(self._effects.values()))[0]

    def _happens(self) -> None:
        """Let others act during the call; the process does not die of them."""
        left, self.mortal.readings_left = self.mortal.readings_left, None
        self.meanwhile()
        self.mortal.readings_left = left

    def _said_before(self, text: str) -> bool:
        day = self.mortal.now - timedelta(hours=24)
        return any(tweet.text == text and tweet.created_at > day for tweet in self.tweets)

    def _vanish(self, _: Outgoing, __: Late) -> Outcome:
        return Unknown("lost on the way")

    def _refuse_late(self, _: Outgoing, late: Late) -> Outcome:
        self.late.append(partial(late, self._refusal()))
        return Unknown("too slow")

    def _refuse_now(self, _: Outgoing, __: Late) -> Outcome:
        wait = self.rng.choice([None, timedelta(seconds=20), timedelta(minutes=14)])
        at = None if wait is None else self.mortal.now + wait
        return NotLive(Reason.REFUSED, "busy", retry=True, retry_at=at)

    def _refuse_for_good(self, _: Outgoing, __: Late) -> Outcome:
        return self._refusal()

    def _refusal(self) -> NotLive:
        reason = self.rng.choice([Reason.REFUSED, Reason.CREDITS, Reason.ACCESS])
        return NotLive(reason, "no", retry=self.rng.random() < 0.3)

    def _cry_duplicate(self, _: Outgoing, __: Late) -> Outcome:
        return Duplicate()

    def _die_before(self, _: Outgoing, __: Late) -> Outcome:
        raise Died

    def _die_after(self, outgoing: Outgoing, _: Late) -> Outcome:
        self.make(outgoing)
        raise Died
