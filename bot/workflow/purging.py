"""Removing what need not be kept any more: the contents go, who did what and when stays."""

from collections.abc import Callable
from datetime import datetime

from bot.desk import Desk, record
from bot.domain.audit import Actor, AuditAction
from bot.domain.retention import kept_since
from bot.errors import RefusedError
from storage import drafts, purges

TOO_YOUNG = (
    "The team keeps contents for {years} years ([team] retention_years), "
    "so only what ended before {limit:%Y-%m-%d} may be removed."
)


def purgeable(desk: Desk, before: datetime) -> tuple[int, ...]:
    """Return the drafts that ended before a moment; RefusedError where it is too young."""
    limit = kept_since(desk.clock(), desk.policy.retention_years)
    if before > limit:
        raise RefusedError(TOO_YOUNG.format(years=desk.policy.retention_years, limit=limit))
    with desk.database.read() as session:
        return tuple(purges.ended(session, before))


def purge(
    desk: Desk, actor: Actor, before: datetime, tick: Callable[[int], None] = lambda _: None
) -> int:
    """Remove the contents of every draft that ended before a moment; returns how many.

    Each in a transaction of its own, so that a bot at work never waits long. Then go the pictures
    and videos that no draft has any more, also those that an earlier purge did not come to.
    """
    ended = purgeable(desk, before)
    for draft_id in ended:
        _purge(desk, actor, draft_id, before)
        tick(1)
    purges.remove_unneeded(desk.database)
    return len(ended)


def _purge(desk: Desk, actor: Actor, draft_id: int, before: datetime) -> None:
    now = desk.clock()
    with desk.write() as session:
        purges.overwrite_removed(session)
        draft = drafts.get(session, draft_id)
        purges.empty(session, draft_id, before, actor.id, now)
        record(session, now, actor, AuditAction.DRAFT_PURGE, draft, before=f"{before:%Y-%m-%d}")
