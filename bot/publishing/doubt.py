"""A publication in doubt: look, and go on, wait, or ask a person."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.desk import Desk, record
from bot.domain.audit import BOT, AuditAction
from bot.domain.publication import PublicationAction, PublicationState, Reason
from bot.domain.retry import next_lookup
from bot.domain.timeline import Absent, Ambiguous, Hit, OlderHit, Seen
from bot.errors import AccountError
from bot.ports import Publisher
from bot.publishing.endings import ask, bind, go_on
from bot.publishing.lookup import Question, Sighting, first_missing, look, question
from bot.stops import obey_stop
from storage import drafts, notices, publications
from storage.models import Draft, Publication

LOOKED = "I looked on X and the tweet is there after all; I wrote that down."
NOT_ASKED = "I could not ask X just now, so nothing was changed. Please answer again later."
ALIKE = "There is a tweet that says the same (status/{id}). If it is this one, say *It is live*."
NOT_OURS = (
    "X does not know tweet {id} as one of this account, or another draft with the same words has "
    "it already. Nothing was changed. If there is no other, say *It is not there*."
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One publication in doubt, and what to ask X about it."""

    publication_id: int
    token: int
    settle: str | None
    question: Question


def resolve(desk: Desk, publisher: Publisher, publication_id: int) -> None:
    """Take one step for a publication in doubt."""
    open_doubt = _read(desk, publisher, publication_id)
    if open_doubt is None:
        return
    if open_doubt.settle:
        _confirm(desk, publisher, open_doubt, open_doubt.settle)
        return
    try:
        sighting = look(desk, publisher, open_doubt.question)
    except AccountError as error:
        _could_not_ask(desk, open_doubt, error)
        return
    _conclude(desk, open_doubt, sighting)


def _read(desk: Desk, publisher: Publisher, publication_id: int) -> Doubt | None:
    with desk.database.read() as session:
        publication = publications.get(session, publication_id)
        part = first_missing(session, publication)
        if publication.state is not PublicationState.IN_DOUBT or part is None:
            return None
        asked = question(session, publication, part, publisher.user_id)
        if asked is None:
            return None
        return Doubt(publication_id, publication.token, publication.settle, asked)


def _still(session: Session, doubt: Doubt) -> tuple[Publication, Draft] | None:
    """Return the rows where they still stand as they were read, None where life went on."""
    publication = publications.get(session, doubt.publication_id)
    same = publication.state is PublicationState.IN_DOUBT and publication.token == doubt.token
    if not same or publication.settle != doubt.settle:
        return None
    return publication, drafts.get(session, publication.draft_id)


def _conclude(desk: Desk, doubt: Doubt, sighting: Sighting) -> None:
    now = desk.clock()
    with desk.write() as session:
        rows = _still(session, doubt)
        if rows is None:
            return
        publication, draft = rows
        said = type(sighting.match).__name__.lower()
        record(session, now, BOT, AuditAction.PUBLICATION_LOOKUP, draft, found=said)
        match sighting.match:
            case Hit(id=tweet_id):
                text = sighting.texts[tweet_id]
                bind(session, draft, publication, doubt.question.part, tweet_id, text, now)
                if doubt.settle is not None:
                    _answer(session, publication, draft, LOOKED, now)
                go_on(desk, session, draft, publication, now)
            case OlderHit() if doubt.settle is not None:  # of before the call: no hit
                _absent(desk, session, publication, draft, doubt)
            case OlderHit(id=tweet_id) | Ambiguous(ids=(tweet_id, *_)):
                _alike(desk, session, publication, draft, doubt, tweet_id)
            case Absent() if sighting.again:
                _already_live(session, publication, draft, sighting.again, now)
            case _:
                _absent(desk, session, publication, draft, doubt)


