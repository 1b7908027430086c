"""Taking down: every live part is deleted at X, the newest first."""

from bot.desk import Desk, record, tell_author
from bot.domain.audit import BOT, AuditAction
from bot.domain.publication import PublicationAction, PublicationState
from bot.errors import AccountError
from bot.ports import Publisher
from storage import drafts, publications


def take_down(desk: Desk, publisher: Publisher, publication_id: int) -> None:
    """Delete one live part, or end the removal when none is left. A deletion may be repeated."""
    tweet_id = _next_live(desk, publication_id)
    if tweet_id is None:
        return
    try:
        publisher.delete(tweet_id)
    except AccountError as error:
        _try_later(desk, publication_id, str(error))
        return
    _note_gone(desk, publication_id, tweet_id)


def _next_live(desk: Desk, publication_id: int) -> str | None:
    with desk.database.read() as session:
        publication = publications.get(session, publication_id)
        if publication.state is not PublicationState.REMOVING:
            return None
        rows = publications.parts(session, publication_id)
        live = [row.tweet_id for row in rows if row.tweet_id and row.removed_at is None]
        return live[-1] if live else None


def _note_gone(desk: Desk, publication_id: int, tweet_id: str) -> None:
    now = desk.clock()
    with desk.write() as session:
        publication = publications.get(session, publication_id)
        draft = drafts.get(session, publication.draft_id)
        rows = publications.parts(session, publication_id)
        for row in rows:
            if row.tweet_id == tweet_id:
                row.removed_at = now
        record(session, now, BOT, AuditAction.PUBLICATION_REMOVED, draft, tweet_id=tweet_id)
        drafts.touch(session, draft)
        if any(row.tweet_id and row.removed_at is None for row in rows):
            return
        detail = publication.detail
        publications.move(session, publication, PublicationAction.REMOVED, detail=detail)
        words = "Your tweet was taken down from X; the card says by whom and why."
        tell_author(session, draft, f"removed:{publication_id}", words, now)


def _try_later(desk: Desk, publication_id: int, why: str) -> None:
    """X did not confirm: say so on the card and ask again; the tweet may still be public."""
    now = desk.clock()
    with desk.write() as session:
        publication = publications.get(session, publication_id)
        draft = drafts.get(session, publication.draft_id)
        publication.next_at = now + desk.policy.waits.removal
        publication.refusals += 1
        words = (
            f"X has not confirmed the take-down yet ({why}) I keep asking. "
            "Until then please delete it on X by hand if it is urgent."
        )
        tell_author(session, draft, f"removing:{publication_id}", words, now)
