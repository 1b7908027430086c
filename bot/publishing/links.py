"""Looking once more where the links of a tweet lead, between the claim and its first part.

No transaction is open meanwhile; the lease is renewed before each look. Only what died or strayed
since people looked holds the tweet: what they knew when they approved it, they have answered for.
"""

import time
from collections.abc import Sequence

from bot.desk import Desk
from bot.domain.destination import Destination, public_urls, urls
from bot.domain.gate import Stop
from bot.domain.publication import PublicationAction, Reason
from bot.following import note
from bot.publishing.endings import stop
from bot.publishing.protocol import Claim, holds
from bot.stops import has_been_live
from storage import contents, drafts, links, publications
from storage.models import LinkRow

PATIENCE_S = 15.0
"""How long a tweet waits for its links; what was not looked at by then does not hold it."""


def links_hold(desk: Desk, held: Claim) -> bool:
    """Whether a claimed publication may go on; False where a link of it has died or strayed."""
    asked = _public(desk, held)
    if not asked:
        return True
    found: dict[str, Destination] = {}
    end = time.monotonic() + PATIENCE_S
    for url in asked:
        if time.monotonic() > end or not _renew(desk, held) or desk.follow is None:
            break
        found[url] = desk.follow(url)
    return _noted(desk, held, found)


def _public(desk: Desk, held: Claim) -> tuple[str, ...]:
    """Return the links to look at: none where a part is out, for then the rest must follow."""
    if desk.follow is None:
        return ()
    with desk.database.read() as session:
        publication = publications.get(session, held.publication_id)
        if has_been_live(session, publication):
            return ()
        revision = drafts.revision(session, publication.revision_id)
        return public_urls(contents.loads(revision.content).parts)


def _renew(desk: Desk, held: Claim) -> bool:
    with desk.write() as session:
        publication = publications.get(session, held.publication_id)
        if not holds(publication, held):
            return False
        publication.lease_until = desk.clock() + desk.policy.waits.lease
        return True


def _noted(desk: Desk, held: Claim, found: dict[str, Destination]) -> bool:
    """Write down where the links lead; hold the publication where people do not know of it."""
    now = desk.clock()
    with desk.write() as session:
        publication = publications.get(session, held.publication_id)
        if not holds(publication, held):
            return False
        draft = drafts.get(session, publication.draft_id)
        content = contents.loads(drafts.revision(session, publication.revision_id).content)
        rows = links.put(session, publication.draft_id, urls(content))
        looked = [row for row in rows if row.url in found]
        for row in looked:
            note(desk, row, found[row.url])
        drafts.touch(session, draft)
        links.keep(session, publication.revision_id, looked)
        reason = _objection(looked)
        if reason is None:
            return True
        verdict = Stop(PublicationAction.HOLD, reason)
        stop(desk, session, draft, publication, verdict, now)
        return False


def _objection(looked: Sequence[LinkRow]) -> Reason | None:
    if any(map(links.has_died, looked)):
        return Reason.DEAD_LINK
    return Reason.STRAY_LINK if any(map(links.has_strayed, looked)) else None
