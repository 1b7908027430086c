"""The verdict on a run: X's own ledger, the cards that people see, and what they remember."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from storage.database import Database
from storage.models import Attempt, Publication, ReviewRow, Revision
from tests.crash.cards import Board, Card
from tests.crash.scene import CHEN, DANA
from tests.crash.tale import Tale, Wording, is_ended, waits_for_people
from tests.walking import first_broken

Tweet = dict[str, Any]
Texts = tuple[str, ...]

ON_THE_WAY_S = 2.0
"""How long Slack and the bot may take to bring an edit to where it stops a tweet."""
NOTHING_OUT = frozenset(
    {
        *("Needs mending", "In review", "Changes requested", "Approved", "Rejected", "Withdrawn"),
        *("Closed", "Scheduled", "On hold", "Missed", "Not published", "Off the schedule"),
        "Taken down",
    }
)
"""Headlines by which people understand that nothing of the draft is public."""


class Kind(StrEnum):
    """The ways in which the promise can be broken."""

    DUPLICATE = "duplicates"
    LOST = "lost"
    UNAPPROVED = "unapproved"
    FALSE_PUBLISHED = "false published"
    FALSE_FAILED = "false failed"
    BROKEN = "broken otherwise"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken promise, in words."""

    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen when everything had come to rest."""

    tales: Sequence[Tale]
    board: Board
    tweets: Sequence[Tweet]
    database: Path

    def cards(self, tale: Tale) -> tuple[Card, ...]:
        """The cards in the thread of a draft."""
        return self.board.get(tale.ts, ())

    def of(self, tale: Tale, part: int) -> list[Tweet]:
        """Every tweet there ever was with a text of this part."""
        texts = {wording.texts[part] for wording in tale.wordings}
        return [tweet for tweet in self.tweets if tweet["shown_text"] in texts]


def judge(seen: Evidence) -> Iterator[Violation]:
    """Every broken promise of a run."""
    yield from _strangers(seen)
    for tale in seen.tales:
        yield from _tweets(seen, tale)
        yield from _cards(seen, tale)
        yield from _lost(seen, tale)
    yield from _rows(seen)


def _strangers(seen: Evidence) -> Iterator[Violation]:
    known = {text for tale in seen.tales for w in tale.wordings for text in w.texts}
    for tweet in seen.tweets:
        if tweet["shown_text"] not in known:
            yield Violation(Kind.UNAPPROVED, f"nobody wrote {tweet['shown_text']!r}")


def _tweets(seen: Evidence, tale: Tale) -> Iterator[Violation]:
    name = f"draft {tale.plan.number}"
    for part in range(len(tale.plan.versions[0])):
        tweets = seen.of(tale, part)
        for tweet in tweets[1:]:
            words = f"{name}, part {part + 1} again as {tweet['id']}"
            yield Violation(Kind.DUPLICATE, words)
        for tweet in tweets:
            if not any(_allowed(tale, wording, part, tweet) for wording in tale.wordings):
                words = f"{name}, part {part + 1} as {tweet['id']}: {tweet['shown_text']!r}"
                yield Violation(Kind.UNAPPROVED, words)
            parents = {str(t["id"]) for t in seen.of(tale, part - 1)} if part else {None}
            if tweet.get("in_reply_to") not in parents:
                words = f"{name}, part {part + 1} as {tweet['id']} out of its place"
                yield Violation(Kind.UNAPPROVED, words)


def _allowed(tale: Tale, wording: Wording, part: int, tweet: Tweet) -> bool:
    """Whether both had approved this wording before, and it was not taken back long before."""
    at = tweet["created_ms"] / 1000
    who = {a.person for a in tale.approvals if a.texts == wording.texts and a.at <= at}
    in_time = wording.until is None or at <= wording.until + ON_THE_WAY_S
    return wording.texts[part] == tweet["shown_text"] and who >= {CHEN, DANA} and in_time


def _cards(seen: Evidence, tale: Tale) -> Iterator[Violation]:
    """Compare what every card says with what is public."""
    by_id = {str(tweet["id"]): tweet for tweet in seen.tweets}
    parts = range(len(tale.plan.versions[0]))
    live = {str(t["id"]) for n in parts for t in seen.of(tale, n) if "deleted_ms" not in t}
    cards = seen.cards(tale)
    for card in cards:
        said = {part.tweet_id for part in card.parts if part.tweet_id}
        for part in card.parts:
            if part.tweet_id is not None:
                yield from _linked(tale, card, part.text, by_id.get(part.tweet_id))
        if card.headline == "Published" and len(said) != len(card.parts):
            yield Violation(Kind.FALSE_PUBLISHED, f"{_name(tale, card)}: a part has no tweet")
        unsaid = live - said if card.headline != "In doubt" else set()
        if unsaid or (live and card.headline in NOTHING_OUT):
            words = f"{_name(tale, card)}, while {', '.join(sorted(live))} is public"
            yield Violation(Kind.FALSE_FAILED, words)
    if live and not cards:
        yield Violation(Kind.FALSE_FAILED, f"draft {tale.plan.number} is public and has no card")


def _linked(tale: Tale, card: Card, text: str, tweet: Tweet | None) -> Iterator[Violation]:
    if tweet is None or tweet["shown_text"] != text or "deleted_ms" in tweet:
        yield Violation(Kind.FALSE_PUBLISHED, f"{_name(tale, card)}: a tweet that is not there")


def _lost(seen: Evidence, tale: Tale) -> Iterator[Violation]:
    cards = seen.cards(tale)
    if not cards:
        if tale.gone_at is None:
            yield Violation(Kind.LOST, f"draft {tale.plan.number} has no card")
        return
    card = cards[-1]
    if not (is_ended(tale, card) or waits_for_people(tale, card)):
        yield Violation(Kind.LOST, f"{_name(tale, card)}, and that is all: {card.words!r}")


def _rows(seen: Evidence) -> Iterator[Violation]:
    database = Database(f"sqlite:///{seen.database}")
    try:
        with database.read() as session:
            broken = first_broken(session)
            if broken is not None:
                yield Violation(Kind.BROKEN, f"the record does not fit from entry {broken} on")
            stuck = select(Publication).where(col(Publication.state) == "publishing")
            for publication in session.exec(stuck):
                yield Violation(Kind.BROKEN, f"publication {publication.id} is still publishing")
            for attempt in session.exec(select(Attempt).where(col(Attempt.state) == "open")):
                yield Violation(Kind.BROKEN, f"attempt {attempt.id} is still open")
            kept = _kept(session)
    finally:
        database.close()
    yield from _forgotten(seen, kept)


def _kept(session: Session) -> dict[tuple[str, Texts], float]:
    """When each person's first decision on each wording was written down."""
    rows = session.exec(
        select(ReviewRow, Revision)
        .where(col(ReviewRow.revision_id) == Revision.id)
        .order_by(col(ReviewRow.id).desc())
    )
    return {(row.reviewer, _texts(of)): row.created_at.timestamp() for row, of in rows}


def _forgotten(seen: Evidence, kept: dict[tuple[str, Texts], float]) -> Iterator[Violation]:
    """Find approvals that were acknowledged before they were written down, or never were."""
    for tale in seen.tales:
        final = () if tale.taken_back else tale.wordings[-1].texts
        for approval in tale.approvals:
            written = kept.get((approval.person, approval.texts), math.inf)
            by = math.inf if approval.acked_by is None else approval.acked_by
            if approval.texts == final and written > by:
                words = f"an approval of draft {tale.plan.number} by {approval.person}"
                yield Violation(Kind.LOST, words)


def _texts(revision: Revision) -> Texts:
    return tuple(part["text"] for part in json.loads(revision.content)["parts"])


def _name(tale: Tale, card: Card) -> str:
    return f"draft {tale.plan.number} ({tale.plan.mood}) says {card.headline!r}"
