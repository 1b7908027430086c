"""The links of drafts: which wait to be looked at, and where the others led."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.domain.destination import Condition, Destination, LinkCard, Trust
from bot.domain.draft import DraftState
from storage.models import Draft, LinkRow

MOST_LOOKS = 50
"""How often a link is looked at that stays dead while nobody writes."""

_OF_DRAFT = (
    select(LinkRow)
    .where(LinkRow.draft_id == bindparam("draft_id"))
    .order_by(col(LinkRow.place), col(LinkRow.id))
)
_DRAFTING = (
    select(LinkRow)
    .join(Draft, col(Draft.id) == col(LinkRow.draft_id))
    .where(col(Draft.state) == DraftState.DRAFTING)
    .limit(1)
)
_WAITING = _DRAFTING.where(col(LinkRow.condition).is_(None)).order_by(col(LinkRow.id))
_DEAD = _DRAFTING.where(
    col(LinkRow.condition) == Condition.DEAD,
    col(LinkRow.looked_at) <= bindparam("before"),
    col(LinkRow.looks) < MOST_LOOKS,
).order_by(col(LinkRow.looked_at))


def of_draft(session: Session, draft_id: int) -> Sequence[LinkRow]:
    """Return the links of a draft, in their order."""
    return session.exec(_OF_DRAFT, params={"draft_id": draft_id}).all()


def put(session: Session, draft_id: int, urls: Sequence[str]) -> Sequence[LinkRow]:
    """Write down which links a draft has now; new ones wait to be looked at."""
    rows = {row.url: row for row in of_draft(session, draft_id)}
    for url, row in rows.items():
        if url not in urls:
            session.delete(row)
        else:
            row.place = urls.index(url)
    fresh = (url for url in urls if url not in rows)
    session.add_all(LinkRow(draft_id=draft_id, place=urls.index(url), url=url) for url in fresh)
    session.flush()
    return of_draft(session, draft_id)


def waiting(session: Session) -> LinkRow | None:
    """Return a link that keeps its draft from being reviewed until somebody has looked."""
    return session.exec(_WAITING).first()


def dead(session: Session, before: datetime) -> LinkRow | None:
    """Return a dead link of a draft that waits to be mended, looked at before some moment."""
    return session.exec(_DEAD, params={"before": before}).first()


def ask_again(row: LinkRow) -> None:
    """Let a link wait for another look."""
    row.condition, row.looks = None, 0


def note(row: LinkRow, found: Destination, trust: Trust, now: datetime) -> None:
    """Write down where a link leads; one that is not dead any more needs nobody's answer."""
    row.condition, row.host, row.title, row.why = (
        found.condition,
        found.host,
        found.title,
        found.why,
    )
    row.trust, row.looked_at, row.looks = trust, now, row.looks + 1
    row.accepted = row.accepted and found.condition is Condition.DEAD


def accept_dead(rows: Iterable[LinkRow]) -> None:
    """Note that people answer for the links that are known to be dead."""
    for row in rows:
        row.accepted = row.condition is Condition.DEAD


def as_card(row: LinkRow) -> LinkCard:
    """Return a link as the card shows it."""
    if row.condition is None:
        return LinkCard(row.url, None, row.trust)
    found = Destination(row.condition, row.host, row.title, row.why)
    return LinkCard(row.url, found, row.trust)
