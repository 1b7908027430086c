"""The message in the drafts channel that stands for a draft which was written in a window."""

import logging
from typing import Any

from bot.domain.draft import MessageRef
from bot.errors import ChatError, RefusedError
from handlers.slack import answers
from handlers.slack.client import answer, asking
from handlers.slack.elements import context, line, rich_text, words
from handlers.slack.front import Front
from handlers.slack.ids import FRONT
from handlers.slack.text import escape

WORDLESS = "(Pictures without words)"
NOT_POSTED = "Slack did not take the message just now. Please try again."

_log = logging.getLogger(__name__)


def post(front: Front, author: str, text: str) -> MessageRef:
    """Post a text as somebody's draft; RefusedError where Slack does not take it."""
    try:
        with asking():
            sent = front.client.chat_postMessage(
                channel=front.channel,
                unfurl_links=False,
                unfurl_media=False,
                **_shown(author, text),
            )
            return MessageRef(FRONT, front.channel, answers.sent_ts(answer(sent)))
    except ChatError:
        raise RefusedError(NOT_POSTED) from None


def rewrite(front: Front, ref: MessageRef, author: str, text: str) -> None:
    """Show a changed text in its message; the rows are what counts, so a failure is only noted."""
    try:
        with asking():
            front.client.chat_update(channel=ref.channel, ts=ref.ts, **_shown(author, text))
    except ChatError as error:
        _log.warning("the message at %s shows its old text: %s", ref.ts, error)


def take_back(front: Front, ref: MessageRef) -> None:
    """Delete a message that did not become a draft: it would look like one."""
    try:
        with asking():
            front.client.chat_delete(channel=ref.channel, ts=ref.ts)
    except ChatError as error:
        _log.warning("a message that is no draft stays in the channel: %s", error)


def _shown(author: str, text: str) -> dict[str, Any]:
    text = text or WORDLESS
    blocks = [rich_text(line(words(text))), context(f"A draft of <@{author}>")]
    return {"text": escape(text), "blocks": blocks}
