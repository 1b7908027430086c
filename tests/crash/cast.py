"""The people of a run: authors, who write and change their minds, and reviewers, who answer."""

import math
import random
import threading
import time
from collections.abc import Callable, Iterator

from bot.sandbox import world
from tests.crash.cards import Card
from tests.crash.plan import Mood
from tests.crash.scene import CHEN, DANA, TICK_S, Scene
from tests.crash.tale import MOST_RETRIES, Approval, Tale, Wording

Script = Iterator[None]
"""Does something, yields whenever it has to wait, and is called again."""

IN_REVIEW = ("Needs mending", "In review", "Changes requested")
BETWEEN_DRAFTS_S = 0.15
UNANSWERED_AT = 2
"""The number of the draft at which Slack begins to leave calls without an answer."""
HASTE = 0.7
"""The chance that a reviewer who sees something to do does it at once."""


class Person(threading.Thread):
    """Somebody who acts until the run is over; what goes wrong in here is the harness's fault."""

    def __init__(self, scene: Scene, act: Callable[[], None]) -> None:
        super().__init__(name="person", daemon=True)
        self._scene, self._act = scene, act
        self.error: Exception | None = None

    def run(self) -> None:
        """Act again and again."""
        try:
            while not self._scene.over.is_set():
                self._act()
                self._scene.over.wait(TICK_S)
        except Exception as error:  # noqa: BLE001 - told at the end of the run
            self.error = error
            self._scene.over.set()


class Authors:
    """Ana and Ben, each draft by its script."""

    def __init__(self, scene: Scene, unanswered: int) -> None:
        self._scene, self._unanswered = scene, unanswered
        self._scripts = [self._script(tale) for tale in scene.tales]

    def act(self) -> None:
        """Go on with every draft."""
        for script in self._scripts:
            next(script)

    def _script(self, tale: Tale) -> Script:
        yield from _rest(tale.plan.number * BETWEEN_DRAFTS_S)
        self._write(tale)
        if tale.plan.mood is Mood.DELETES_EARLY:
            yield from _rest(tale.plan.pause)
            self._delete(tale)
        else:
            yield from self._see_through(tale)
        tale.acted = True
        while True:
            card = self._scene.card(tale)
            if card is not None and _has_no_time(card):
                self._say_when(tale, card)
            yield

    def _see_through(self, tale: Tale) -> Script:
        if tale.plan.mood is Mood.EDITS_EARLY:
            yield from _rest(tale.plan.pause)
            self._edit(tale)
        while (card := self._scene.card(tale)) is None:
            yield
        while _has_no_time(card):
            self._say_when(tale, card)
            yield
            card = self._scene.card(tale) or card
        yield from self._change_mind(tale)

    def _change_mind(self, tale: Tale) -> Script:
        match tale.plan.mood:
            case Mood.EDITS_APPROVED | Mood.DELETES_APPROVED | Mood.WITHDRAWS:
                yield from self._until(tale, lambda card: card.headline not in IN_REVIEW)
                yield from _rest(tale.plan.pause)
                tale.changed_late = True
            case Mood.TAKES_DOWN:
                yield from self._take_down(tale)
            case _:
                return
        match tale.plan.mood:
            case Mood.EDITS_APPROVED:
                self._edit(tale)
            case Mood.DELETES_APPROVED:
                self._delete(tale)
            case Mood.WITHDRAWS:
                yield from self._withdraw(tale)

    def _until(self, tale: Tale, seen: Callable[[Card], bool]) -> Script:
        while (card := self._scene.card(tale)) is None or not seen(card):
            yield

    def _take_down(self, tale: Tale) -> Script:
        tale.takes_down = True
        while (card := self._scene.card(tale)) is None or card.headline != "Taken down":
            if card and "take_down" in card.buttons and "retry" not in card.buttons:
                reason = {"reason": {"reason": "We have changed our minds."}}
                self._scene.fill_in(tale.plan.author, card, "take_down", reason)
            yield

    def _withdraw(self, tale: Tale) -> Script:
        """Press Withdraw as long as the card has it; it has not while something goes out."""
        tale.taken_back = True
        while (card := self._scene.card(tale)) and card.headline != "Withdrawn":
            if "withdraw" in card.buttons:
                self._scene.press(tale.plan.author, card, "withdraw")
            elif "take_down" in card.buttons:
                return
            yield

    def _write(self, tale: Tale) -> None:
        if tale.plan.number == UNANSWERED_AT:
            self._scene.people.set_faults(slack={"api_lose_answer": self._unanswered})
        texts = tale.plan.versions[0]
        tale.wordings.append(Wording(texts, time.time()))
        typed = _typed(texts)
        tale.ts = self._scene.people.write(tale.plan.author, self._scene.channel, typed)

    def _edit(self, tale: Tale) -> None:
        texts = tale.plan.versions[1]
        tale.wordings.append(Wording(texts, time.time()))
        where = tale.plan.author, self._scene.channel, tale.ts
        self._scene.people.edit(*where, _typed(texts))
        tale.wordings[0].until = time.time()

    def _delete(self, tale: Tale) -> None:
        tale.taken_back = True
        self._scene.people.delete(tale.plan.author, self._scene.channel, tale.ts)
        tale.gone_at = tale.wordings[-1].until = time.time()

    def _say_when(self, tale: Tale, card: Card) -> None:
        ahead = tale.plan.ahead
        choice = {"when": "now"} if ahead is None else {"when": "at"}
        at = None if ahead is None else math.ceil(time.time()) + ahead
        self._scene.fill_in(tale.plan.author, card, "when", {"when": choice, "at": {"at": at}})


