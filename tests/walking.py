"""The walk of the record as most tests want it: where it breaks, if anywhere."""

from sqlmodel import Session

from bot.domain.chain import walk
from storage import audit


def first_broken(session: Session) -> int | None:
    """Return the entry at which the chain breaks, None where it is whole."""
    fault = walk(audit.entries(session)).fault
    return fault.sequence if fault else None
