"""The control: the publisher that everybody writes first. The harness must find it out.

It calls, then records, and tries again after any error; it writes no intent and never looks.
"""

from bot.desk import Desk
from bot.domain.publication import Live, PublicationAction, PublicationState, Reason
from bot.ports import Publisher
from bot.publishing.endings import bind, go_on
from bot.publishing.protocol import _outgoing
from storage import drafts, publications

TRIES = 5


def publish(desk: Desk, publisher: Publisher, publication_id: int) -> None:
    """Send the parts that have no id, one after the other."""
    with desk.database.read() as session:
        missing = [p.part for p in publications.parts(session, publication_id) if not p.tweet_id]
    for part in missing:
        live = _send(desk, publisher, publication_id, part)
        if live is None:
            _give_up(desk, publication_id)
            return
        _record(desk, publication_id, part, live)


def _send(desk: Desk, publisher: Publisher, publication_id: int, part: int) -> Live | None:
    with desk.database.read() as session:
        publication = publications.get(session, publication_id)
        outgoing = _outgoing(session, publication, part)
    for _ in range(TRIES):
        outcome = publisher.post(outgoing, lambda _: None)
        if isinstance(outcome, Live):
            return outcome
    return None


def _give_up(desk: Desk, publication_id: int) -> None:
    with desk.write() as session:
        publication = publications.get(session, publication_id)
        drafts.touch(session, drafts.get(session, publication.draft_id))
        publications.move(session, publication, PublicationAction.FAIL, reason=Reason.REFUSED)


def _record(desk: Desk, publication_id: int, part: int, live: Live) -> None:
    now = desk.clock()
    with desk.write() as session:
        publication = publications.get(session, publication_id)
        draft = drafts.get(session, publication.draft_id)
        bind(session, draft, publication, part, live.id, live.text, now)
        rows = publications.parts(session, publication_id)
        if publication.state is PublicationState.SCHEDULED and all(row.tweet_id for row in rows):
            publications.move(session, publication, PublicationAction.CLAIM)
            go_on(desk, session, draft, publication, now)
