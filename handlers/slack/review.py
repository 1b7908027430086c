"""Deciding on a draft: approve, revoke, and with a reason request changes or reject."""

from slack_bolt import App

from bot.domain.card import Offer
from bot.domain.quorum import Decision
from bot.workflow.review import refuse_early, review
from handlers.slack import modals
from handlers.slack.arrivals import Click, Submission
from handlers.slack.errors import on_click, on_submit
from handlers.slack.front import Front
from handlers.slack.ids import Field

_AT_ONCE = {Offer.APPROVE: Decision.APPROVE, Offer.REVOKE: Decision.REVOKE}
_WITH_REASON = {
    Offer.REQUEST_CHANGES: Decision.REQUEST_CHANGES,
    Offer.REJECT: Decision.REJECT,
}


def register(app: App, front: Front) -> None:
    """Listen to the buttons and modals of reviewers."""
    for offer in _AT_ONCE:
        app.action(offer.value)(on_click(front, decide))
    for offer in _WITH_REASON:
        app.action(offer.value)(on_click(front, ask_why))
        app.view(offer.value)(on_submit(front, Field.REASON, decide_with_reason))


def decide(front: Front, click: Click) -> None:
    """Write down a decision that needs no words."""
    seen = click.subject
    review(front.desk, seen.draft_id, seen.revision_id, click.person, _AT_ONCE[click.offer])


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
