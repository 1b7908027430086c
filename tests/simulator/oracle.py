"""The judge: after every step, and at every call to X, nothing may be wrong.

It reads the rows with plain SQL and remembers by itself what was said and sent.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.desk import Desk
from bot.domain.timeline import Seen
from bot.ports import Outgoing
from bot.publishing.protocol import judge
from storage import drafts, publications
from tests.simulator.model import Message
from tests.simulator.xside import MortalClock, SimulatedX

_ROWS = """
SELECT p.id, p.draft_id, d.ts, p.state, p.reason, p.next_at IS NOT NULL AS waits,
       p.lease_until IS NOT NULL AS claimed, p.asks, p.stop_asked,
       p.revision_id = d.revision_id AS is_current, d.state AS draft_state, r.content
FROM publication p JOIN draft d ON d.id = p.draft_id JOIN revision r ON r.id = p.revision_id
"""
_DRAFTS = """
SELECT d.id, d.ts, d.state, d.wish,
       (SELECT p.state FROM publication p WHERE p.draft_id = d.id ORDER BY p.id DESC LIMIT 1)
FROM draft d
"""
_SLOT = """
SELECT p.due_at FROM publication p JOIN draft d ON d.id = p.draft_id
WHERE d.id = ? AND d.wish = 'slot' AND p.state = 'scheduled'
"""
_OTHERS = """
SELECT due_at FROM publication
WHERE draft_id != ? AND state IN ('scheduled', 'publishing', 'in_doubt', 'held', 'published')
"""
_SURELY_NOT_LIVE = ("scheduled", "failed", "cancelled", "held", "missed")
_NOT_WHOLE = ("failed", "cancelled", "held", "missed")


class Violation(BaseException):
    """Something happened that must never happen; no loop of the bot can swallow it."""


class Row(NamedTuple):
    """A publication with what matters of its draft."""

    id: int
    draft_id: int
    ts: str
    state: str
    reason: str | None
    waits: int
    claimed: int
    asks: int
    stop_asked: int
    is_current: int
    draft_state: str
    content: str


class DraftRow(NamedTuple):
    """A draft with the state of its newest publication."""

    id: int
    ts: str
    state: str
    wish: str | None
    publication: str | None


class Key(NamedTuple):
    """One part of one draft, and the publication under which it is sent."""

    draft_id: int
    part: int
    publication_id: int


@dataclass(slots=True)
class Oracle:
    """Compares what the bot does with what people said."""

    desk: Desk
    clock: MortalClock
    x: SimulatedX
    rows: sqlite3.Connection
    messages: dict[str, Message]
    made: dict[Key, list[str]]
    texts: dict[str, str]
    absent: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    """Who is away, who decides in their place, and until when."""

    @classmethod
    def watching(cls, desk: Desk, clock: MortalClock, x: SimulatedX, path: str) -> "Oracle":
        """Return an oracle with an eye of its own on the rows."""
        eye = sqlite3.connect(path, isolation_level=None)
        oracle = cls(desk, clock, x, eye, {}, defaultdict(list), {})
        x.oracle = oracle
        return oracle

    # -- at each call to X --

    def sending(self, outgoing: Outgoing) -> Key:
        """Judge a text that is on its way at this moment."""
        opened = self.rows.execute(
            "SELECT p.draft_id, a.part, p.id, d.ts, p.account FROM attempt a "
            "JOIN publication p ON p.id = a.publication_id JOIN draft d ON d.id = p.draft_id "
            "WHERE a.state = 'open'"
        ).fetchall()
        _must(len(opened) == 1, f"sent with {len(opened)} open attempts")
        draft_id, part, publication_id, ts, account = opened[0]
        key, message = Key(draft_id, part, publication_id), self.messages[ts]
        _must(self.desk.caught_up, f"{key} sent before the chat was read again")
        _must(outgoing.text == message.parts[part], f"{key} sent, but its message says otherwise")
        self._may_go_out(key, message, account)
        _must(not self._made(key), f"{key} sent although it is live")
        parent = self._bound().get((publication_id, part - 1)) if part else None
        _must(outgoing.reply_to == parent, f"{key} continues {outgoing.reply_to}, not {parent}")
        return key

    def sent(self, key: Key, made: Sequence[Seen], outgoing: Outgoing) -> None:
        """Remember which tweets a call made."""
        for tweet in made:
            self.made[key].append(tweet.id)
            self.texts[tweet.id] = outgoing.text

    def _may_go_out(self, key: Key, message: Message, account: str) -> None:
        now, policy = self.clock.now, self.desk.policy
        covers = {who: by for who, (by, until) in self.absent.items() if until > now}
        objection = message.objection(policy, covers, now)
        _must(objection is None, f"{key} may go out: {objection}")
        paused = self.rows.execute("SELECT 1 FROM pause WHERE account IN ('*', ?)", [account])
        _must(paused.fetchone() is None, f"{key} may go out during a pause")
        going_on = any(owner == key.publication_id for owner, _ in self._bound())
        on_time = going_on or message.is_time(now, policy.waits.grace)
        _must(on_time, f"{key} may go out at {now}, agreed was {message.agreed}")

    def _made(self, key: Key) -> list[str]:
        """Return every tweet ever made of a part of a draft, under whichever publication."""
        return [
            tweet
            for known, tweets in self.made.items()
            if (known.draft_id, known.part) == (key.draft_id, key.part)
            for tweet in tweets
        ]

    def _bound(self) -> dict[tuple[int, int], str]:
        found = self.rows.execute(
            "SELECT publication_id, part, tweet_id FROM publication_part WHERE tweet_id NOT NULL"
        )
        return {(owner, part): tweet for owner, part, tweet in found}

    def slot_of(self, draft_id: int) -> datetime | None:
        """Judge the slot that a draft has just been given; None where it was given none.

        It is a place of the account's calendar that is still to come, and nobody else's.
        """
        found = self.rows.execute(_SLOT, [draft_id]).fetchone()
        if found is None:
            return None
        due = datetime.fromisoformat(found[0]).replace(tzinfo=UTC)
        account = self.desk.policy.default_account
        local = due.astimezone(account.zone)
        places = {(slot.weekday, slot.at) for slot in account.calendar.slots}
        _must((local.weekday(), local.time()) in places, f"draft {draft_id} got {local}: no slot")
        _must(due > self.clock.now, f"draft {draft_id} got the slot {due}, which has passed")
        others = self.rows.execute(_OTHERS, [draft_id]).fetchall()
        for (other,) in others:
            away = abs(datetime.fromisoformat(other).replace(tzinfo=UTC) - due)
            near = away < max(account.calendar.gap, timedelta(microseconds=1))
            _must(not near, f"draft {draft_id} got the slot {due}, {away} from another tweet")
        return due

    def drafts(self) -> list[DraftRow]:
        """Return every draft as it stands."""
        return [DraftRow(*row) for row in self.rows.execute(_DRAFTS)]

    # -- after each step --

    def look(self) -> list[Row]:
        """Judge every row; return them."""
        found = [Row(*row) for row in self.rows.execute(_ROWS)]
        bound = self._bound()
        known = set(bound.values())
        public = {tweet.id for tweet in self.x.tweets}
        for row in found:
            self._is_no_lie(row, bound, known, public)
            self._is_not_stuck(row)
            if row.state == "scheduled" and not row.stop_asked:
                self._is_current(row)
        return found

    def _is_no_lie(
        self, row: Row, bound: dict[tuple[int, int], str], known: set[str], public: set[str]
    ) -> None:
        texts = _texts(row)
        if row.state in _NOT_WHOLE and all((row.id, part) in bound for part in range(len(texts))):
            raise Violation(f"{row} is {row.state}, but all of it is public")
        for part, text in enumerate(texts):
            tweet = bound.get((row.id, part), "none")
            if row.state == "published" and self.texts.get(tweet) != text:
                raise Violation(f"{row} is published without part {part}")
            if row.state == "removed" and tweet in public:
                raise Violation(f"{row} is removed, but {tweet} is public")
            if row.state in _SURELY_NOT_LIVE:
                unbound = set(self.made.get(Key(row.draft_id, part, row.id), ())) - known
                if unbound:
                    raise Violation(f"{row} is {row.state}, but X has {unbound}")

    def _is_not_stuck(self, row: Row) -> None:
        match row.state:
            case "scheduled" | "removing":
                moves = bool(row.waits)
            case "publishing":
                moves = bool(row.claimed)
            case "in_doubt":
                moves = bool(row.waits or row.asks)
            case _:
                moves = not row.waits and not row.claimed
        if not moves:
            raise Violation(f"{row} is stuck")

    def _is_current(self, row: Row) -> None:
        said = self.messages[row.ts].parts
        if not row.is_current or _texts(row) != said:
            raise Violation(f"{row} is scheduled, but its message says {said}")

    def look_ahead(self, found: Sequence[Row]) -> None:
        """Ask the gate about every scheduled row at its time: what passes must be permitted."""
        now = self.clock.now
        with self.desk.database.read() as session:
            for row in found:
                if row.state != "scheduled":
                    continue
                publication = publications.get(session, row.id)
                draft = drafts.get(session, row.draft_id)
                at = max(now, publication.due_at)
                if judge(self.desk, session, draft, publication, at) is None:
                    self._would_go_out(Key(row.draft_id, 0, row.id), at - now)

    def _would_go_out(self, key: Key, later: timedelta) -> None:
        ts = self.rows.execute("SELECT ts FROM draft WHERE id = ?", [key.draft_id]).fetchone()[0]
        now = self.clock.now
        try:
            self.clock.now = now + later
            self._may_go_out(key, self.messages[ts], "clinic")
        finally:
            self.clock.now = now

    def look_back(self) -> None:
        """Judge the record as a whole: no gap, no break, and no contradiction by the bot."""
        entries = self.rows.execute(
            "SELECT sequence, previous, hash, action FROM audit_entry ORDER BY sequence"
        ).fetchall()
        previous = "0" * 64
        for expected, (sequence, before, own, action) in enumerate(entries, 1):
            _must(sequence == expected, f"entry {expected} is missing from the record")
            _must(before == previous, f"entry {sequence} does not follow the one before it")
            _must(action != "publication:contradicted", "a settlement was contradicted")
            previous = own


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(part["text"] for part in json.loads(row.content)["parts"])


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Violation(otherwise)
