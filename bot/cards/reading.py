"""A card from the rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.cards.slots import read_slot
from bot.domain.card import DraftCard
from bot.domain.card_parts import Fetching, PartCard, PictureCard, PublicationCard
from bot.domain.changes import Change, Fate, changes
from bot.domain.content import Content, told
from bot.domain.destination import LinkCard, urls
from bot.domain.draft import OPEN, DraftState, FileRef, MessageRef
from bot.domain.media import Media
from bot.domain.policy import Policy
from bot.domain.quorum import (
    Decision,
    Reviewing,
    Verdict,
    VerdictKind,
    decide,
    standing,
    waited_for,
)
from bot.domain.recurrence import RecurrenceCard, in_words, occurrences
from bot.domain.tweet import weighted_length
from storage import (
    blobs,
    contents,
    drafts,
    files,
    findings,
    links,
    publications,
    recurrences,
    replies,
    stand_ins,
)
from storage.models import Blob, Draft, Publication, Revision, SourceFile

STUCK = 4
"""So many tries in vain, and the card says that a file does not come."""


def read_card(session: Session, draft: Draft, policy: Policy, now: datetime) -> DraftCard:
    """Return everything that the card of a draft shows at this moment."""
    policy = policy.as_of_now(stand_ins.standing(session, now))
    revision = drafts.revision(session, draft.revision_id)
    content = contents.loads(revision.content)
    publication = publications.of_draft(session, revision.draft_id)
    reviewing = drafts.read_reviews(session, draft)
    verdict = decide(policy.quorum, reviewing, now)
    reviewed = _reviewed(session, draft, reviewing)
    attached = files.current(session, revision.draft_id)
    return DraftCard(
        id=revision.draft_id,
        version=draft.version,
        revision_id=draft.revision_id,
        revision=revision.number,
        state=draft.state,
        author=draft.author,
        source=drafts.source(draft),
        card=_card_ref(draft),
        handle=policy.handle(draft.account),
        content=content,
        parts=_parts(session, content, publication, _refs(attached), _stored(session, content)),
        findings=findings.of_revision(session, draft.revision_id),
        verdict=verdict,
        missing=_missing(draft, policy, reviewing, verdict),
        requests=_requests(policy, reviewing, now),
        wish=drafts.wish(draft),
        publication=_publication(publication),
        asked_revision=draft.asked_revision,
        link=draft.card_link,
        status=_status_ref(draft),
        stand_ins=policy.quorum.stand_ins,
        replies=replies.count(session, revision.draft_id),
        reviewed_revision=reviewed.number if reviewed else 0,
        changes=_changes(reviewed, content),
        slot=read_slot(session, policy, draft, now) if draft.state in OPEN else None,
        writer=revision.author,
        posted=draft.posted,
        fetching=_fetching(draft, attached),
        files=tuple(FileRef(row.ref, files.part_of(row)) for row in attached),
        links=_links(session, revision.draft_id, content),
        recurrence=_recurrence(session, draft, policy),
    )


def read_verdict(session: Session, draft: Draft, policy: Policy, now: datetime) -> Verdict:
    """Return what the quorum concludes of the current revision as of now."""
    quorum = policy.as_of_now(stand_ins.standing(session, now)).quorum
    return decide(quorum, drafts.read_reviews(session, draft), now)


def _card_ref(draft: Draft) -> MessageRef | None:
    if draft.card_channel is None or draft.card_ts is None:
        return None
    return MessageRef(draft.front, draft.card_channel, draft.card_ts)


def _reviewed(session: Session, draft: Draft, reviewing: Reviewing) -> Revision | None:
    """Return the revision before this one that was reviewed last, while that is of interest."""
    earlier = {review.revision for review in reviewing.reviews} - {draft.revision_id}
    if not earlier or draft.state not in OPEN:
        return None
    return drafts.revision(session, max(earlier))


def _changes(reviewed: Revision | None, content: Content) -> tuple[Change, ...]:
    """Return what is different since then, nothing where the text came back."""
    if reviewed is None:
        return ()
    found = changes(told(contents.loads(reviewed.content)), told(content))
    return found if any(change.fate is not Fate.KEPT for change in found) else ()


def _status_ref(draft: Draft) -> MessageRef | None:
    return MessageRef(draft.front, draft.channel, draft.status_ts) if draft.status_ts else None


def _parts(
    session: Session,
    content: Content,
    publication: Publication | None,
    refs: Mapping[str, str],
    stored: Mapping[str, Blob],
) -> tuple[PartCard, ...]:
    rows = publications.parts(session, publication.id or 0) if publication else ()
    shown = {row.part: row for row in rows}
    return tuple(
        PartCard(
            text=part.text,
            length=weighted_length(part.text),
            tweet_id=shown[n].tweet_id if n in shown else None,
            removed=n in shown and shown[n].removed_at is not None,
            pictures=tuple(
                _picture(one, refs.get(one.sha256), stored.get(one.sha256)) for one in part.media
            ),
            poll=part.poll,
        )
        for n, part in enumerate(content.parts)
    )


def _stored(session: Session, content: Content) -> dict[str, Blob]:
    return blobs.about(session, [one.sha256 for part in content.parts for one in part.media])


def _picture(media: Media, file: str | None, stored: Blob | None) -> PictureCard:
    if stored is None:
        return PictureCard(media.kind, media.format, media.alt, file)
    seconds = None if stored.length_ms is None else stored.length_ms / 1000
    return PictureCard(media.kind, media.format, media.alt, file, stored.size, seconds)


def _refs(attached: Sequence[SourceFile]) -> dict[str, str]:
    """Return what the chat calls the file that each stored picture came in."""
    return {row.sha256: row.ref for row in attached if row.sha256 is not None}


def _fetching(draft: Draft, attached: Sequence[SourceFile]) -> Fetching | None:
    waiting = [row for row in attached if files.is_waiting(row)]
    if not waiting or draft.state is not DraftState.DRAFTING:
        return None
    return Fetching(len(waiting), stuck=any(row.failures >= STUCK for row in waiting))


def _links(session: Session, draft_id: int, content: Content) -> tuple[LinkCard, ...]:
    """Return where the links lead that stand in the content now."""
    named = urls(content)
    rows = links.of_draft(session, draft_id) if named else ()
    return tuple(links.as_card(row) for row in rows if row.url in named)


def _missing(
    draft: Draft, policy: Policy, reviewing: Reviewing, verdict: Verdict
) -> tuple[str, ...]:
    if draft.state is not DraftState.IN_REVIEW or verdict.kind is VerdictKind.COMPLETE:
        return ()
    return tuple(sorted(waited_for(policy.quorum, reviewing, verdict)))


def _requests(policy: Policy, reviewing: Reviewing, now: datetime) -> tuple[tuple[str, str], ...]:
    against = (Decision.REQUEST_CHANGES, Decision.REJECT)
    latest = standing(policy.quorum, reviewing, now)
    return tuple((who, w.reason) for who, w in latest.items() if w.decision in against)


def _recurrence(session: Session, draft: Draft, policy: Policy) -> RecurrenceCard | None:
    row = recurrences.open_of(session, draft.id or 0)
    if row is None:
        return None
    known, zone = recurrences.read(row), policy.zone_of(draft.account)
    coming = next(occurrences(known, zone, row.done), None)
    words = f"{in_words(known)} ({zone.key})"
    return RecurrenceCard(row.draft_id, row.person, words, coming.at if coming else None)


def _publication(row: Publication | None) -> PublicationCard | None:
    if row is None:
        return None
    return PublicationCard(
        id=row.id or 0,
        state=row.state,
        reason=row.reason,
        detail=row.detail,
        due_at=row.due_at,
        asks=row.asks,
        settling=row.settle is not None,
        stop_asked=row.stop_asked,
    )
