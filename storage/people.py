"""What is known of people: their time zones, and their Home tabs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, or_, select

from storage.models import HomeTab, Person


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
    drawn = col(HomeTab.drawn_at)
    query = (
        select(HomeTab)
        .where(HomeTab.opened_at > opened_after, HomeTab.drawn_mark < mark)
        .where(or_(drawn.is_(None), drawn <= drawn_before))
        .where(or_(col(HomeTab.draw_after).is_(None), col(HomeTab.draw_after) <= now))
        .order_by(drawn.is_not(None), drawn)
        .limit(1)
    )
    return session.exec(query).first()
