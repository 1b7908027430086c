"""What is known of X accounts beside their settings."""

from datetime import timedelta

from sqlmodel import Session, col, select

from bot.domain.draft import OPEN
from bot.domain.publication import PublicationState
from storage.models import AccountRow, Draft, Publication

MOVING = (
    PublicationState.SCHEDULED,
    PublicationState.PUBLISHING,
    PublicationState.IN_DOUBT,
    PublicationState.REMOVING,
)
"""States of a publication that a lane has to do something about."""


def in_use(session: Session) -> frozenset[str]:
    """Return the accounts of drafts that are open, and of publications that a lane moves."""
    drafts = select(Draft.account).where(col(Draft.state).in_(OPEN)).distinct()
    moving = select(Publication.account).where(col(Publication.state).in_(MOVING)).distinct()
    return frozenset((*session.exec(drafts), *session.exec(moving)))


def get(session: Session, name: str) -> AccountRow:
    """Return what is known of an account; nothing yet is a row, too."""
    row = session.get(AccountRow, name)
    if row is None:
        row = AccountRow(name=name)
        session.add(row)
        session.flush()
    return row


def lock(session: Session, name: str) -> None:
    """Let nobody else choose a slot of the account before this transaction ends."""
    get(session, name)
    session.get(AccountRow, name, with_for_update=True, populate_existing=True)


def note_newest(session: Session, name: str, tweet_id: str) -> None:
    """Remember the newest tweet seen on an account: lookups start behind it."""
    row = get(session, name)
    if int(tweet_id) > int(row.newest_id):
        row.newest_id = tweet_id
        session.add(row)
        session.flush()


def note_clock(session: Session, name: str, ahead: timedelta) -> None:
    """Remember how far X's clock is ahead of ours."""
    row = get(session, name)
    row.clock_ahead_ms = round(ahead / timedelta(milliseconds=1))
    session.add(row)
    session.flush()
