"""Links of drafts: looked at one by one, before people decide on the draft."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from bot.desk import Desk
from bot.domain.audit import BOT
from bot.domain.destination import Condition, Destination
from bot.domain.draft import DraftState
from bot.guidelines.trust import trust_of
from bot.guidelines.tweet import Tweet
from bot.guidelines.tweets import judged_links
from bot.revising import Version, is_void, lasting, write
from bot.stops import is_out_of_reach
from storage import contents, drafts, files, findings, links
from storage.models import Draft, LinkRow

AGAIN = timedelta(minutes=10)
"""Before another look at a dead link that keeps a draft from being reviewed."""

WHY = "somebody looked where its links lead"
LEFT_ALONE = Destination(Condition.UNKNOWN, why="was not looked at: that is switched off")


def look_at_one(desk: Desk) -> bool:
    """Look at one link that a draft waits for; False where none does."""
    with desk.database.read() as session:
        row = links.waiting(session) or links.dead(session, desk.clock() - AGAIN)
    if row is None:
        return False
    found = desk.follow(row.url) if desk.follow else LEFT_ALONE
    with desk.write() as session:
        _note(desk, session, row, found)
    return True


def note(desk: Desk, row: LinkRow, found: Destination) -> None:
    """Write down where a link leads, who stands behind the site, and which rules object.

    The address itself is kept nowhere: it may say more of somebody than the link does. Nor is a
    title that does, for it comes from a stranger.
    """
    guidelines = desk.guidelines
    breaks = guidelines.broken_by(row.url, found.address) if found.address else ()
    if guidelines.exposures(Tweet(found.address)) or guidelines.exposures(Tweet(found.title)):
        found = replace(found, title="")
    links.note(row, found, trust_of(found.host, guidelines), breaks, desk.clock())


def _note(desk: Desk, session: Session, seen: LinkRow, found: Destination) -> None:
    """Write it down, unless the draft has other links by now."""
    row = session.get(LinkRow, seen.id)
    if row is None or (row.draft_id, row.url) != (seen.draft_id, seen.url):
        return
    before = row.condition, row.breaks
    note(desk, row, found)
    session.flush()
    if before != (row.condition, row.breaks):
        _complete(desk, session, drafts.get(session, row.draft_id))


def _complete(desk: Desk, session: Session, draft: Draft) -> None:
    """Make the revision that people review, once all its links were looked at."""
    rows = links.of_draft(session, draft.id or 0)
    waits = any(map(files.is_waiting, files.current(session, draft.id or 0)))
    if (
        waits
        or any(row.condition is None for row in rows)
        or draft.state is not DraftState.DRAFTING
    ):
        return
    if is_out_of_reach(session, draft) or is_void(session, draft):
        return
    before = drafts.revision(session, draft.revision_id)
    content = contents.loads(before.content)
    found = tuple(judged_links(content, desk.guidelines, links.led(rows)))
    known = lasting(desk, findings.of_revision(session, draft.revision_id))
    links.accept(rows)  # from here on it is a finding, which people answer for
    new = Version(content, (*known, *found), looking=False)
    write(desk, session, draft, BOT, before.author, new, WHY)
