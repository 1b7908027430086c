"""The modals: why, which tweet, what an approval answers; *When* and the composer are elsewhere."""

from collections.abc import Iterable
from typing import Any

from bot.domain.card import DraftCard, Offer
from bot.domain.card_parts import PictureCard
from bot.domain.duty import duty
from bot.domain.finding import Finding, Severity
from bot.domain.media import LONGEST_ALT, MOST, is_described
from handlers.slack import beside, pictures
from handlers.slack.arrivals import Subject
from handlers.slack.elements import Block, Element, context, option, plain, shortened
from handlers.slack.ids import TICK, Field, alt_field, finding_block

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
_LABEL, _HINT = 1_900, 300  # Slack takes 2,000 characters of each
TYPED = 3_000
"""The most characters of an input (docs.slack.dev, plain-text input)."""
_ALT_RULE = (
    "Alt texts are public. Saving makes a new version, which everybody reviews anew, "
    "and whoever saves is one of its authors: an author cannot approve."
)
_ALT_HINT = "One or two plain sentences for people who cannot see it; say what words are on it."


def reason(offer: Offer, subject: Subject) -> View:
    """Return the modal that asks why: for requesting changes, rejecting and taking down."""
    title, label = _REASONS[offer]
    entry: Element = {"type": "plain_text_input", "multiline": True, "focus_on_load": True}
    entry |= {"min_length": 1, "max_length": REASON}
    block = field(Field.REASON, label, entry, hint=_HINTS[offer])
    return modal(title, offer, subject, [block])


def address(subject: Subject) -> View:
    """Return the modal that asks which tweet it is."""
    entry = {
        "type": "plain_text_input",
        "max_length": 300,
        "placeholder": plain("https://x.com/name/status/1234567890"),
    }
    hint = "Open the tweet on X and copy its address. I check that it is the account's."
    block = field(Field.ADDRESS, "Address of the tweet", entry, hint=hint)
    return modal("It is live", Offer.SETTLE_LIVE, subject, [block])


def approval(subject: Subject, findings: Iterable[Finding], authorization: str = "") -> View:
    """Return the modal that asks a reviewer to answer what was found, each rule once.

    With the reference of the authorization that the author states, if there is one.
    """
    rules = tuple({finding.rule: finding for finding in findings}.values())
    sorted_rules = [f for severity in _BOXES for f in rules if f.severity is severity]
    boxes = [_box(finding) for finding in sorted_rules[:_MOST_BOXES]]
    typed: Element = {"type": "plain_text_input", "multiline": True, "max_length": REASON}
    needed = duty(rules).note
    label = "Why may it go out as it is?" if needed else "A note"
    note = field(Field.NOTE, label, typed, hint="Kept beside your name.", optional=not needed)
    blocks = [context(_ANSWERS), *beside.stated(authorization), *boxes, note]
    return modal("Approve", Offer.APPROVE, subject, blocks, submit="Approve")


def _box(finding: Finding) -> Block:
    answer = option(_BOXES[finding.severity], finding.rule)
    box: Element = {"type": "checkboxes", "options": [answer], "action_id": TICK}
    said = f"{finding.title}: {finding.message}" if finding.title else finding.message
    block: Block = {"type": "input", "block_id": finding_block(finding.rule), "element": box}
    block |= {"label": plain(shortened(said, _LABEL)), "optional": False}
    cited = finding.citation
    source = shortened(f"{cited.title}, {cited.clause}", _HINT) if cited else ""
    return block | ({"hint": plain(source)} if source else {})


def alt_texts(subject: Subject, card: DraftCard) -> View:
    """Return the modal that asks what each picture shows."""
    blocks: list[Block] = [context(_ALT_RULE)]
    asked = [one for one in pictures.named(card.parts) if is_described(one[1].kind)]
    for place, (name, picture) in enumerate(asked[:MOST]):
        blocks += _alt_text(place, name, picture)
    return modal("Alt text", Offer.ALT_TEXT, subject, blocks, submit="Save")


def _alt_text(place: int, name: str, picture: PictureCard) -> list[Block]:
    entry: Element = {"type": "plain_text_input", "multiline": True, "min_length": 1}
    entry |= {"max_length": LONGEST_ALT}
    entry |= {"initial_value": picture.alt} if picture.alt else {}
    label = f"{name}: what does it show?"
    asked = field(alt_field(place), label, entry, hint="" if place else _ALT_HINT)
    shown = pictures.thumbnail(name, picture)
    return [shown, asked] if shown else [asked]


def modal(
    title: str,
    offer: Offer,
    subject: Subject,
    blocks: Iterable[Block],
    *,
    callback: str | None = None,
    submit: str = "Send",
) -> View:
    """Return a modal about a draft; its callback id is that of the button, or one of its own."""
    return {
        "type": "modal",
        "callback_id": callback or offer.value,
        "private_metadata": f"{subject}:{offer.value}",
        "title": plain(title),
        "submit": plain(submit),
        "close": plain("Back"),
        "blocks": list(blocks),
    }


def field(
    name: str, label: str, element: Element, *, hint: str = "", optional: bool = False
) -> Block:
    """Return an input of a modal."""
    block: Block = {"type": "input", "block_id": str(name), "label": plain(label)}
    block |= {"element": element | {"action_id": str(name)}, "optional": optional}
    return block | ({"hint": plain(hint)} if hint else {})
