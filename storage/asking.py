"""Since when the reviewers of a draft are waited for, and when they are reminded next."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, SQLModel, col, select

from bot.domain.draft import DraftState
from storage.models import Draft

_draft = SQLModel.metadata.tables["draft"]
_DECIDABLE = (DraftState.IN_REVIEW, DraftState.CHANGES_REQUESTED, DraftState.APPROVED)

_DUE = (
    select(Draft.id)
    .where(col(Draft.remind_at) <= bindparam("now"))
    .order_by(col(Draft.remind_at))
    .limit(1)
)


def begin(draft: Draft, now: datetime) -> None:
    """Let the wait for reviewers begin anew; the first look comes at once."""
    draft.asked_at = draft.remind_at = now


def due(session: Session, now: datetime) -> int | None:
    """Return the draft whose reviewers are to be looked after first, if any are now."""
    return session.exec(_DUE, params={"now": now}).first()


def redraw_decidable(session: Session) -> None:
    """Note that the cards of all drafts that can be decided on must be redrawn."""
    session.flush()
    query = _draft.update().where(_draft.c.state.in_(_DECIDABLE))
    session.connection().execute(query.values(version=_draft.c.version + 1))
    session.expire_all()


def approved(session: Session) -> list[int]:
    """Return every draft that is approved and not public."""
    query = select(Draft.id).where(Draft.state == DraftState.APPROVED)
    return [draft_id for draft_id in session.exec(query) if draft_id]
