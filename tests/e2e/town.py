"""A clinic at work: a sandbox, the unmodified bot as a process, and people who type and click."""

import json
import math
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from bot.sandbox import world
from bot.sandbox.answering import answers
from bot.sandbox.bot_process import demo_policy
from bot.sandbox.client import RefusedError
from bot.sandbox.demo import CLOCK
from tests.conftest import AUTHOR, CLINICIAN, COLLEAGUE, COMPLIANCE, OUTSIDER
from tests.crash.cards import Board, Card, read
from tests.e2e.backdoor import Backdoor
from tests.e2e.house import House

Json = dict[str, Any]

ANA, BEN, CHEN, DANA, EVE = AUTHOR, COLLEAGUE, CLINICIAN, COMPLIANCE, OUTSIDER
CHANNEL, ACCOUNT = world.DRAFTS.id, world.CLINIC.id
WAITS: Mapping[str, object] = {
    "lease": 8,
    "deadline": 3,
    "connect": 1,
    "read": 2,
    "lookups": [0.2, 0.4],
    "removal": 0.4,
    "sweep": 0.2,
    "stop": 5,
}
TOKENS = (
    world.APP.bot_token,
    world.APP.app_token,
    world.X_CONSUMER_KEY,
    world.X_CONSUMER_SECRET,
    world.CLINIC.access_token,
    world.CLINIC.access_secret,
)


def policy_with(policy: str | None = None, **waits: object) -> str:
    """The clinic's policy with waits for people in a hurry."""
    rest, _, _ = (policy or demo_policy()).partition("[waits]")
    lines = (f"{name} = {value}" for name, value in {**WAITS, **waits}.items())
    return "\n".join([rest + "[waits]", *lines, ""])


