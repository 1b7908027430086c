"""The calendar of an account from the rows: its next free slot, what speaks against a time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.policy import Account, Policy
from bot.domain.slots import Objection, free, objections
from storage import publications
from storage.models import Draft

SPAN = timedelta(weeks=4)
"""What is read of the calendar at a time: mostly the first span has a free slot."""

SPANS = 13
"""After so many spans, a year, a slot is not worth waiting for."""


def read_slot(session: Session, policy: Policy, draft: Draft, now: datetime) -> datetime | None:
    """Return the slot that a draft would get now, None where its account has none free."""
    account = policy.account(draft.account)
    if account is None or not account.calendar.slots:
        return None
    for start in (now + n * SPAN for n in range(SPANS)):
        end = start + SPAN
        taken = _taken(session, account, start, end, draft)
        found = next(free(account.calendar, account.zone, start, end, taken), None)
        if found is not None:
            return found
    return None


def read_free(
    session: Session, account: Account, now: datetime, until: datetime
) -> Iterator[datetime]:
    """Yield the slots of an account before a moment that nobody has, earliest first."""
    if account.calendar.slots:
        taken = _taken(session, account, now, until)
        yield from free(account.calendar, account.zone, now, until, taken)


def read_objections(
    session: Session, policy: Policy, draft: Draft, at: datetime
) -> tuple[Objection, ...]:
    """Return what speaks against a time for a draft."""
    account = policy.account(draft.account)
    if account is None:
        return ()
    others = _taken(session, account, at, at, draft)
    return objections(account.calendar, account.zone, at, others)


def _taken(
    session: Session, account: Account, start: datetime, end: datetime, besides: Draft | None = None
) -> frozenset[datetime]:
    """Return when tweets go out, so far around a span as the least distance reaches."""
    reach = account.calendar.gap + timedelta(seconds=1)
    found = publications.calendar(
        session, account.name, start - reach, end + reach, besides=(besides and besides.id) or 0
    )
    return frozenset(found)
