"""Publishing one claimed publication: part by part, intent before the call, answer after it."""

from functools import partial

from bot.desk import Desk, record
from bot.domain.audit import BOT, AuditAction
from bot.domain.publication import Live, PublicationAction
from bot.domain.retry import next_try
from bot.domain.timeline import Absent, Hit
from bot.errors import AccountError
from bot.ports import Publisher
from bot.publishing.answers import write_answer
from bot.publishing.endings import ask, bind, doubt, go_on
from bot.publishing.links import links_hold
from bot.publishing.lookup import Sighting, look, question
from bot.publishing.preparing import prepare
from bot.publishing.protocol import Claim, claim, holds, intend
from storage import drafts, publications

NOT_ASKED = "X could not be asked about an earlier call"


def publish(desk: Desk, publisher: Publisher, publication_id: int) -> None:
    """Claim a due publication and send its parts that are not live, one after the other."""
    held = claim(desk, publication_id)
    if held is None or not links_hold(desk, held):
        return
    for part in held.todo:
        if not _send(desk, publisher, held, part):
            return


def _send(desk: Desk, publisher: Publisher, held: Claim, part: int) -> bool:
    """Send one part; False where the publication goes no further now."""
    found = _look_before_again(desk, publisher, held, part)
    if found is not None:
        return found
    media_ids = prepare(desk, publisher, held, part)
    if media_ids is None:
        return False
    intent = intend(desk, held, part, media_ids)
    if intent is None:
        return False
    late = partial(write_answer, desk, intent.attempt_id)
    outcome = publisher.post(intent.outgoing, late)
    write_answer(desk, intent.attempt_id, outcome)
    return isinstance(outcome, Live)


def _look_before_again(desk: Desk, publisher: Publisher, held: Claim, part: int) -> bool | None:
    """Before a second attempt, look whether an earlier one is live; None says: go and send it."""
    with desk.database.read() as session:
        publication = publications.get(session, held.publication_id)
        asked = question(session, publication, part, publisher.user_id)
    if asked is None:
        return None
    try:
        sighting = look(desk, publisher, asked)
    except AccountError as error:
        _later(desk, held, str(error))
        return False
    if isinstance(sighting.match, Absent):
        return None
    return _adopt(desk, held, part, sighting)


def _adopt(desk: Desk, held: Claim, part: int, sighting: Sighting) -> bool:
    """Take over what an earlier attempt left on X; where that is not certain, a person decides."""
    now = desk.clock()
    with desk.write() as session:
        publication = publications.get(session, held.publication_id)
        if not holds(publication, held):
            return False
        draft = drafts.get(session, publication.draft_id)
        said = type(sighting.match).__name__.lower()
        record(session, now, BOT, AuditAction.PUBLICATION_LOOKUP, draft, found=said)
        if isinstance(sighting.match, Hit):
            tweet_id = sighting.match.id
            text = sighting.texts[tweet_id]
            bind(session, draft, publication, part, tweet_id, text, now)
            go_on(desk, session, draft, publication, now)
            return True
        doubt(session, draft, publication, "A tweet on the account looks like this one.", now)
        ask(desk, session, draft, publication, now)
        return False


def _later(desk: Desk, held: Claim, why: str) -> None:
    now = desk.clock()
    with desk.write() as session:
        publication = publications.get(session, held.publication_id)
        if holds(publication, held):
            publication.refusals += 1
            draft = drafts.get(session, publication.draft_id)
            record(session, now, BOT, AuditAction.PUBLICATION_POSTPONE, draft, why=NOT_ASKED)
            again = next_try(publication.refusals, now, None)
            session.flush()
            publications.move(
                session, publication, PublicationAction.REQUEUE, detail=why, next_at=again
            )
