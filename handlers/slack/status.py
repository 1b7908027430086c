"""The status in an author's thread, where the card stands in a channel for reviewers."""

from bot.domain.card import DraftCard, Offer
from handlers.slack import buttons, remarks
from handlers.slack.arrivals import Subject
from handlers.slack.blocks import Drawn
from handlers.slack.elements import actions, section
from handlers.slack.ids import OFFERS, status_block
from handlers.slack.standing import explanation, headline
from handlers.slack.text import escape

ROOM = 6_000
"""The most characters of remarks; the card itself has them all."""

_OF_AUTHORS = (
    Offer.SETTLE_LIVE,
    Offer.SETTLE_NOT_LIVE,
    Offer.RETRY,
    Offer.ALT_TEXT,
    Offer.WHEN,
    Offer.CANCEL,
    Offer.WITHDRAW,
    Offer.TAKE_DOWN,
    Offer.REPEAT,
    Offer.STOP_REPEATING,
)


def draw_status(card: DraftCard) -> Drawn:
    """Return where a draft stands, what was said of it, and what its author can do."""
    address = card.link or ""
    where = f" · <{address}|its card>" if address else ""
    head = section(f"*{headline(card)}* · draft {card.id}{where}", status_block(card.id))
    told = explanation(card)
    offers = [offer for offer in _OF_AUTHORS if offer in card.offers]
    subject = Subject(card.id, card.revision_id)
    row = [actions(buttons.row(card, offers, subject), OFFERS)] if offers else []
    rest = [section(told)] if told else []
    blocks = [head, *rest, *remarks.blocks(card, ROOM), *row]
    return Drawn(f"{escape(headline(card))}: draft {card.id}. {told}".strip(), blocks)
