"""Publications, their parts and attempts."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select, update

from bot.domain.publication import (
    PUBLICATION,
    PublicationAction,
    PublicationState,
    Reason,
)
from bot.errors import NotAllowedError, RefusedError
from storage.models import Draft, Publication, PublicationPart, Revision

ON_THE_CALENDAR = (
    PublicationState.SCHEDULED,
    PublicationState.PUBLISHING,
    PublicationState.IN_DOUBT,
    PublicationState.HELD,
    PublicationState.PUBLISHED,
)
"""States in which a publication has, or had, a time of its account for itself."""

# asked at every click or beat: a statement that is built once is also compiled once
_OF_DRAFT = (
    select(Publication)
    .where(Publication.draft_id == bindparam("draft_id"))
    .where(col(Publication.state) != PublicationState.CANCELLED)
    .order_by(col(Publication.id).desc())
    .limit(1)
    .with_for_update()
)
_OF_ACCOUNT = col(Publication.account) == bindparam("account")
_NEXT = (
    select(Publication)
    .where(_OF_ACCOUNT, col(Publication.next_at) <= bindparam("now"))
    .order_by(col(Publication.next_at))
    .limit(1)
)
_NEXT_BUT_CLAIMS = _NEXT.where(col(Publication.state) != PublicationState.SCHEDULED)
_NEXT_MOMENT = (
    select(Publication.next_at)
    .where(_OF_ACCOUNT, col(Publication.next_at) > bindparam("after"))
    .order_by(col(Publication.next_at))
    .limit(1)
)
_EXPIRED = (
    select(Publication)
    .where(_OF_ACCOUNT, col(Publication.lease_until) <= bindparam("now"))
    .with_for_update()
)
_SPAN = (
    _OF_ACCOUNT,
    col(Publication.due_at) > bindparam("after"),
    col(Publication.due_at) < bindparam("until"),
    col(Publication.draft_id) != bindparam("besides"),
    col(Publication.state).in_(ON_THE_CALENDAR),
)
_CALENDAR = select(Publication.due_at).where(*_SPAN)
_NEIGHBOURS = (
    select(Publication, Revision.content)
    .join(Revision, col(Revision.id) == Publication.revision_id)
    .where(*_SPAN)
    .order_by(col(Publication.due_at).desc())
)


_GET = select(Publication).where(Publication.id == bindparam("publication_id")).with_for_update()
_PARTS = (
    select(PublicationPart)
    .where(PublicationPart.publication_id == bindparam("publication_id"))
    .order_by(col(PublicationPart.part))
)


def get(session: Session, publication_id: int) -> Publication:
    """Return a publication, locked for this transaction; RefusedError where there is none."""
    publication = session.exec(_GET, params={"publication_id": publication_id}).first()
    if publication is None:
        raise RefusedError(f"There is no publication {publication_id}.")
    return publication


def of_draft(session: Session, draft_id: int) -> Publication | None:
    """Return the newest publication of a draft that was not cancelled."""
    return session.exec(_OF_DRAFT, params={"draft_id": draft_id}).first()


def every_of_draft(session: Session, draft_id: int) -> Sequence[Publication]:
    """Return all publications of a draft, cancelled ones too, oldest first."""
    query = select(Publication).where(Publication.draft_id == draft_id)
    return session.exec(query.order_by(col(Publication.id))).all()


def add(
    session: Session,
    draft: Draft,
    revision: Revision,
    parts: int,
    due_at: datetime,
    now: datetime,
    state: PublicationState = PublicationState.SCHEDULED,
) -> Publication:
    """Write the intent to publish a revision, with a row for each part."""
    publication = Publication(
        draft_id=draft.id or 0,
        revision_id=revision.id or 0,
        account=draft.account,
        fingerprint=revision.fingerprint,
        state=state,
        reason=Reason.LATE if state is PublicationState.MISSED else None,
        due_at=due_at,
        next_at=due_at if state is PublicationState.SCHEDULED else None,
        created_at=now,
    )
    session.add(publication)
    session.flush()
    rows = (PublicationPart(publication_id=publication.id or 0, part=n) for n in range(parts))
    session.add_all(rows)
    session.flush()
    return publication


def move(
    session: Session,
    publication: Publication,
    action: PublicationAction,
    *,
    reason: Reason | None = None,
    detail: str = "",
    next_at: datetime | None = None,
) -> None:
    """Take one step of the state machine, by compare-and-swap on state and token."""
    after = PUBLICATION.after(publication.state, action)
    done = session.exec(
        update(Publication)
        .where(
            col(Publication.id) == publication.id,
            col(Publication.state) == publication.state,
            col(Publication.token) == publication.token,
        )
        .values(state=after, reason=reason, detail=detail, next_at=next_at, lease_until=None)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise NotAllowedError("Somebody else was quicker; look at the card again.")
    session.refresh(publication)


def calendar(
    session: Session, account: str, after: datetime, until: datetime, besides: int
) -> Sequence[datetime]:
    """Return when an account's tweets of a span go or went out, one draft's own left out."""
    span = {"account": account, "after": after, "until": until, "besides": besides}
    return session.exec(_CALENDAR, params=span).all()


def neighbours(
    session: Session, account: str, after: datetime, until: datetime, besides: int
) -> Sequence[tuple[Publication, str]]:
    """Return an account's publications of a span with their stored content, latest first."""
    span = {"account": account, "after": after, "until": until, "besides": besides}
    return session.exec(_NEIGHBOURS, params=span).all()


