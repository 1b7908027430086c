"""The modals: why, when, and which tweet."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.domain.card import DraftCard, Offer
from bot.domain.draft import Wish
from bot.domain.media import LONGEST_ALT
from handlers.slack import pictures
from handlers.slack.arrivals import Subject
from handlers.slack.elements import Block, Element, context, plain
from handlers.slack.ids import ALTS, Choice, Field, alt_field

View = dict[str, Any]

REASON = 500
"""The most characters of a reason, so that every reviewer's fits on the card."""

_REASONS = {
    Offer.REQUEST_CHANGES: ("Request changes", "What should be different?"),
    Offer.REJECT: ("Reject", "Why should this never go out?"),
    Offer.TAKE_DOWN: ("Take down", "Why is it taken down?"),
}
_HINTS = {
    Offer.REQUEST_CHANGES: "The author reads this on the card and edits the message.",
    Offer.REJECT: "The author reads this on the card. The draft ends here.",
    Offer.TAKE_DOWN: "Every public part is deleted on X. The record keeps your reason.",
}
_SAVED = (Offer.WHEN, Offer.ALT_TEXT)
_ALT_RULE = (
    "Alt texts are public. Saving makes a new version, which everybody reviews anew, "
    "and whoever saves is one of its authors: an author cannot approve."
)
_ALT_HINT = "One or two plain sentences for people who cannot see it; say what words are on it."
_RADIO = {Choice.NOW: "As soon as it is approved", Choice.AT: "At a date and time"}


def reason(offer: Offer, subject: Subject) -> View:
    """Return the modal that asks why: for requesting changes, rejecting and taking down."""
    title, label = _REASONS[offer]
    entry: Element = {"type": "plain_text_input", "multiline": True, "focus_on_load": True}
    entry |= {"min_length": 1, "max_length": REASON}
    block = _input(Field.REASON, label, entry, hint=_HINTS[offer])
    return _modal(title, offer, subject, [block])


def when(subject: Subject, wish: Wish | None) -> View:
    """Return the modal that asks when a draft should go out; it starts from the wish."""
    options = {choice: _option(choice, label) for choice, label in _RADIO.items()}
    chosen = Choice.AT if wish and wish.at else Choice.NOW
    radio: Element = {"type": "radio_buttons", "options": list(options.values())}
    radio |= {"initial_option": options[chosen]}
    picker: Element = {"type": "datetimepicker"} | _picked(wish.at if wish else None)
    blocks = [
        _input(Field.WHEN, "When should it go out?", radio),
        _input(Field.AT, "Date and time", picker, optional=True),
        context("Dates and times are in your own time zone, as set in Slack."),
    ]
    return _modal("When", Offer.WHEN, subject, blocks)


def address(subject: Subject) -> View:
    """Return the modal that asks which tweet it is."""
    entry = {
        "type": "plain_text_input",
        "max_length": 300,
        "placeholder": plain("https://x.com/name/status/1234567890"),
    }
    hint = "Open the tweet on X and copy its address. I check that it is the account's."
    block = _input(Field.ADDRESS, "Address of the tweet", entry, hint=hint)
    return _modal("It is live", Offer.SETTLE_LIVE, subject, [block])


def alt_texts(subject: Subject, card: DraftCard) -> View:
    """Return the modal that asks what each picture shows."""
    blocks: list[Block] = [context(_ALT_RULE)]
    for place, picture in enumerate(card.pictures[:ALTS]):
        shown = pictures.thumbnail(place + 1, picture)
        entry: Element = {"type": "plain_text_input", "multiline": True, "min_length": 1}
        entry |= {"max_length": LONGEST_ALT}
        entry |= {"initial_value": picture.alt} if picture.alt else {}
        label = f"What does picture {place + 1} show?"
        blocks += [shown] if shown else []
        blocks.append(_input(alt_field(place), label, entry, hint="" if place else _ALT_HINT))
    return _modal("Alt text", Offer.ALT_TEXT, subject, blocks)


def _modal(title: str, offer: Offer, subject: Subject, blocks: Iterable[Block]) -> View:
    return {
        "type": "modal",
        "callback_id": offer.value,
        "private_metadata": f"{subject}:{offer.value}",
        "title": plain(title),
        "submit": plain("Save" if offer in _SAVED else "Send"),
        "close": plain("Back"),
        "blocks": list(blocks),
    }


def _input(
    field: str, label: str, element: Element, *, hint: str = "", optional: bool = False
) -> Block:
    block: Block = {"type": "input", "block_id": str(field), "label": plain(label)}
    block |= {"element": element | {"action_id": str(field)}, "optional": optional}
    return block | ({"hint": plain(hint)} if hint else {})


def _option(choice: Choice, label: str) -> Element:
    return {"text": plain(label), "value": choice.value}


def _picked(at: datetime | None) -> Element:
    return {"initial_date_time": int(at.timestamp())} if at else {}
