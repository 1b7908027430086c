"""Drafts, their revisions, findings and reviews."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, SQLModel, col, select, update

from bot.domain.content import Content, Part
from bot.domain.draft import DRAFT, OPEN, DraftAction, DraftState, MessageRef, Wish
from bot.domain.duty import Answer
from bot.domain.finding import Finding
from bot.domain.fingerprint import fingerprint
from bot.domain.publication import PublicationState
from bot.domain.quorum import Decision, Review, Reviewed, Reviewing
from bot.errors import NotAllowedError, RefusedError
from storage import findings
from storage.models import Draft, Publication, ReviewRow, Revision, WishKind

GOING = (
    PublicationState.SCHEDULED,
    PublicationState.PUBLISHING,
    PublicationState.IN_DOUBT,
    PublicationState.HELD,
    PublicationState.MISSED,
    PublicationState.FAILED,
)
"""States of a publication from which a part may still go out."""

PURGED = "(The text was removed when the time for keeping it had passed.)"

_GET = select(Draft).where(Draft.id == bindparam("draft_id")).with_for_update()
_TABLES = SQLModel.metadata.tables
_draft, _revision, _review = _TABLES["draft"], _TABLES["revision"], _TABLES["review"]
_UNDRAWN = (
    select(Draft.id)
    .where(col(Draft.version) > col(Draft.drawn_version))
    .where(col(Draft.id) % bindparam("shards") == bindparam("shard"))
    .where(col(Draft.draw_after).is_(None) | (col(Draft.draw_after) <= bindparam("now")))
    .order_by(col(Draft.id))
    .limit(1)
)
_TOUCH = (
    update(Draft).where(_draft.c.id == bindparam("draft_id")).values(version=_draft.c.version + 1)
)
_WRITERS = columns(_revision.c.author).where(_revision.c.draft_id == bindparam("draft_id"))
_REVIEWS = (
    columns(
        _review.c.reviewer,
        _review.c.revision_id,
        _review.c.decision,
        _review.c.created_at,
        _review.c.reason,
        _review.c.acknowledged,
        _review.c.attested,
    )
    .where(_review.c.draft_id == bindparam("draft_id"))
    .order_by(_review.c.id)
)


def get(session: Session, draft_id: int) -> Draft:
    """Return a draft, locked for this transaction; RefusedError where there is none."""
    draft = session.exec(_GET, params={"draft_id": draft_id}).first()
    if draft is None:
        raise RefusedError(f"There is no draft {draft_id}.")
    return draft


def by_source(session: Session, ref: MessageRef) -> Draft | None:
    """Return the draft that a message became, locked for this transaction."""
    query = select(Draft).where(
        Draft.front == ref.front, Draft.channel == ref.channel, Draft.ts == ref.ts
    )
    return session.exec(query.with_for_update()).first()


def move(session: Session, draft: Draft, action: DraftAction) -> None:
    """Take one step of the state machine, by compare-and-swap on the state."""
    session.flush()
    after = DRAFT.after(draft.state, action)
    done = session.exec(
        update(Draft)
        .where(col(Draft.id) == draft.id, col(Draft.state) == draft.state)
        .values(state=after, version=draft.version + 1)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise NotAllowedError("Somebody else was quicker; look at the card again.")
    set_committed_value(draft, "state", after)
    set_committed_value(draft, "version", draft.version + 1)


def touch(session: Session, draft: Draft) -> None:
    """Note that the card must be redrawn."""
    session.flush()
    session.connection().execute(_TOUCH, {"draft_id": draft.id})
    set_committed_value(draft, "version", draft.version + 1)


def add_revision(
    session: Session,
    draft: Draft,
    author: str,
    content: Content,
    found: Sequence[Finding],
    now: datetime,
) -> Revision:
    """Freeze a content and what the checks say of it; it becomes the draft's current one."""
    revision = Revision(
        draft_id=_id(draft),
        number=len(revisions(session, _id(draft))) + 1 if draft.revision_id else 1,
        author=author,
        content=dumps(content),
        fingerprint=fingerprint(content),
        created_at=now,
    )
    session.add(revision)
    session.flush()
    findings.add(session, revision.id or 0, found)
    draft.revision_id, draft.fingerprint = revision.id or 0, revision.fingerprint
    touch(session, draft)
    return revision


def revisions(session: Session, draft_id: int) -> Sequence[Revision]:
    """Return every revision of a draft, oldest first."""
    query = select(Revision).where(Revision.draft_id == draft_id)
    return session.exec(query.order_by(col(Revision.number))).all()


