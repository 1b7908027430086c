"""Taking back: withdraw a draft, take a tweet down, settle whether a doubtful one is live."""

from slack_bolt import App

from bot.domain.card import Offer
from bot.workflow import settling
from bot.workflow.stopping import withdraw
from handlers.slack import modals
from handlers.slack.arrivals import Click, Submission
from handlers.slack.errors import on_click, on_submit
from handlers.slack.front import Front
from handlers.slack.ids import Field


def register(app: App, front: Front) -> None:
    """Listen to the buttons and modals that stop or settle something."""
    app.action(Offer.WITHDRAW.value)(on_click(front, take_back))
    app.action(Offer.TAKE_DOWN.value)(on_click(front, ask_why_down))
    app.view(Offer.TAKE_DOWN.value)(on_submit(front, Field.REASON, take_down))
    app.action(Offer.SETTLE_LIVE.value)(on_click(front, ask_which))
    app.view(Offer.SETTLE_LIVE.value)(on_submit(front, Field.ADDRESS, it_is_live))
    app.action(Offer.SETTLE_NOT_LIVE.value)(on_click(front, it_is_not_there))


def take_back(front: Front, click: Click) -> None:
    """Withdraw a draft."""
    withdraw(front.desk, click.subject.draft_id, click.person)


def ask_why_down(front: Front, click: Click) -> None:
    """Ask why a tweet is taken down."""
    front.open(click.trigger, modals.reason(click.offer, click.subject))


def take_down(front: Front, said: Submission) -> None:
    """Delete what is public, at X."""
    reason = said.words(Field.REASON)
    settling.remove(front.desk, said.subject.draft_id, said.person, reason)


def ask_which(front: Front, click: Click) -> None:
    """Ask which tweet the doubtful one is."""
    front.open(click.trigger, modals.address(click.subject))


def it_is_live(front: Front, said: Submission) -> None:
    """Write down which tweet the doubtful one is."""
    address = said.words(Field.ADDRESS)
    settling.settle_live(front.desk, said.subject.draft_id, said.person, address)


def it_is_not_there(front: Front, click: Click) -> None:
    """Write down that the doubtful tweet is not there."""
    settling.settle_not_live(front.desk, click.subject.draft_id, click.person)
