"""Drafts that wait for a slot: whose card names one, and must name another now."""

from sqlalchemy import bindparam, select, text
from sqlmodel import Session, SQLModel

from bot.domain.draft import DraftState
from storage.models import Draft

UNDECIDED = (DraftState.DRAFTING, DraftState.IN_REVIEW, DraftState.CHANGES_REQUESTED)
"""States of a draft that is not approved yet and may be."""

_draft = SQLModel.metadata.tables[str(Draft.__tablename__)]
# spelled out, not bound: the partial index is only used for what is known to satisfy it
_WAITING = (
    select(_draft.c.id)
    .where(_draft.c.account == bindparam("account"), text("wish = 'slot'"))
    .where(_draft.c.state.in_(UNDECIDED), _draft.c.id != bindparam("besides"))
    .with_for_update(skip_locked=True)
)
_TOUCH = (
    _draft.update().where(_draft.c.id == bindparam("draft_id")).values(version=_draft.c.version + 1)
)


def redraw_waiting(session: Session, account: str, besides: int = 0) -> None:
    """Note that the cards of drafts that wait for the next slot show another one now.

    Rows that somebody else is changing are passed over: their cards are redrawn anyway, and
    nobody waits for a lock while holding one.
    """
    whose = {"account": account, "besides": besides}
    for draft_id in session.connection().execute(_WAITING, whose).scalars().all():
        session.connection().execute(_TOUCH, {"draft_id": draft_id})
