"""What people say of tweets that are out, or may be: settle a doubt, take down."""

from bot.desk import Desk, record
from bot.domain.address import LIKE, tweet_id
from bot.domain.audit import AuditAction
from bot.domain.card import DraftCard
from bot.domain.publication import PublicationAction, PublicationState
from bot.errors import RefusedError
from bot.workflow.exposing import refuse_words
from bot.workflow.scheduling import trusted
from storage import drafts, publications

NOT_LIVE = ""
"""What is stored as somebody's answer that the tweet is not there."""

NO_ADDRESS = f"That is no address of a tweet. It looks like {LIKE}."


def settle_not_live(desk: Desk, draft_id: int, person: str) -> DraftCard:
    """Say that the doubtful part is not on X; the publishing loop looks once more, then decides."""
    return _settle(desk, draft_id, person, NOT_LIVE)


def settle_live(desk: Desk, draft_id: int, person: str, address: str) -> DraftCard:
    """Say which tweet the doubtful part is, by id or address; X must confirm it."""
    found = tweet_id(address)
    if found is None:
        raise RefusedError(NO_ADDRESS)
    return _settle(desk, draft_id, person, found)


def remove(desk: Desk, draft_id: int, person: str, reason: str) -> DraftCard:
    """Take every live part of a publication down at X."""
    now = desk.clock()
    if not reason.strip():
        raise RefusedError("Please say why it is taken down; the record needs it.")
    refuse_words(desk, reason)
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        actor = trusted(desk, session, draft, person)
        publication = publications.of_draft(session, draft_id)
        rows = publications.parts(session, publication.id or 0) if publication else ()
        if publication is None or not any(p.tweet_id and not p.removed_at for p in rows):
            raise RefusedError("Nothing of this draft is public.")
        publications.move(
            session,
            publication,
            PublicationAction.REMOVE,
            detail=f"<@{person}>: {reason.strip()}",
            next_at=now,
        )
        drafts.touch(session, draft)
        record(session, now, actor, AuditAction.PUBLICATION_REMOVE, draft)
        return desk.card(session, draft)


def _settle(desk: Desk, draft_id: int, person: str, answer: str) -> DraftCard:
    now = desk.clock()
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        actor = trusted(desk, session, draft, person)
        publication = publications.of_draft(session, draft_id)
        if publication is None or publication.state is not PublicationState.IN_DOUBT:
            raise RefusedError("This is settled already; look at the card again.")
        if not publication.asks:
            raise RefusedError("I am still looking on X myself; please wait a little.")
        if publication.settle is not None:
            raise RefusedError("Somebody has answered already; I am checking it on X.")
        publication.settle, publication.settle_by = answer, person
        publication.next_at = now
        drafts.touch(session, draft)
        said = {"tweet_id": answer} if answer else {"answer": "not there"}
        record(session, now, actor, AuditAction.PUBLICATION_SETTLE, draft, **said)
        return desk.card(session, draft)
