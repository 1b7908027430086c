"""The buttons of a card: what each says, and which of them ask once more."""

from collections.abc import Sequence

from bot.domain.card import DraftCard, Offer
from handlers.slack.arrivals import Subject
from handlers.slack.elements import Element, button, question
from handlers.slack.standing import again_label

_LABELS = {
    Offer.APPROVE: "Approve",
    Offer.REQUEST_CHANGES: "Request changes",
    Offer.REJECT: "Reject",
    Offer.REVOKE: "Revoke my decision",
    Offer.WITHDRAW: "Withdraw",
    Offer.WHEN: "When",
    Offer.NEXT_SLOT: "Next slot",
    Offer.EDIT: "Edit the text",
    Offer.DUPLICATE: "Copy as new draft",
    Offer.ALT_TEXT: "Alt text",
    Offer.CANCEL: "Off the schedule",
    Offer.SETTLE_LIVE: "It is live",
    Offer.SETTLE_NOT_LIVE: "It is not there",
    Offer.TAKE_DOWN: "Take down",
    Offer.REPEAT: "Repeat",
    Offer.STOP_REPEATING: "Stop repeating",
}
_STYLES = {Offer.APPROVE: "primary", Offer.REJECT: "danger", Offer.TAKE_DOWN: "danger"}
_QUESTIONS = {
    Offer.WITHDRAW: question(
        "Withdraw this draft?",
        "It cannot be brought back; a new text is a new message.",
        "Withdraw",
    ),
    Offer.RETRY: question(
        "Publish it now?", "What is approved and not public yet goes out at once.", "Publish"
    ),
    Offer.STOP_REPEATING: question(
        "Stop repeating?",
        "No new drafts of it are made. Those that are there already stay as they are.",
        "Stop repeating",
    ),
    Offer.SETTLE_NOT_LIVE: question(
        "Is it surely not there?",
        "Please look at the account's profile, replies included. I look once more myself; if I "
        "find it, I say so.",
        "It is not there",
    ),
}


def row(card: DraftCard, offers: Sequence[Offer], subject: Subject) -> list[Element]:
    """Return a button for each offer; it carries what the person saw, and nothing else."""
    return [
        button(
            again_label(card) if offer is Offer.RETRY else _LABELS[offer],
            offer.value,
            str(subject),
            style=_STYLES.get(offer),
            ask=_QUESTIONS.get(offer),
        )
        for offer in offers
    ]
