"""Looking at a draft."""

from bot.desk import Desk
from bot.domain.card import DraftCard
from storage import drafts


def look(desk: Desk, draft_id: int) -> DraftCard:
    """Return a draft as people see it; RefusedError where there is none."""
    with desk.database.read() as session:
        return desk.card(session, drafts.get(session, draft_id))
