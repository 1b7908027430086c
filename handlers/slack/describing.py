"""Saying what the pictures of a draft show, for those who cannot see them."""

from slack_bolt import App

from bot.domain.card import Offer
from bot.domain.media import MOST
from bot.workflow.describing import describe, refuse_describing
from handlers.slack import modals
from handlers.slack.arrivals import Click, Submission
from handlers.slack.emoji_names import with_characters
from handlers.slack.errors import on_click, on_submit
from handlers.slack.front import Front
from handlers.slack.ids import alt_field


def register(app: App, front: Front) -> None:
    """Listen to the button and the modal of alt texts."""
    app.action(Offer.ALT_TEXT.value)(on_click(front, ask_what_they_show))
    app.view(Offer.ALT_TEXT.value)(on_submit(front, alt_field(0), they_show))


def ask_what_they_show(front: Front, click: Click) -> None:
    """Ask for the alt text of each picture."""
    seen = click.subject
    card = refuse_describing(front.desk, seen.draft_id, seen.revision_id, click.person)
    front.open(click.trigger, modals.alt_texts(click.subject, card))


def they_show(front: Front, said: Submission) -> None:
    """Write down what each picture shows."""
    asked = (field for field in map(alt_field, range(MOST)) if field in said.entries)
    alts = [with_characters(said.words(field)) for field in asked]
    seen = said.subject
    describe(front.desk, seen.draft_id, seen.revision_id, said.person, alts)
