"""When a draft goes out: choose a time, take it off the schedule, publish after all."""

from datetime import UTC, datetime

from slack_bolt import App

from bot.domain.card import Offer
from bot.domain.draft import NOW, Wish
from bot.errors import RefusedError
from bot.workflow.looking import look
from bot.workflow.scheduling import cancel, retry, set_wish
from handlers.slack import modals
from handlers.slack.arrivals import Click, Submission
from handlers.slack.errors import on_click, on_submit
from handlers.slack.front import Front
from handlers.slack.ids import Choice, Field

NO_TIME = "Please choose a date and a time."
NO_SUCH_TIME = "That is too far away. Please choose a time within the next years."
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def register(app: App, front: Front) -> None:
    """Listen to the buttons and the modal that are about time."""
    app.action(Offer.WHEN.value)(on_click(front, ask_when))
    app.view(Offer.WHEN.value)(on_submit(front, Field.AT, wish_for))
    app.action(Offer.CANCEL.value)(on_click(front, off_schedule))
    app.action(Offer.RETRY.value)(on_click(front, publish_after_all))


def ask_when(front: Front, click: Click) -> None:
    """Ask when a draft should go out."""
    card = look(front.desk, click.subject.draft_id)
    front.open(click.trigger, modals.when(click.subject, card.wish))


def wish_for(front: Front, said: Submission) -> None:
    """Write down when a draft should go out."""
    set_wish(front.desk, said.subject.draft_id, said.person, _wish(said))


def off_schedule(front: Front, click: Click) -> None:
    """Take a draft off the schedule."""
    cancel(front.desk, click.subject.draft_id, click.person)


def publish_after_all(front: Front, click: Click) -> None:
    """Publish what was held, missed or failed."""
    retry(front.desk, click.subject.draft_id, click.person)


def _wish(said: Submission) -> Wish:
    if said.words(Field.WHEN) == Choice.NOW:
        return NOW
    seconds = said.seconds(Field.AT)
    if seconds is None:
        raise RefusedError(NO_TIME)
    if seconds >= _LATEST.timestamp():
        raise RefusedError(NO_SUCH_TIME)
    return Wish(datetime.fromtimestamp(seconds, UTC))
