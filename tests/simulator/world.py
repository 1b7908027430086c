"""One simulated world: a team, a chat, X, a clock, and the rows of the real core."""

import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bot.desk import Desk
from bot.domain.beside import Beside
from bot.domain.card import DraftCard
from bot.domain.content import Poll
from bot.domain.draft import MessageRef, NewDraft
from bot.domain.policy import Account, Policy, Waits
from bot.domain.quorum import Quorum, Stage
from bot.domain.slots import Calendar, Quiet, Slot
from bot.publishing.lane import Lane
from bot.workflow.looking import look
from storage.database import Database
from tests.conftest import forget_durability
from tests.fakes.chat import CHANNEL, FRONT, FakeChat
from tests.simulator.model import QUESTIONED, Message, split
from tests.simulator.oracle import DraftRow, Oracle, Row, Violation
from tests.simulator.xside import MortalClock, SimulatedX

AUTHORS = ("U0AUTHOR1", "U0AUTHOR2")
REVIEWERS = ("U0REVIEW1", "U0REVIEW2", "U0REVIEW3", "U0REVIEW4")
OPERATORS = ("U0OPERATE", REVIEWERS[0])
OUTSIDER = "U0OUTSIDE"
FOLLOWER = "90210"
_bot_log = logging.getLogger("bot")
EVERYBODY = (*AUTHORS, *REVIEWERS, OPERATORS[0], OUTSIDER)


class SimulatedChat(FakeChat):
    """A chat whose reader is told what the bot reads."""

    world: "World"

    def since(self, channel: str, ts: str) -> Sequence[NewDraft]:
        found = super().since(channel, ts)
        for new in found:
            self.world.told(new)
        return found

    def reread(self, ref: MessageRef) -> NewDraft | None:
        found = super().reread(ref)
        if found is None or found.text.startswith("//"):
            self.world.gone(ref)
        else:
            self.world.told(found)
        return found


