"""Writing a new revision of a draft, inside a transaction that is open already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from bot.desk import Desk, record
from bot.domain.audit import Actor, AuditAction
from bot.domain.content import Content, with_media
from bot.domain.draft import DraftAction
from bot.domain.finding import Finding, Severity, blocks
from bot.guidelines import examine
from bot.repeating import repeats
from bot.stops import cancel_open
from storage import contents, drafts, files, findings
from storage.models import Draft, SourceFile

UNUSABLE = "Picture {number} cannot go out: {why}"


REFUSED = Finding(
    "privacy:refused",
    Severity.BLOCK,
    "The newest edit of the message was not taken over: it seems to hold patient data. What you "
    "see here is the text before it. Its author was told what to do.",
)
"""What a draft says of itself while its message holds what must not be stored."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a revision would say; while files are still to be fetched nobody can decide on it."""

    content: Content
    findings: tuple[Finding, ...]
    fetching: bool = False

    @property
    def is_reviewable(self) -> bool:
        """Whether it is complete and nothing stops it."""
        return not self.fetching and not blocks(self.findings)


def version(
    desk: Desk,
    content: Content,
    of_chat: tuple[Finding, ...],
    attached: Sequence[SourceFile | None],
    alts: Mapping[str, str],
) -> Version:
    """Return what a text and the files with it amount to; None is a file nobody has seen yet."""
    if any(row is None or files.is_waiting(row) for row in attached):
        bare = replace(content, parts=with_media(content.parts, ()))
        return Version(
            bare, (*of_chat, *examine(bare, desk.guidelines, fetching=True)), fetching=True
        )
    rows = [row for row in attached if row is not None]
    media = [replace(m, alt=alts.get(m.sha256, "")) for m in map(files.as_media, rows) if m]
    return whole(
        desk, replace(content, parts=with_media(content.parts, tuple(media))), of_chat, rows
    )


def whole(
    desk: Desk, content: Content, of_chat: tuple[Finding, ...], attached: Sequence[SourceFile]
) -> Version:
    """Return what a content amounts to that has all its pictures."""
    return Version(content, (*of_chat, *_refused(attached), *examine(content, desk.guidelines)))


def with_repeats(desk: Desk, session: Session, draft: Draft, new: Version) -> Version:
    """Return the version with a warning where the account says nearly the same these days."""
    found = repeats(desk, session, draft, new.content, desk.clock())
    return replace(new, findings=(*new.findings, *found))


def write(
    desk: Desk, session: Session, draft: Draft, actor: Actor, author: str, new: Version, why: str
) -> None:
    """Freeze a version; earlier reviews stop counting, and an open publication is cancelled.

    `author` is whoever wrote it, `actor` who acts: that may be the bot.
    """
    now, new = desk.clock(), with_repeats(desk, session, draft, new)
    cancel_open(session, draft, actor, now, why)
    drafts.add_revision(session, draft, author, new.content, new.findings, now)
    step = DraftAction.REVISE if new.is_reviewable else DraftAction.BLOCK
    drafts.move(session, draft, step)
    record_version(desk, session, draft, actor, AuditAction.DRAFT_REVISE, new, why=why)


def record_version(
    desk: Desk,
    session: Session,
    draft: Draft,
    actor: Actor,
    action: AuditAction,
    new: Version,
    **detail: str | int,
) -> None:
    """Record a new revision, and what judged it."""
    found, judged = len(new.findings), desk.guidelines.version
    detail |= {"findings": found, "judged_by": judged}
    if new.content.authorization:
        detail["authorization"] = "stated"  # which one it is stands in the revision alone
    record(session, desk.clock(), actor, action, draft, **detail)


def is_void(session: Session, draft: Draft) -> bool:
    """Whether only an edit of its message that takes the patient data out can change a draft."""
    return findings.of_revision(session, draft.revision_id) == (REFUSED,)


def alt_texts(session: Session, draft: Draft) -> dict[str, str]:
    """Return the newest alt text that each picture of a draft was ever given, by its hash."""
    written = (contents.loads(row.content) for row in drafts.revisions(session, draft.id or 0))
    media = (one for content in written for part in content.parts for one in part.media)
    return {one.sha256: one.alt for one in media if one.alt}


def _refused(rows: Sequence[SourceFile]) -> list[Finding]:
    return [
        Finding(
            "media:unusable", Severity.BLOCK, UNUSABLE.format(number=number, why=row.refusal), 0
        )
        for number, row in enumerate(rows, 1)
        if row.refusal is not None
    ]
