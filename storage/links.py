"""The links of drafts: which wait to be looked at, and where the others led."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.domain.destination import Condition, Destination, Led, LinkCard, Trust
from bot.domain.draft import DraftState
from storage.models import Draft, LinkRow, LookRow

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


def note(
    row: LinkRow, found: Destination, trust: Trust, breaks: Iterable[str], now: datetime
) -> None:
    """Write down where a link leads; one that is not dead any more needs nobody's answer."""
    row.condition, row.host, row.title, row.why = (
        found.condition,
        found.host,
        found.title,
        found.why,
    )
    row.trust, row.looked_at, row.looks = trust, now, row.looks + 1
    row.breaks = " ".join(breaks)
    row.accepted = row.accepted and found.condition is Condition.DEAD


def accept(rows: Iterable[LinkRow]) -> None:
    """Note that people answer for what is known of the links now: dead ones, and stray ones."""
    for row in rows:
        row.accepted = row.condition is Condition.DEAD
        row.answered = _trouble(row)


def has_died(row: LinkRow) -> bool:
    """Whether a link is dead, and nobody who answers for it knew."""
    return row.condition is Condition.DEAD and not row.accepted


def has_strayed(row: LinkRow) -> bool:
    """Whether a link leads where rules object, and not only as people answered for."""
    host, *rules = row.answered.split(" ")
    return bool(row.breaks) and not (row.host == host and {*row.breaks.split()} <= {*rules})


def _trouble(row: LinkRow) -> str:
    return f"{row.host} {row.breaks}" if row.breaks else ""


def led(rows: Iterable[LinkRow]) -> dict[str, Led]:
    """Return what is known of links, as rules ask."""
    return {
        row.url: Led(row.condition is Condition.DEAD, tuple(row.breaks.split())) for row in rows
    }


def keep(session: Session, revision_id: int, rows: Iterable[LinkRow]) -> None:
    """Keep where the links of a revision lead now, for whoever looks at it later."""
    for row in rows:
        if row.condition is not None and row.looked_at is not None:
            session.add(
                LookRow(
                    revision_id=revision_id,
                    place=row.place,
                    url=row.url,
                    condition=row.condition,
                    host=row.host,
                    title=row.title,
                    why=row.why,
                    trust=row.trust,
                    breaks=row.breaks,
                    looked_at=row.looked_at,
                )
            )


def looks_of(session: Session, revision_id: int) -> Sequence[LookRow]:
    """Return where the links of a revision led whenever somebody looked, oldest first."""
    query = select(LookRow).where(LookRow.revision_id == revision_id)
    return session.exec(query.order_by(col(LookRow.id))).all()


def as_card(row: LinkRow) -> LinkCard:
    """Return a link as the card shows it."""
    if row.condition is None:
        return LinkCard(row.url, None, row.trust)
    found = Destination(row.condition, row.host, row.title, row.why)
    return LinkCard(row.url, found, row.trust)
