"""A draft in a few lines: for lists on the Home tab and in answers to commands."""

from collections.abc import Iterable, Sequence

from bot.domain.address import tweet_address
from bot.domain.card import DraftCard, Offer
from bot.domain.home import PauseCard
from bot.domain.marks import visible
from bot.domain.publication import PublicationState
from handlers.slack import beside, buttons, pictures
from handlers.slack.arrivals import Subject
from handlers.slack.elements import (
    Block,
    Element,
    actions,
    date,
    line,
    link,
    person,
    quote,
    rich_text,
    section,
    shortened,
    words,
)
from handlers.slack.standing import headline
from handlers.slack.text import escape

EXCERPT = 140
"""Characters of a text that tell which one it is."""

WHOLE = 900
"""Characters of a text that a list shows whole; who decides must have seen all of it."""

NO_WORDS = "(no words yet)"

_COMING = (PublicationState.SCHEDULED, PublicationState.HELD, PublicationState.MISSED)


def excerpt(card: DraftCard) -> Block:
    """Return a draft in two lines: where it stands, and how its text begins."""
    more = f" (1 of {len(card.parts)})" if len(card.parts) > 1 else ""
    return rich_text(line(*_head(card)), quote([words(beginning(card) + more)]))


def whole(card: DraftCard) -> Block | None:
    """Return a draft with all that is to be known for a decision, None where it is too much."""
    texts = [visible(part.text) for part in card.parts]
    more = card.findings or card.requests or card.pictures or beside.has_any(card)
    if more or sum(map(len, texts)) > WHOLE or not all(texts):
        return None
    return rich_text(line(*_head(card)), *(quote([words(text)]) for text in texts))


def row(card: DraftCard, wanted: Iterable[Offer], place: str) -> list[Block]:
    """Return a row of those of a card's buttons that are wanted here; nothing where none is."""
    offers = [offer for offer in wanted if offer in card.offers]
    subject = Subject(card.id, card.revision_id)
    elements = buttons.row(card, offers, subject)
    return [actions(elements, f"{place}:{card.id}")] if elements else []


def published(card: DraftCard) -> Block:
    """Return a tweet that is public, with its address."""
    address = next(
        tweet_address(part.tweet_id, card.handle) for part in card.parts if part.tweet_id
    )
    head = [link(address, "See it on X"), words(" · "), *_draft(card)]
    return rich_text(line(*head), quote([words(beginning(card))]))


def recurring(card: DraftCard) -> Block:
    """Return a draft that repeats in two lines: by what rhythm, and how its text begins."""
    again = card.recurrence
    told = shortened(again.words, WHOLE) if again else ""
    head = [words(told[:1].upper() + told[1:], bold=True), words(" · "), *_draft(card)]
    if again:
        head += [words(" for "), person(again.person)]
    if again and again.coming:
        head += [words(" · not drafted yet: from "), date(again.coming)]
    return rich_text(line(*head), quote([words(beginning(card))]))


def beginning(card: DraftCard) -> str:
    """Return what tells which draft it is: how its text begins, or what its pictures show."""
    text = visible(card.parts[0].text).replace("\n", " ")
    shown = " ".join(pictures.told(card.parts))
    return shortened(text or shown, EXCERPT) or NO_WORDS


def banner(pauses: Sequence[PauseCard]) -> list[Block]:
    """Return what stops publishing now, and how it goes on."""
    return [section(_banner(pause)) for pause in pauses[:5]]


def _banner(pause: PauseCard) -> str:
    what = "for all accounts" if pause.account is None else f"for {escape(pause.account)}"
    why = f": {escape(shortened(pause.reason, 200))}" if pause.reason else "."
    who = f"<@{pause.person}>" if pause.person.isalnum() and pause.person.isupper() else "the shell"
    which = f" {escape(pause.account)}" if pause.account else ""
    again = f"An operator lets it go on with `/tweet resume{which}`."
    return f"⏸ *Publishing is paused* {what}, by {who}{why}\n{again}"


def _head(card: DraftCard) -> list[Element]:
    """Return where a draft stands, its number, its author, and when it goes out."""
    return [
        words(headline(card), bold=True),
        words(" · "),
        *_draft(card),
        words(" by "),
        person(card.author),
        *_when(card),
    ]


def _draft(card: DraftCard) -> list[Element]:
    name = f"draft {card.id}"
    return [link(card.link, name)] if card.link else [words(name)]


def _when(card: DraftCard) -> list[Element]:
    if card.publication and card.publication.state in _COMING:
        return [words(" · "), date(card.publication.due_at)]
    if card.publication is None and card.wish and card.wish.at:
        return [words(" · wished for "), date(card.wish.at)]
    return []
