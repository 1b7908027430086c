"""Alt texts: somebody says what the pictures of a draft show."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.desk import Desk
from bot.domain.audit import Actor
from bot.domain.card import DraftCard
from bot.domain.content import Content, described, told
from bot.domain.draft import OPEN
from bot.domain.finding import of_chat
from bot.domain.media import Media
from bot.domain.tweet import normalise
from bot.errors import RefusedError
from bot.revising import attached_to, is_void, whole, write
from bot.workflow.exposing import refuse_content
from bot.workflow.scheduling import trusted
from bot.workflow.stopping import refuse_out_of_reach
from storage import contents, drafts, findings
from storage.models import Draft

STALE = "The draft was changed since you opened this. Please close it and look at the card again."
FINISHED = "This draft is finished; nothing of it can be changed any more."
VOID = "The message holds patient data. Please take it out there first, then describe the pictures."
NO_PICTURES = "This draft has no pictures that X takes words for."
WHY = "its alt texts were written"


def refuse_describing(desk: Desk, draft_id: int, revision_id: int, person: str) -> DraftCard:
    """Return the draft, or raise RefusedError where `describe` would, before somebody types."""
    with desk.database.read() as session:
        draft = drafts.get(session, draft_id)
        _allowed(desk, session, draft, revision_id, person)
        return desk.card(session, draft)


def describe(
    desk: Desk, draft_id: int, revision_id: int, person: str, alts: Sequence[str]
) -> DraftCard:
    """Give each picture of a draft its alt text; that is a new revision, written by the person."""
    with desk.write() as session:
        draft = drafts.get(session, draft_id)
        actor = _allowed(desk, session, draft, revision_id, person)
        content = contents.loads(drafts.revision(session, revision_id).content)
        if len(alts) != len(_described(content)):
            raise RefusedError(STALE)
        new = described(content, tuple(map(_tidy, alts)))
        # a name may be harmless until it stands beside the text
        refuse_content(desk, told(new), new.authorization)
        if new != content:
            _write(desk, session, draft, actor, new)
        return desk.card(session, draft)


def _write(desk: Desk, session: Session, draft: Draft, actor: Actor, content: Content) -> None:
    said = of_chat(findings.of_revision(session, draft.revision_id))
    new = whole(desk, content, said, attached_to(session, draft))
    write(desk, session, draft, actor, actor.id, new, WHY)


def _allowed(desk: Desk, session: Session, draft: Draft, revision_id: int, person: str) -> Actor:
    actor = trusted(desk, session, draft, person)
    if draft.revision_id != revision_id:
        raise RefusedError(STALE)
    if draft.state not in OPEN:
        raise RefusedError(FINISHED)
    refuse_out_of_reach(session, draft)
    if is_void(session, draft):
        raise RefusedError(VOID)
    content = contents.loads(drafts.revision(session, revision_id).content)
    if not _described(content):
        raise RefusedError(NO_PICTURES)
    return actor


def _described(content: Content) -> list[Media]:
    return [one for part in content.parts for one in part.media if one.is_described]


def _tidy(alt: str) -> str:
    """Return an alt text on one line: readers aloud make nothing of line ends."""
    return " ".join(normalise(alt).split())
