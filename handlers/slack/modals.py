"""The modals: why, when, which tweet, and what an approval answers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.domain.card import DraftCard, Offer
from bot.domain.draft import Wish
from bot.domain.duty import duty
from bot.domain.finding import Finding, Severity
from bot.domain.media import LONGEST_ALT
from handlers.slack import pictures
from handlers.slack.arrivals import Subject
from handlers.slack.elements import Block, Element, context, plain, shortened
from handlers.slack.ids import ALTS, TICK, Choice, Field, alt_field, finding_block

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
_BOXES = {
    Severity.WARN: "I have looked at this, and it may go out",
    Severity.ATTEST: "I confirm this",
}
_MOST_BOXES = 95  # Slack takes 100 blocks
_ANSWERS = "Your answers are kept with your approval, for this version of the text alone."
_SUBMIT = {Offer.WHEN: "Save", Offer.ALT_TEXT: "Save", Offer.APPROVE: "Approve"}
_LABEL, _HINT = 1_900, 300  # Slack takes 2,000 characters of each
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


def approval(subject: Subject, findings: Iterable[Finding]) -> View:
    """Return the modal that asks a reviewer to answer what was found, each rule once."""
    rules = tuple({finding.rule: finding for finding in findings}.values())
    sorted_rules = [f for severity in _BOXES for f in rules if f.severity is severity]
    boxes = [_box(finding) for finding in sorted_rules[:_MOST_BOXES]]
    typed: Element = {"type": "plain_text_input", "multiline": True, "max_length": REASON}
    needed = duty(rules).note
    label = "Why may it go out as it is?" if needed else "A note"
    note = _input(Field.NOTE, label, typed, hint="Kept beside your name.", optional=not needed)
    return _modal("Approve", Offer.APPROVE, subject, [context(_ANSWERS), *boxes, note])


def _box(finding: Finding) -> Block:
    option = {"text": plain(_BOXES[finding.severity]), "value": finding.rule}
    box: Element = {"type": "checkboxes", "options": [option], "action_id": TICK}
    said = f"{finding.title}: {finding.message}" if finding.title else finding.message
    block: Block = {"type": "input", "block_id": finding_block(finding.rule), "element": box}
    block |= {"label": plain(shortened(said, _LABEL)), "optional": False}
    cited = finding.citation
    source = shortened(f"{cited.title}, {cited.clause}", _HINT) if cited else ""
    return block | ({"hint": plain(source)} if source else {})


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
        "submit": plain(_SUBMIT.get(offer, "Send")),
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