class Reviewers:
    """Dr Chen and Dana: they approve what they see, answer questions truthfully, try again."""

    def __init__(self, scene: Scene, seed: str) -> None:
        self._scene = scene
        self._dice = random.Random(seed)

    def act(self) -> None:
        """Look at every card once."""
        for tale in self._scene.tales:
            card = self._scene.card(tale)
            if card is not None and self._dice.random() < HASTE:
                self._look(tale, card)

    def _look(self, tale: Tale, card: Card) -> None:
        if "approve" in card.buttons:
            who = (CHEN,) if tale.plan.mood is Mood.HALF else (CHEN, DANA)
            for person in who:
                if person not in card.approved_by:
                    self._approve(tale, person)
        elif "settle_live" in card.buttons:
            self._answer(tale)
        elif "retry" in card.buttons and tale.retries < MOST_RETRIES:
            tale.retries += self._scene.press(DANA, card, "retry")

    def _approve(self, tale: Tale, person: str) -> None:
        """Approve what the card shows; where it changes meanwhile, either may have been meant."""
        before, at = self._scene.card(tale, fresh=True), time.time()
        if before is None or "approve" not in before.buttons:
            return
        acked_by = time.time() if self._scene.approve(person, before) else None
        after = self._scene.card(tale, fresh=True) or before
        if after.texts == before.texts:
            tale.approvals.append(Approval(person, before.texts, at, acked_by))
        else:
            tale.approvals += [Approval(person, c.texts, at, None) for c in (before, after)]

    def _answer(self, tale: Tale) -> None:
        """Look at the account's page for the first part without a link, and say what is there."""
        card = self._scene.card(tale, fresh=True)
        if card is None or "settle_live" not in card.buttons:
            return
        part = next(part for part in card.parts if part.tweet_id is None)
        tweet_id = self._scene.on_x(part.text)
        if tweet_id is None:
            tale.questions += self._scene.press(DANA, card, "settle_not_live")
        else:
            address = f"https://x.com/{world.CLINIC.username}/status/{tweet_id}"
            values = {"address": {"address": address}}
            tale.questions += self._scene.fill_in(DANA, card, "settle_live", values)


def _typed(texts: tuple[str, ...]) -> str:
    return "\n---\n".join(texts)


def _has_no_time(card: Card) -> bool:
    return "no time" in card.words.lower() and "when" in card.buttons


def _rest(seconds: float) -> Script:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield
