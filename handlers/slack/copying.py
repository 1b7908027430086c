"""A copy of a draft as a new one: the text once more in a window, then as a new message."""

from slack_bolt import App

from bot.domain.card import Offer
from bot.domain.content import joined
from bot.domain.draft import MessageRef, NewDraft
from bot.errors import ChatError, RefusedError
from bot.workflow.intake import refuse_blocked, submit
from bot.workflow.looking import look
from handlers.slack import modals, payloads
from handlers.slack.arrivals import Click, Submission
from handlers.slack.client import answer, asking
from handlers.slack.elements import line, rich_text, words
from handlers.slack.errors import on_click, on_submit
from handlers.slack.front import Front
from handlers.slack.ids import FRONT, Field
from handlers.slack.once import Once
from handlers.slack.text import escape

TOO_LONG = "This text is too long for a window. Please copy it into a new message yourself."
NOT_POSTED = "Slack did not take the message just now. Please try again."


def register(app: App, front: Front) -> None:
    """Listen to the button and the modal of a copy."""
    once = Once()

    def take(front: Front, said: Submission) -> None:
        once(f"copy:{said.person}:{said.stamp}", lambda: make_copy(front, said))

    app.action(Offer.DUPLICATE.value)(on_click(front, ask_text))
    app.view(Offer.DUPLICATE.value)(on_submit(front, Field.TEXT, take))


def ask_text(front: Front, click: Click) -> None:
    """Show the text of a draft, to be changed and made a new one."""
    text = joined(look(front.desk, click.subject.draft_id).content)
    if len(text) > modals.TYPED:
        raise RefusedError(TOO_LONG)
    front.open(click.trigger, modals.copy(click.subject, text))


def make_copy(front: Front, said: Submission) -> None:
    """Post the text as a message of the drafts channel; it is the person's draft.

    What is blocked is refused before it is posted: it stays in the window, to be mended there.
    """
    text = said.words(Field.TEXT)
    refuse_blocked(front.desk, text)
    submit(front.desk, NewDraft(_post(front, text), said.person, text))


def _post(front: Front, text: str) -> MessageRef:
    try:
        with asking():
            sent = front.client.chat_postMessage(
                channel=front.channel,
                text=escape(text),
                blocks=[rich_text(line(words(text)))],
                unfurl_links=False,
                unfurl_media=False,
            )
            return MessageRef(FRONT, front.channel, payloads.sent_ts(answer(sent)))
    except ChatError:
        raise RefusedError(NOT_POSTED) from None
