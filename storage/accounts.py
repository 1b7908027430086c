"""What is known of X accounts beside their settings."""

from datetime import timedelta

from sqlmodel import Session

from storage.models import AccountRow


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