def revision(session: Session, revision_id: int) -> Revision:
    """Return a revision that is known to exist."""
    return session.get_one(Revision, revision_id)


def read_reviews(session: Session, draft: Draft) -> Reviewing:
    """Return the current revision, who wrote any revision of its draft, and every review."""
    whose = {"draft_id": draft.id}
    writers = session.connection().execute(_WRITERS, whose).scalars()
    reviews = tuple(_review_of(*row) for row in session.connection().execute(_REVIEWS, whose))
    asked = findings.duty_of(session, draft.revision_id)
    reviewed = Reviewed(draft.revision_id, frozenset(writers) | {draft.author}, asked)
    return Reviewing(reviewed, reviews)


def add_review(
    session: Session,
    draft: Draft,
    reviewer: str,
    decision: Decision,
    answer: Answer,
    now: datetime,
) -> Review:
    """Write down one decision on the current revision; the note of the answer is its reason."""
    row = {
        "draft_id": draft.id,
        "revision_id": draft.revision_id,
        "reviewer": reviewer,
        "decision": decision,
        "reason": answer.note,
        "acknowledged": json.dumps(sorted(answer.acknowledged)),
        "attested": json.dumps(sorted(answer.attested)),
        "created_at": now,
    }
    session.connection().execute(_review.insert(), row)
    touch(session, draft)
    answered = answer.acknowledged, answer.attested
    return Review(reviewer, draft.revision_id, decision, now, answer.note, *answered)


def wish(draft: Draft) -> Wish | None:
    """Return when the draft should go out, None when nobody has said."""
    return None if draft.wish is None else Wish(draft.wish_at, slot=draft.wish is WishKind.SLOT)


def set_wish(session: Session, draft: Draft, value: Wish | None) -> None:
    """Write down when the draft should go out, or that nobody says."""
    draft.wish_at = value.at if value else None
    draft.wish = _kind(value) if value else None
    touch(session, draft)


def _kind(value: Wish) -> WishKind:
    if value.slot:
        return WishKind.SLOT
    return WishKind.NOW if value.at is None else WishKind.AT


def source(draft: Draft) -> MessageRef:
    """Return the message that the draft was written in."""
    return MessageRef(draft.front, draft.channel, draft.ts)


def open_sources(session: Session, front: str) -> Sequence[MessageRef]:
    """Return the messages of all drafts that may still change or go out, newest draft last."""
    going = select(Publication.draft_id).where(col(Publication.state).in_(GOING))
    query = select(Draft).where(
        Draft.front == front, col(Draft.state).in_(OPEN) | col(Draft.id).in_(going)
    )
    return [source(draft) for draft in session.exec(query.order_by(col(Draft.id)))]


def undrawn(session: Session, now: datetime, shard: int, shards: int) -> int | None:
    """Return the id of a draft whose card is older than its row, of one share of all drafts."""
    whose = {"now": now, "shard": shard, "shards": shards}
    return session.exec(_UNDRAWN, params=whose).first()


def lapsing(session: Session, before: datetime) -> Sequence[int]:
    """Return the approved drafts that an approval older than `before` may hold up no more."""
    query = (
        select(Draft.id)
        .join(ReviewRow, col(ReviewRow.revision_id) == col(Draft.revision_id))
        .where(Draft.state == DraftState.APPROVED, col(ReviewRow.created_at) <= before)
        .distinct()
    )
    return [draft_id for draft_id in session.exec(query) if draft_id]


def dumps(content: Content) -> str:
    """Return a content as JSON in ASCII: even a lone surrogate survives the way to disk."""
    return json.dumps(
        {"account": content.account, "parts": [{"text": part.text} for part in content.parts]}
    )


def loads(stored: str) -> Content:
    """Return the content that `dumps` wrote, or where it was purged, words that say so."""
    if not stored:
        return Content("", (Part(PURGED),))
    fields = json.loads(stored)
    return Content(fields["account"], tuple(Part(part["text"]) for part in fields["parts"]))


def _review_of(
    reviewer: str,
    revision: int,
    decision: Decision,
    at: datetime,
    reason: str,
    acknowledged: str,
    attested: str,
) -> Review:
    answered = _rules(acknowledged), _rules(attested)
    return Review(reviewer, revision, decision, at, reason, *answered)


@lru_cache(maxsize=1_000)
def _rules(stored: str) -> frozenset[str]:
    return frozenset(json.loads(stored))  # read at every click, and few are different


def _id(draft: Draft) -> int:
    if draft.id is None:  # pragma: no cover - a draft is flushed before anything points at it
        raise AssertionError
    return draft.id
