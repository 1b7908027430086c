"""Looking on the account's timeline whether a part is live that nobody has an answer for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from bot.desk import Desk
from bot.domain.publication import AttemptState
from bot.domain.timeline import Absent, Ambiguous, Hit, Match, OlderHit, Sent, match, snowflake_at
from bot.ports import Publisher
from storage import attempts, contents, drafts, publications
from storage.models import Attempt, Publication

DUPLICATE_WINDOW = timedelta(hours=48)
"""How far back a tweet may be that makes X call a text a duplicate (reports: up to a day)."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a lookup asks: which part, since when, and what it looked like when it was sent."""

    part: int
    since_id: str
    sent: Sent
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a lookup found; `again` is a tweet that says the same and was known before."""

    match: Match
    again: str | None
    texts: dict[str, str]


def question(
    session: Session, publication: Publication, part: int, user_id: str
) -> Question | None:
    """Return what to look for, None where the part was never sent."""
    tries = attempts.of_part(session, publication.id or 0, part)
    if not tries:
        return None
    content = contents.loads(drafts.revision(session, publication.revision_id).content)
    duplicate = tries[-1].duplicate and tries[-1].state is AttemptState.UNKNOWN
    return Question(
        part=part,
        since_id=_since(tries, duplicate=duplicate),
        sent=Sent(
            text=content.parts[part].text,
            parent=tries[-1].parent_id,
            quote=None,
            media=len(content.parts[part].media),
            poll=content.parts[part].poll is not None,
            author_id=user_id,
            started_at=tries[0].started_at,
            deadline=tries[-1].deadline,
        ),
        duplicate=duplicate,
    )


def look(desk: Desk, publisher: Publisher, asked: Question) -> Sighting:
    """Read the timeline (a network call) and match it. AccountError where X cannot be asked."""
    seen = publisher.timeline(asked.since_id)
    with desk.database.read() as session:
        bound = publications.bound(session, [tweet.id for tweet in seen])
    found = match(asked.sent, seen, bound)
    again = _first(match(asked.sent, seen, ())) if asked.duplicate else None
    return Sighting(found, again, {tweet.id: tweet.text for tweet in seen})


def first_missing(session: Session, publication: Publication) -> int | None:
    """Return the first part without an id: the one that a doubt is about."""
    rows = publications.parts(session, publication.id or 0)
    return next((row.part for row in rows if row.tweet_id is None), None)


def _since(tries: Sequence[Attempt], *, duplicate: bool) -> str:
    since = min(int(attempt.since_id) for attempt in tries)
    if duplicate:
        since = min(since, snowflake_at(tries[0].started_at - DUPLICATE_WINDOW))
    return str(since)


def _first(found: Match) -> str | None:
    match found:
        case Hit(id=tweet_id) | OlderHit(id=tweet_id):
            return tweet_id
        case Ambiguous(ids=ids):
            return ids[0]
        case Absent():
            return None
