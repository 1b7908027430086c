"""Writing a new revision of a draft, inside a transaction that is open already."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.desk import Desk, record
from bot.domain.audit import Actor, AuditAction
from bot.domain.content import Content, with_media
from bot.domain.destination import Condition, urls
from bot.domain.draft import DraftAction
from bot.domain.finding import Finding, Severity, blocks
from bot.guidelines import examine
from bot.repeating import RULE as REPEAT
from bot.repeating import repeats
from bot.stops import cancel_open
from storage import contents, drafts, files, findings, links
from storage.models import Draft, LinkRow, SourceFile

FRESH = timedelta(minutes=10)
"""For how long it need not be asked again where a link leads to which no rule objects."""

UNUSABLE = "File {number} cannot go out: {why}"

Attached = Sequence[tuple[int, SourceFile | None]]
"""Files with the part that each belongs to; None is one that nobody has seen yet."""


REFUSED = Finding(
    "privacy:refused",
    Severity.BLOCK,
    "The newest edit of the message was not taken over: it seems to hold patient data. What you "
    "see here is the text before it. Its author was told what to do.",
)
"""What a draft says of itself while its message holds what must not be stored."""

UNSEARCHED = replace(
    REFUSED,
    message="The newest edit of the message was not taken over: names could not be looked for in "
    "it. What you see here is the text before it. Its author was told what to do.",
)
"""The same while nobody knows whether it does."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a revision would say; while files or links are still to be seen nobody can decide."""

    content: Content
    findings: tuple[Finding, ...]
    fetching: bool = False
    looking: bool | None = None
    """Whether somebody has still to look where its links lead; None before that was asked."""

    @property
    def is_reviewable(self) -> bool:
        """Whether it is complete and nothing stops it."""
        return not (self.fetching or self.looking or blocks(self.findings))


def version(
    desk: Desk,
    content: Content,
    of_chat: tuple[Finding, ...],
    attached: Attached,
    alts: Mapping[str, str],
) -> Version:
    """Return what a text and the files with it amount to."""
    if any(row is None or files.is_waiting(row) for _, row in attached):
        bare = replace(content, parts=with_media(content.parts, ()))
        return Version(
            bare, (*of_chat, *examine(bare, desk.guidelines, fetching=True)), fetching=True
        )
    found = ((part, files.as_media(row)) for part, row in attached if row is not None)
    media = [(part, replace(one, alt=alts.get(one.sha256, ""))) for part, one in found if one]
    drawn = replace(content, parts=with_media(content.parts, media))
    return whole(desk, drawn, of_chat, attached)


def attached_to(session: Session, draft: Draft) -> Attached:
    """Return the files that are with a draft now."""
    return [(files.part_of(row), row) for row in files.current(session, draft.id or 0)]


def whole(
    desk: Desk, content: Content, of_chat: tuple[Finding, ...], attached: Attached
) -> Version:
    """Return what a content amounts to that has all its pictures."""
    return Version(content, (*of_chat, *_refused(attached), *examine(content, desk.guidelines)))


def with_repeats(desk: Desk, session: Session, draft: Draft, new: Version) -> Version:
    """Return the version with a warning where the account says nearly the same these days."""
    found = repeats(desk, session, draft, new.content, desk.clock())
    return replace(new, findings=(*new.findings, *found))


def with_links(desk: Desk, session: Session, draft: Draft, new: Version) -> Version:
    """Return the version as one that waits for a look at its links, where one is needed.

    One that is dead, or leads where a rule objects, is always looked at anew: whoever writes again
    may have mended that.
    """
    if desk.follow is None or new.looking is not None:
        return new
    rows = links.put(session, draft.id or 0, urls(new.content))
    for row in rows:
        if not _is_fresh(desk, row):
            links.ask_again(row)
    return replace(new, looking=any(row.condition is None for row in rows))


def _is_fresh(desk: Desk, row: LinkRow) -> bool:
    good = row.condition in (Condition.ANSWERS, Condition.UNKNOWN) and not row.breaks
    return good and row.looked_at is not None and desk.clock() - row.looked_at < FRESH


def lasting(desk: Desk, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that follow from a content alone, whatever the day and the network."""
    return tuple(f for f in desk.guidelines.without_links(found) if f.rule != REPEAT)


def write(
    desk: Desk, session: Session, draft: Draft, actor: Actor, author: str, new: Version, why: str
) -> None:
    """Freeze a version; earlier reviews stop counting, and an open publication is cancelled.

    `author` is whoever wrote it, `actor` who acts: that may be the bot.
    """
    now, new = (
        desk.clock(),
        with_links(desk, session, draft, with_repeats(desk, session, draft, new)),
    )
    cancel_open(session, draft, actor, now, why)
    freeze(session, draft, author, new, now)
    step = DraftAction.REVISE if new.is_reviewable else DraftAction.BLOCK
    drafts.move(session, draft, step)
    record_version(desk, session, draft, actor, AuditAction.DRAFT_REVISE, new, why=why)


def freeze(session: Session, draft: Draft, author: str, new: Version, now: datetime) -> None:
    """Add a version as the draft's revision, with where its links lead once that is known."""
    drafts.add_revision(session, draft, author, new.content, new.findings, now)
    if new.looking is False:
        links.keep(session, draft.revision_id, links.of_draft(session, draft.id or 0))


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
    return findings.of_revision(session, draft.revision_id) in ((REFUSED,), (UNSEARCHED,))


def alt_texts(session: Session, draft: Draft) -> dict[str, str]:
    """Return the newest alt text that each picture of a draft was ever given, by its hash."""
    written = (contents.loads(row.content) for row in drafts.revisions(session, draft.id or 0))
    media = (one for content in written for part in content.parts for one in part.media)
    return {one.sha256: one.alt for one in media if one.alt}


def _refused(attached: Attached) -> Iterator[Finding]:
    """Yield which files cannot go out, counted in the part that each belongs to."""
    before: Counter[int] = Counter()
    for part, row in attached:
        before[part] += 1
        if row is not None and row.refusal is not None:
            several = f"{before[part]} of part {part + 1}" if part else str(before[part])
            words = UNUSABLE.format(number=several, why=row.refusal)
            yield Finding("media:unusable", Severity.BLOCK, words, part)
