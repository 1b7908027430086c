"""Giving X the pictures and videos of a part, between the claim and the intent.

No transaction is open meanwhile; the lease is renewed before each call, and what was uploaded for
nothing is seen by nobody. Whatever goes wrong here, the part is surely not live.
"""

from datetime import datetime
from functools import partial
from typing import assert_never

from sqlmodel import Session

from bot.desk import Desk
from bot.domain.gate import Stop
from bot.domain.media import Media
from bot.domain.publication import NotLive, PublicationAction, Reason
from bot.ports import Publisher, Upload, Uploaded
from bot.publishing.endings import refuse, stop
from bot.publishing.protocol import Claim, holds
from bot.stops import has_been_live
from storage import blobs, contents, drafts, publications
from storage.models import Publication


def prepare(desk: Desk, publisher: Publisher, held: Claim, part: int) -> tuple[str, ...] | None:
    """Return X's ids of what a part shows; None where the publication goes no further now."""
    ids = []
    for media in _media(desk, held, part):
        upload = _take(desk, held, media)
        if upload is None:
            return None
        match publisher.upload(upload):
            case Uploaded(media_id):
                ids.append(media_id)
            case NotLive() as outcome:
                _refused(desk, held, outcome)
                return None
            case other:
                assert_never(other)
    return tuple(ids)


def _media(desk: Desk, held: Claim, part: int) -> tuple[Media, ...]:
    with desk.database.read() as session:
        publication = publications.get(session, held.publication_id)
        revision = drafts.revision(session, publication.revision_id)
        return contents.loads(revision.content).parts[part].media


def _take(desk: Desk, held: Claim, media: Media) -> Upload | None:
    """Return one picture or video to be given; what was not approved ends the publication.

    Its bytes are read through for their hash, and each piece is held against that once more when
    it is on its way.
    """
    if not renew(desk, held):
        return None
    with desk.database.read() as session:
        verified = blobs.verify(session, media.sha256)
    if verified is None:
        _stop_changed(desk, held)
        return None
    pieces = partial(blobs.again, desk.database, verified)
    return Upload(media, verified.size, pieces, partial(renew, desk, held))


def renew(desk: Desk, held: Claim) -> bool:
    """Let a claim last longer, where it is still the current one and nobody wants it stopped."""
    with desk.database.write() as session:
        publication = publications.get(session, held.publication_id)
        if not holds(publication, held) or publication.stop_asked:
            return False
        publication.lease_until = desk.clock() + desk.policy.waits.lease
        return True


def _stop_changed(desk: Desk, held: Claim) -> None:
    now = desk.clock()
    with desk.write() as session:
        publication = publications.get(session, held.publication_id)
        if holds(publication, held):
            _stop(desk, session, publication, now)


def _stop(desk: Desk, session: Session, publication: Publication, now: datetime) -> None:
    draft = drafts.get(session, publication.draft_id)
    live = has_been_live(session, publication)
    action = PublicationAction.FAIL if live else PublicationAction.CANCEL
    stop(desk, session, draft, publication, Stop(action, Reason.CHANGED), now)


def _refused(desk: Desk, held: Claim, outcome: NotLive) -> None:
    now = desk.clock()
    with desk.write() as session:
        publication = publications.get(session, held.publication_id)
        if holds(publication, held):
            draft = drafts.get(session, publication.draft_id)
            refuse(desk, session, draft, publication, outcome, now)