def next_waiting(
    session: Session, account: str, now: datetime, *, claims: bool = True
) -> Publication | None:
    """Return the row of an account whose moment has come first, or None.

    Without `claims` only what asks X or takes down: nothing that would send.
    """
    query = _NEXT if claims else _NEXT_BUT_CLAIMS
    return session.exec(query, params={"account": account, "now": now}).first()


def next_moment(session: Session, accounts: Iterable[str], after: datetime) -> datetime | None:
    """Return the next moment after `after` at which a row of these accounts wants attention."""
    return min(filter(None, (_next_of(session, name, after) for name in accounts)), default=None)


def _next_of(session: Session, account: str, after: datetime) -> datetime | None:
    return session.exec(_NEXT_MOMENT, params={"account": account, "after": after}).first()


def expired(session: Session, account: str, now: datetime) -> Sequence[Publication]:
    """Return the account's claimed rows whose lease has run out."""
    return session.exec(_EXPIRED, params={"account": account, "now": now}).all()


def void_leases(session: Session, now: datetime) -> int:
    """End every lease: at the start of the only process, whoever held one is gone."""
    done = session.exec(
        update(Publication).where(col(Publication.lease_until).is_not(None)).values(lease_until=now)
    )
    return int(done.rowcount)


def parts(session: Session, publication_id: int) -> Sequence[PublicationPart]:
    """Return the parts of a publication, first to last."""
    return session.exec(_PARTS, params={"publication_id": publication_id}).all()


def bound(session: Session, tweet_ids: Iterable[str]) -> frozenset[str]:
    """Return which of these tweets are some part's already."""
    query = select(PublicationPart.tweet_id).where(
        col(PublicationPart.tweet_id).in_(tuple(tweet_ids))
    )
    return frozenset(found for found in session.exec(query) if found)


def in_doubt(session: Session, account: str) -> Sequence[Publication]:
    """Return the account's publications that nobody knows the result of."""
    query = select(Publication).where(
        Publication.account == account, Publication.state == PublicationState.IN_DOUBT
    )
    return session.exec(query).all()


def held_by_pause(session: Session, account: str | None) -> Sequence[Publication]:
    """Return what a pause holds, of one account or of all."""
    query = select(Publication).where(
        Publication.state == PublicationState.HELD, Publication.reason == Reason.PAUSED
    )
    if account is not None:
        query = query.where(Publication.account == account)
    return session.exec(query.with_for_update()).all()
