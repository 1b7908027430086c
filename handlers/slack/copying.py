"""Drafts from a form: a copy of another one, posted as a new message, and edits of such copies."""

import logging
from typing import Any

from slack_bolt import App

from bot.domain.card import Offer
from bot.domain.content import joined
from bot.domain.draft import MessageRef, NewDraft
from bot.errors import ChatError, RefusedError
from bot.workflow.intake import refuse_blocked, rewrite, submit
from bot.workflow.looking import look
from handlers.slack import answers, modals
from handlers.slack.arrivals import Click, Submission
from handlers.slack.client import answer, asking
from handlers.slack.elements import line, rich_text, words
from handlers.slack.errors import on_click, on_submit
from handlers.slack.front import Front
from handlers.slack.ids import FRONT, Field
from handlers.slack.once import Once
from handlers.slack.text import escape

_log = logging.getLogger(__name__)

TOO_LONG = "This text is too long for a window. Please copy it into a new message yourself."
NOT_POSTED = "Slack did not take the message just now. Please try again."


def register(app: App, front: Front) -> None:
    """Listen to the button and the modal of a copy."""
    once = Once()

    def take(front: Front, said: Submission) -> None:
        once(f"copy:{said.person}:{said.stamp}", lambda: make_copy(front, said))

    app.action(Offer.DUPLICATE.value)(on_click(front, ask_text))
    app.action(Offer.EDIT.value)(on_click(front, ask_text))
    app.view(Offer.EDIT.value)(on_submit(front, Field.TEXT, edit))
    app.view(Offer.DUPLICATE.value)(on_submit(front, Field.TEXT, take))


def ask_text(front: Front, click: Click) -> None:
    """Show the text of a draft, to be changed, or made a new one."""
    text = joined(look(front.desk, click.subject.draft_id).content)
    if len(text) > modals.TYPED:
        raise RefusedError(TOO_LONG)
    form = modals.edit if click.offer is Offer.EDIT else modals.copy
    front.open(click.trigger, form(click.subject, text))


def make_copy(front: Front, said: Submission) -> None:
    """Post the text as a message of the drafts channel; it is the person's draft.

    What is blocked is refused before it is posted: it stays in the window, to be mended there.
    """
    text = said.words(Field.TEXT)
    refuse_blocked(front.desk, text)
    submit(front.desk, NewDraft(_post(front, text), said.person, text, posted=True))


def edit(front: Front, said: Submission) -> None:
    """Take over a changed text, then show it in the message; the rows are what counts."""
    text, about = said.words(Field.TEXT), said.subject
    rewrite(front.desk, about.draft_id, about.revision_id, said.person, text)
    ref = look(front.desk, about.draft_id).source
    try:
        with asking():
            front.client.chat_update(channel=ref.channel, ts=ref.ts, **_shown(text))
    except ChatError as error:
        _log.warning("the message of draft %s shows its old text: %s", about.draft_id, error)


def _post(front: Front, text: str) -> MessageRef:
    try:
        with asking():
            sent = front.client.chat_postMessage(
                channel=front.channel, unfurl_links=False, unfurl_media=False, **_shown(text)
            )
            return MessageRef(FRONT, front.channel, answers.sent_ts(answer(sent)))
    except ChatError:
        raise RefusedError(NOT_POSTED) from None


def _shown(text: str) -> dict[str, Any]:
    return {"text": escape(text), "blocks": [rich_text(line(words(text)))]}
