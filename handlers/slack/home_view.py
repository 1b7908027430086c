"""The Home tab as Slack takes it: what waits, what is mine, what comes, what is out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.domain.card import DraftCard, Offer
from bot.domain.days import spelled
from bot.domain.home import FreeSlot, Home, Listed
from handlers.slack.elements import Block, context, header, hour, section
from handlers.slack.lines import banner, excerpt, published, recurring, row, whole

View = dict[str, Any]

MOST = 100
"""Blocks of a view, at most (docs.slack.dev)."""

SHOWN_FREE = 8
"""The most free slots of one day that are named."""

_DECIDE = (Offer.APPROVE, Offer.REQUEST_CHANGES, Offer.REJECT)
_MEND = (
    Offer.SETTLE_LIVE,
    Offer.SETTLE_NOT_LIVE,
    Offer.RETRY,
    Offer.WHEN,
    Offer.NEXT_SLOT,
    Offer.CANCEL,
)
_STEER = (Offer.ALT_TEXT, Offer.WHEN, Offer.NEXT_SLOT, Offer.CANCEL, Offer.RETRY, Offer.WITHDRAW)
_MOVE = (Offer.WHEN, Offer.NEXT_SLOT, Offer.CANCEL)

EMPTY = "Nothing waits for you."
NO_DRAFTS = "You have no open draft. Write a message in <#{channel}> and it becomes one."
NOTHING_COMES = "Nothing is scheduled for the next seven days."
NOTHING_OUT = "Nothing has been published yet."
ON_CARD = "Please decide on its card: there is more to be seen than fits here."
MORE_REPEATS = "And more. `/tweet repeats` shows all of them."
ZONE = "Days are meant in {zone}. This page follows what happens for an hour after you open it."
STRANGER = "Unpublished drafts are shown to those who write them and decide on them."


def home_view(home: Home, channel: str) -> View:
    """Return the view of one person, within Slack's limits."""
    blocks = [*banner(home.pauses)]
    if home.concerned:
        blocks += [*_waiting(home.waiting), *_mine(home.mine, channel), *_coming(home)]
    else:
        blocks += [*_mine(home.mine, channel), context(STRANGER)]
    blocks += [*_recurring(home), *_published(home), context(ZONE.format(zone=home.zone.key))]
    return {"type": "home", "blocks": blocks[:MOST]}


def _waiting(listed: Listed) -> Iterator[Block]:
    yield header("Waiting for you")
    if not listed.drafts:
        yield section(EMPTY)
    for card in listed.drafts:
        shown = whole(card)
        decide = _DECIDE if shown else ()
        yield shown or excerpt(card)
        yield from row(card, (*decide, *_MEND) if card.publication else decide, "waiting")
        if shown is None and Offer.APPROVE in card.offers:
            yield context(ON_CARD)
    yield from _more(listed)


def _mine(listed: Listed, channel: str) -> Iterator[Block]:
    yield header("My drafts")
    if not listed.drafts:
        yield section(NO_DRAFTS.format(channel=channel))
    for card in listed.drafts:
        yield excerpt(card)
        yield from row(card, _STEER, "mine")
    yield from _more(listed)


def _coming(home: Home) -> Iterator[Block]:
    yield header("Next up")
    if not any(day.drafts for day in home.days):
        yield section(NOTHING_COMES)
    for day in home.days:
        yield section(f"*{spelled(day.date)}*{_free(day.free)}")
        yield from _each(day.drafts, "next")


def _free(slots: Sequence[FreeSlot]) -> str:
    """Return the slots of a day that nobody has, of each account in the order of its first."""
    if not slots:
        return ""
    shown = slots[:SHOWN_FREE]
    names = dict.fromkeys(slot.handle for slot in shown)
    said = [
        f"@{name} " + ", ".join(hour(slot.at) for slot in shown if slot.handle == name)
        for name in names
    ]
    more = f" and {len(slots) - len(shown)} more" if len(slots) > len(shown) else ""
    return f" · free: {'; '.join(said)}{more}"


def _each(cards: Iterable[DraftCard], place: str) -> Iterator[Block]:
    for card in cards:
        yield excerpt(card)
        yield from row(card, _MOVE, place)


def _recurring(home: Home) -> Iterator[Block]:
    if home.recurring:
        yield header("Repeating for you")
    for card in home.recurring:
        yield recurring(card)
        yield from row(card, (Offer.STOP_REPEATING,), "repeats")
    if home.more_recurring:
        yield context(MORE_REPEATS)


def _published(home: Home) -> Iterator[Block]:
    yield header("Recently published")
    if not home.published:
        yield section(NOTHING_OUT)
    for card in home.published:
        yield published(card)
        if home.concerned:
            yield from row(card, (Offer.TAKE_DOWN,), "published")


def _more(listed: Listed) -> Iterator[Block]:
    if listed.more:
        yield context(f"And {listed.more} more. `/tweet show` and its number shows one.")
