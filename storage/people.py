"""What is known of people: their time zones, and their Home tabs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam
from sqlmodel import Session, col, or_, select

from storage.models import HomeTab, Person

_drawn_at, _draw_after = col(HomeTab.drawn_at), col(HomeTab.draw_after)
_STALE = (
    select(HomeTab)
    .where(col(HomeTab.opened_at) > bindparam("opened_after"))
    .where(col(HomeTab.drawn_mark) < bindparam("mark"))
    .where(or_(_drawn_at.is_(None), _drawn_at <= bindparam("drawn_before")))
    .where(or_(_draw_after.is_(None), _draw_after <= bindparam("now")))
    .order_by(_drawn_at.is_not(None), _drawn_at)
    .limit(1)
)


def zone(session: Session, person: str) -> ZoneInfo | None:
    """Return the zone somebody lives in, None where it is not known."""
    row = session.get(Person, person)
    return ZoneInfo(row.zone) if row and row.zone else None


def asked_at(session: Session, person: str) -> datetime | None:
    """Return when the chat was last asked where somebody lives."""
    row = session.get(Person, person)
    return row.asked_at if row else None


def note_zone(session: Session, person: str, name: str | None, now: datetime) -> None:
    """Remember the name of the zone somebody lives in, None where the chat does not say."""
    session.merge(Person(id=person, zone=name, asked_at=now))
    session.flush()


def open_home(session: Session, person: str, now: datetime) -> None:
    """Note that somebody opened their Home tab: it is drawn anew, whatever it showed."""
    session.merge(HomeTab(person=person, opened_at=now))
    session.flush()


def stale_home(
    session: Session, mark: int, now: datetime, *, opened_after: datetime, drawn_before: datetime
) -> HomeTab | None:
    """Return the Home tab that is stale for longest, of those that were opened lately.

    One that was drawn a moment ago waits: many changes are one redrawing.
    """
    which = {"opened_after": opened_after, "drawn_before": drawn_before, "mark": mark, "now": now}
    return session.exec(_STALE, params=which).first()
