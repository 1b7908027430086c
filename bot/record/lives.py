"""Reading the life of a draft from the rows."""

import json
from collections.abc import Sequence

from sqlmodel import Session

from bot.desk import Desk
from bot.domain.address import tweet_address
from bot.domain.audit import Role
from bot.domain.life import Decided, Deed, Life, LivePart, Look, Published, Removed, Said, Version
from bot.domain.links import links
from bot.domain.policy import Policy
from bot.errors import RefusedError
from storage import audit, contents, drafts, findings, publications, purges, replies, selecting
from storage import links as led
from storage.models import AuditEntry, Draft, LookRow, Publication, ReviewRow, Revision

STRANGER = "Only reviewers and operators can look at the record. Please ask one of them."


def read_life(session: Session, draft_id: int, policy: Policy) -> Life:
    """Return everything that is kept of a draft; RefusedError where there is none."""
    draft = drafts.get(session, draft_id)
    revisions = drafts.revisions(session, draft_id)
    numbers = {revision.id: revision.number for revision in revisions}
    handle = policy.handle(draft.account)
    return Life(
        id=draft_id,
        account=draft.account,
        handle=handle,
        author=draft.author,
        state=draft.state,
        front=draft.front,
        channel=draft.channel,
        message=draft.ts,
        created_at=draft.created_at,
        versions=tuple(_version(session, draft, revision) for revision in revisions),
        publications=tuple(
            _published(session, row, numbers.get(row.revision_id, 0), handle)
            for row in publications.every_of_draft(session, draft_id)
        ),
        discussion=tuple(
            Said(row.created_at, row.person, row.text, row.deleted_at)
            for row in replies.of_draft(session, draft_id)
        ),
        record=read_record(session, draft_id),
        removed=_removed(session, draft_id),
    )


def look_back(desk: Desk, draft_id: int, person: str) -> tuple[Deed, ...]:
    """Return a draft's history to a reviewer or an operator; RefusedError to anybody else."""
    with desk.database.read() as session:
        if desk.team(session).actor(person).role not in (Role.REVIEWER, Role.OPERATOR):
            raise RefusedError(STRANGER)
        drafts.get(session, draft_id)
        return read_record(session, draft_id)


def read_record(session: Session, draft_id: int) -> tuple[Deed, ...]:
    """Return what the record says of a draft, oldest first."""
    revisions = drafts.revisions(session, draft_id)
    return tuple(_deed(entry, revisions) for entry in audit.of_draft(session, draft_id))


def _deed(entry: AuditEntry, revisions: Sequence[Revision]) -> Deed:
    return Deed(
        sequence=entry.sequence,
        at=entry.at,
        actor=entry.actor,
        role=entry.role,
        action=entry.action,
        version=_version_at(entry, revisions),
        detail=json.loads(entry.detail),
        hash=entry.hash,
    )


def _version_at(entry: AuditEntry, revisions: Sequence[Revision]) -> int | None:
    """Return which version an entry is about: a text that came back has several."""
    meant = (r for r in revisions if r.fingerprint == entry.fingerprint)
    return max((r.number for r in meant if r.created_at <= entry.at), default=None)


def _version(session: Session, draft: Draft, revision: Revision) -> Version:
    content = contents.loads(revision.content)
    parts = tuple(part.text for part in content.parts)
    reviews = selecting.reviews_of(session, draft.id or 0)
    return Version(
        number=revision.number,
        author=revision.author,
        at=revision.created_at,
        fingerprint=revision.fingerprint,
        parts=parts,
        links=tuple(dict.fromkeys(link.url for text in parts for link in links(text))),
        findings=findings.of_revision(session, revision.id or 0),
        decisions=tuple(_decided(row) for row in reviews if row.revision_id == revision.id),
        polls=tuple(part.poll for part in content.parts),
        answers=tweet_address(content.reply_to) if content.reply_to else "",
        sources=content.sources,
        authorization=content.authorization,
        pictures=tuple(part.media for part in content.parts),
        looks=tuple(map(_look, led.looks_of(session, revision.id or 0))),
    )


def _look(row: LookRow) -> Look:
    return Look(
        at=row.looked_at,
        url=row.url,
        condition=row.condition,
        host=row.host,
        title=row.title,
        trust=row.trust,
        why=row.why,
        rules=tuple(row.breaks.split()),
    )


def _decided(row: ReviewRow) -> Decided:
    answered = tuple(json.loads(row.acknowledged)), tuple(json.loads(row.attested))
    return Decided(row.created_at, row.reviewer, row.decision, row.reason, *answered)


def _published(session: Session, row: Publication, version: int, handle: str) -> Published:
    parts = tuple(
        LivePart(
            part=part.part,
            tweet_id=part.tweet_id,
            address=tweet_address(part.tweet_id, handle),
            text=part.returned_text,
            live_at=part.live_at,
            removed_at=part.removed_at,
        )
        for part in publications.parts(session, row.id or 0)
        if part.tweet_id
    )
    return Published(version, row.state, row.reason, row.detail, row.due_at, parts)


def _removed(session: Session, draft_id: int) -> Removed | None:
    row = purges.purged(session, draft_id)
    return Removed(row.at, row.actor) if row else None