class Town(House):
    """People who type and click around a bot; notes what was typed: no log may repeat it."""

    def __init__(
        self, sandbox: Backdoor, folder: Path, policy: str, environment: Mapping[str, str]
    ) -> None:
        super().__init__(sandbox, folder, policy, environment)
        self.typed: list[str] = []

    # What people do

    def write(self, text: str, who: str = ANA, **more: Any) -> str:
        """Type a message in the drafts channel; returns its ts."""
        self.typed.append(text)
        return self.people.write(who, CHANNEL, text, **more)

    def draft(self, text: str, who: str = ANA) -> str:
        """Type a message and wait for its card; returns the message's ts."""
        ts = self.write(text, who)
        self.wait(lambda: self.card(ts), "a card")
        return ts

    def edit(self, ts: str, text: str, who: str = ANA) -> None:
        """Change a message."""
        self.typed.append(text)
        self.people.edit(who, CHANNEL, ts, text)

    def press(self, who: str, ts: str, button: str, **more: Any) -> Json:
        """Press a button on the card below a message; Slack must see it acknowledged."""
        card = self.wait(lambda: self.card(ts), "a card")
        answer = self.people.click(who, CHANNEL, card.ts, button, **more)
        assert answer["acked"], f"{button} was not acknowledged"
        return answer

    def fill_in(self, who: str, ts: str, button: str, values: Json) -> Json:
        """Press a button that opens a form, and send the form; returns Slack's answer."""
        self.press(who, ts, button)
        return self.submit(who, values)

    def submit(self, who: str, values: Json) -> Json:
        """Send the form that is open."""
        view = self.wait(lambda: self.people.views(who), "a form")[-1]
        return self.people.submit(who, str(view["id"]), values)

    def approve(self, ts: str) -> None:
        """Approve as both stages."""
        for who in (CHEN, DANA):
            self.approve_as(who, ts)

    def approve_as(self, who: str, ts: str) -> None:
        """Approve, and answer what the guidelines ask."""
        self.press(who, ts, "approve")
        if views := self.people.views(who):
            values = answers(views[-1], "We have read it.")
            assert not self.people.submit(who, str(views[-1]["id"]), values).get("errors")

    def say_when(self, ts: str, due: int | None = None, who: str = ANA) -> None:
        """Say when: a Unix time, or as soon as it is approved."""
        choice = {"when": "now"} if due is None else {"when": "at"}
        answer = self.fill_in(who, ts, "when", {"when": choice, "at": {"at": due}})
        assert answer["acked"], answer
        assert not answer.get("errors"), answer

    def publish(self, text: str) -> str:
        """Write, approve and say now; returns the message's ts."""
        ts = self.draft(text)
        self.say_when(ts)
        self.approve(ts)
        return ts

    # What people see

    def cards(self) -> Board:
        """Every card in the channel, by the message that it stands below."""
        return read(self.people.messages(CHANNEL, CHEN))

    def card(self, ts: str) -> Card | None:
        """The card below a message."""
        cards = self.cards().get(ts, ())
        assert len(cards) < 2, "two cards for one message"
        return cards[0] if cards else None

    def shows(self, ts: str, headline: str, button: str | None = None) -> Card:
        """Wait until a card says where its draft stands (and has a button)."""

        def there() -> Card | None:
            card = self.card(ts)
            if card is None or card.headline != headline:
                return None
            return card if button is None or button in card.buttons else None

        try:
            return self.wait(there, headline)
        except TimeoutError as error:
            raise AssertionError(f"{error}; the card: {self.card(ts)}\n{self.log}") from None

    def told(self, who: str) -> list[str]:
        """What only one person has been told, in the channel and directly."""
        seen = [m for m in self.people.messages(CHANNEL, who) if m.get("ephemeral")]
        with suppress(RefusedError):  # nobody has opened these direct messages yet
            seen += self.people.messages(f"D{who[1:]}", who)
        return [str(message["text"]) for message in seen]

    def hears(self, who: str, words: str) -> str:
        """Wait until somebody is told something with these words in it."""
        return self.wait(
            lambda: next((said for said in self.told(who) if words in said), None),
            f"{words!r} among {self.told(who)}",
        )

    def tweets(self, text: str) -> list[Json]:
        """Everything that X ever took with this text, deleted tweets included."""
        return [t for t in self.people.ledger()["tweets"] if t["shown_text"] == text]

    def public(self, text: str) -> list[Json]:
        """What the public sees with this text."""
        return [t for t in self.people.timeline(ACCOUNT) if t["shown_text"] == text]

    # What must never be seen

    def check_discretion(self) -> None:
        """No draft's text and no token in the log, no stack trace in the chat."""
        log = self.whole_log
        for token in TOKENS:
            assert token not in log
        for text in self.typed:
            piece = text.strip().split("\n")[0][:40]
            assert len(piece) < 4 or piece not in log, f"the log repeats {piece!r}"
        for who in (ANA, CHEN, DANA, EVE):
            for message in self.people.messages(CHANNEL, who):
                if message.get("bot"):
                    assert "Traceback" not in json.dumps(message)

    def check_calm(self) -> None:
        """Nothing in the log that an operator should have to look at."""
        loud = [line for line in self.log.splitlines() if not re.search(r" (INFO|DEBUG) ", line)]
        assert loud == []


@contextmanager
def town_in(folder: Path, empty: Path, policy: str, **environment: str) -> Iterator[Town]:
    """A town with a copy of an empty database; its bot is not started yet."""
    shutil.copy(empty, folder / "countersign.db")
    with ExitStack() as held:
        sandbox = Backdoor(clock_file=folder / CLOCK)
        held.callback(sandbox.stop)
        sandbox.start()
        town = Town(sandbox, folder, policy, environment)
        held.callback(town.close)
        yield town


def soon(seconds: int = 2) -> int:
    """A due time in whole seconds, at least so many seconds ahead."""
    return math.ceil(time.time()) + seconds


def is_past(due: int, by: float = 0.3) -> bool:
    """Whether a due time has surely passed."""
    return time.time() > due + by