class Complaints(logging.Handler):
    """Turns an error that a loop of the bot has swallowed into a violation."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        raise Violation(record.getMessage()) from error


class World:
    """Everything that a simulated step may touch."""

    def __init__(self, seed: int, path: Path) -> None:
        self.rng = Random(seed)
        self.clock = MortalClock()
        self.database = Database(f"sqlite:///{path}")
        forget_durability(self.database)
        self.full_team = _team(self.rng)
        self.desk = Desk(self.database, self.full_team, self.clock)
        self.x = SimulatedX(self.rng, self.clock)
        self.chat = SimulatedChat()
        self.chat.world = self
        self.lane = Lane(self.desk, "clinic", self.x)
        self.complaints = Complaints(logging.ERROR)
        _bot_log.addHandler(self.complaints)
        self.oracle = Oracle.watching(self.desk, self.clock, self.x, str(path))
        self.rows: list[Row] = []
        self.drafts: list[DraftRow] = []
        self.cards: dict[int, DraftCard] = {}
        self.seen: dict[int, tuple[str, ...]] = {}
        self.undelivered: list[NewDraft] = []
        self.log: deque[str] = deque(maxlen=60)
        self.words = 0

    def close(self) -> None:
        """Give the rows back."""
        _bot_log.removeHandler(self.complaints)
        self.oracle.rows.close()
        self.database.close()

    # -- what the bot is told, the onlooker is told --

    def told(self, new: NewDraft) -> None:
        """Take over that the bot hears of a message."""
        self.log.append(f"  message {new.ref.ts[-9:]} says {new.text[:60]!r}")
        message = self.oracle.messages.get(new.ref.ts)
        if message is None:
            message = Message(new.author, split(new.text), new.edited_ts, {new.author})
            message.given(new)
            self.oracle.messages[new.ref.ts] = message
        message.told(new)

    def gone(self, ref: MessageRef) -> None:
        """Take over that the bot hears of a deletion, or that a message is talk."""
        self.log.append(f"  message {ref.ts[-9:]} is gone")
        if ref.ts in self.oracle.messages:
            self.oracle.messages[ref.ts].gone = True

    def look_at(self, draft_id: int) -> None:
        """See a card as it stands now, as people do after a click."""
        card = look(self.desk, draft_id)
        state = card.publication.state if card.publication else "no publication"
        self.log.append(f"  draft {card.id} ({card.source.ts[-9:]}) {card.state}, {state}")
        self.cards[card.id] = card
        self.seen[card.revision_id] = tuple(part.text for part in card.content.parts)

    def look_at_message(self, ref: MessageRef) -> None:
        """See the card of the draft that a message has become."""
        found = self.oracle.rows.execute("SELECT id FROM draft WHERE ts = ?", [ref.ts]).fetchone()
        if found:
            self.look_at(found[0])

    def message(self, draft_id: int) -> Message:
        """Return what the onlooker knows of a draft."""
        return self.oracle.messages[self.cards[draft_id].source.ts]

    def look(self) -> None:
        """Let the oracle judge, and see how things stand."""
        self.rows = self.oracle.look()
        self.drafts = self.oracle.drafts()

    def some(self, *states: str) -> DraftCard | None:
        """Choose a draft whose own or whose publication's state is one of these, None: any."""
        known = [row for row in self.drafts if row.id in self.cards]
        fitting = [row for row in known if {row.state, row.publication} & set(states)]
        found = fitting if states else known
        return self.cards[self.rng.choice(found[-8:]).id] if found else None

    def state(self, draft_id: int) -> str:
        """Return the state of a draft by its row."""
        found = self.oracle.rows.execute("SELECT state FROM draft WHERE id = ?", [draft_id])
        return str(found.fetchone()[0])

    # -- chance --

    def chance(self, of: float) -> bool:
        """Whether something happens that happens in so many of all cases."""
        return self.rng.random() < of

    def text(self) -> str:
        """Make up what somebody wants to say."""
        if self.chance(0.1) and self.seen:
            return "\n---\n".join(self.rng.choice(list(self.seen.values())))
        count = self.rng.choices((1, 2, 3), (7, 3, 2))[0]
        return "\n---\n".join(self._sentence() for _ in range(count))

    def beside(self) -> Beside | None:
        """Make up what a form gives beside a text: mostly nothing."""
        if self.chance(0.7):
            return None
        poll = Poll(("Yes", "No"), 60) if self.chance(0.5) else None
        called = self.x.say("@RiversideClinic hello?", author_id=FOLLOWER)
        return Beside(poll, called.id if self.chance(0.5) else "")

    def _sentence(self) -> str:
        self.words += 1
        words = f"Sleep tip number {self.words}"
        words = f"{QUESTIONED}: {words}" if self.chance(0.15) else words
        return words + " x" * 300 if self.chance(0.02) else words

    def ref(self, ts: str) -> MessageRef:
        """Return the reference of a message in the drafts channel."""
        return MessageRef(FRONT, CHANNEL, ts)


def without(policy: Policy, person: str) -> Policy:
    """Return a policy in which somebody has lost every role of a reviewer."""
    stages = tuple(replace(stage, people=stage.people - {person}) for stage in policy.quorum.stages)
    return replace(policy, quorum=replace(policy.quorum, stages=stages))


def _team(rng: Random) -> Policy:
    """Put together a team in which people have several roles."""
    first, second, third, fourth = REVIEWERS
    clinical = Stage("Clinical", rng.choice((1, 1, 2)), frozenset({first, second, AUTHORS[1]}))
    compliance = Stage("Compliance", 1, frozenset({second, third, fourth, OPERATORS[0]}))
    lapse = timedelta(days=rng.choice((1, 4)))
    return Policy(
        accounts=(Account("clinic", "RiversideClinic", ZoneInfo("Europe/London"), _calendar(rng)),),
        quorum=Quorum((clinical, compliance), lapse),
        operators=frozenset(OPERATORS),
        waits=Waits(),
    )


def _calendar(rng: Random) -> Calendar:
    """Put together a calendar with few or many slots; the night is quiet."""
    times = rng.sample([time(hour, minute) for hour in range(24) for minute in (0, 30)], 12)
    slots = tuple(Slot(day, at) for day in range(7) for at in times)
    return Calendar(slots, timedelta(minutes=rng.choice((0, 0, 45))), Quiet(time(1), time(4)))