def _alike(
    desk: Desk,
    session: Session,
    publication: Publication,
    draft: Draft,
    doubt: Doubt,
    tweet_id: str,
) -> None:
    """One tweet too many or too old looks like it: a person decides, unless X said duplicate."""
    now = desk.clock()
    if doubt.question.duplicate and doubt.settle is None:
        _already_live(session, publication, draft, tweet_id, now)
        return
    publication.detail = ALIKE.format(id=tweet_id)
    if doubt.settle is not None:
        _answer(session, publication, draft, publication.detail, now)
    ask(desk, session, draft, publication, now)


def _already_live(
    session: Session, publication: Publication, draft: Draft, tweet_id: str, now: datetime
) -> None:
    detail = f"The account says this already: status/{tweet_id}. Nothing was sent again."
    publications.move(
        session, publication, PublicationAction.FAIL, reason=Reason.DUPLICATE, detail=detail
    )
    publication.asks, publication.settle = False, None
    drafts.touch(session, draft)
    obey_stop(session, draft, publication, now)


def _absent(
    desk: Desk, session: Session, publication: Publication, draft: Draft, doubt: Doubt
) -> None:
    """Nothing to be seen: absence is no proof, so look again, then ask; only a person fails it."""
    now = desk.clock()
    if doubt.settle is not None:
        publications.move(session, publication, PublicationAction.FAIL, reason=Reason.SETTLED)
        publication.asks, publication.settle = False, None
        drafts.touch(session, draft)
        obey_stop(session, draft, publication, now)
        return
    _look_again(desk, session, publication, draft, now)


def _look_again(
    desk: Desk, session: Session, publication: Publication, draft: Draft, now: datetime
) -> None:
    publication.lookups += 1
    again = next_lookup(publication.lookups, now, desk.policy.waits.lookups)
    if again is None:
        ask(desk, session, draft, publication, now)
    else:
        publication.next_at = again


def _could_not_ask(desk: Desk, doubt: Doubt, error: AccountError) -> None:
    """Note that X gave no answer; its words are not ours, so the record does not repeat them."""
    _log.warning("publication %s could not be looked up: %s", doubt.publication_id, error)
    now = desk.clock()
    with desk.write() as session:
        rows = _still(session, doubt)
        if rows is None:
            return
        publication, draft = rows
        record(session, now, BOT, AuditAction.PUBLICATION_LOOKUP, draft, found="no answer")
        if doubt.settle is None:
            _look_again(desk, session, publication, draft, now)
            return
        _answer(session, publication, draft, NOT_ASKED, now)
        ask(desk, session, draft, publication, now)


def _confirm(desk: Desk, publisher: Publisher, doubt: Doubt, tweet_id: str) -> None:
    """Somebody says which tweet it is: only X's word that it is the account's counts."""
    now = desk.clock()
    try:
        found = publisher.find(tweet_id)
    except AccountError as error:
        _could_not_ask(desk, doubt, error)
        return
    with desk.write() as session:
        rows = _still(session, doubt)
        if rows is None:
            return
        publication, draft = rows
        ours = _is_ours(session, publisher, found)
        said = "confirmed" if ours else "not ours"
        record(
            session, now, BOT, AuditAction.PUBLICATION_LOOKUP, draft, tweet_id=tweet_id, found=said
        )
        if ours:
            text = found.text if found else ""
            bind(session, draft, publication, doubt.question.part, tweet_id, text, now)
            go_on(desk, session, draft, publication, now)
            return
        _answer(session, publication, draft, NOT_OURS.format(id=tweet_id), now)
        ask(desk, session, draft, publication, now)


def _is_ours(session: Session, publisher: Publisher, found: Seen | None) -> bool:
    if found is None or found.author_id != publisher.user_id:
        return False
    return not publications.bound(session, [found.id])


def _answer(
    session: Session, publication: Publication, draft: Draft, words: str, now: datetime
) -> None:
    """Tell whoever settled what came of it."""
    key = f"settle:{publication.id}:{now.isoformat()}"
    person = publication.settle_by or draft.author
    notices.add(session, key, person, draft.channel, draft.ts, words, now)
