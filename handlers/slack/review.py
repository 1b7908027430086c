"""Deciding on a draft: approve, revoke, and with a reason request changes or reject."""

from slack_bolt import App

from bot.domain.card import Offer
from bot.domain.quorum import Decision
from bot.workflow.review import UnansweredError, refuse_early, review
from handlers.slack import modals
from handlers.slack.arrivals import Click, Submission
from handlers.slack.errors import on_click, on_submit
from handlers.slack.front import Front
from handlers.slack.ids import Field

_WITH_REASON = {
    Offer.REQUEST_CHANGES: Decision.REQUEST_CHANGES,
    Offer.REJECT: Decision.REJECT,
}


def register(app: App, front: Front) -> None:
    """Listen to the buttons and modals of reviewers."""
    app.action(Offer.APPROVE.value)(on_click(front, approve))
    app.view(Offer.APPROVE.value)(on_submit(front, Field.NOTE, approve_with_answers))
    app.action(Offer.REVOKE.value)(on_click(front, revoke))
    for offer in _WITH_REASON:
        app.action(offer.value)(on_click(front, ask_why))
        app.view(offer.value)(on_submit(front, Field.REASON, decide_with_reason))


def approve(front: Front, click: Click) -> None:
    """Write down an approval; where findings wait for an answer, ask for exactly those first."""
    seen = click.subject
    try:
        review(front.desk, seen.draft_id, seen.revision_id, click.person, Decision.APPROVE)
    except UnansweredError as error:
        asked = modals.approval(click.subject, error.findings, error.authorization)
        front.open(click.trigger, asked)


def approve_with_answers(front: Front, said: Submission) -> None:
    """Write down an approval with what the person acknowledges and attests."""
    seen, note = said.subject, said.words(Field.NOTE)
    decision, ticked = Decision.APPROVE, said.ticked()
    review(front.desk, seen.draft_id, seen.revision_id, said.person, decision, note, ticked)


def revoke(front: Front, click: Click) -> None:
    """Take a decision back."""
    seen = click.subject
    review(front.desk, seen.draft_id, seen.revision_id, click.person, Decision.REVOKE)


def ask_why(front: Front, click: Click) -> None:
    """Ask for the reason of a decision that the person may make."""
    seen, decision = click.subject, _WITH_REASON[click.offer]
    refuse_early(front.desk, seen.draft_id, seen.revision_id, click.person, decision)
    front.open(click.trigger, modals.reason(click.offer, click.subject))


def decide_with_reason(front: Front, said: Submission) -> None:
    """Write down a decision and its reason."""
    seen, decision = said.subject, _WITH_REASON[said.offer]
    reason = said.words(Field.REASON)
    review(front.desk, seen.draft_id, seen.revision_id, said.person, decision, reason)
