"""The message in the drafts channel that stands for a draft which nobody typed there.

It was written in a window, or it is made again of one that recurs.
"""

import logging
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient

from bot.domain.content import SEPARATOR
from bot.domain.draft import MessageRef
from bot.errors import ChatError, RefusedError
from bot.ports import Proposal
from handlers.slack import answers, traces
from handlers.slack.client import SlackRefusedError, answer, asking
from handlers.slack.elements import context, line, rich_text, words
from handlers.slack.front import Front
from handlers.slack.ids import FRONT
from handlers.slack.text import escape, guarded

_CLOCKS = timedelta(hours=1)
"""So far at most Slack's clock and ours may be apart."""

_LEFT = ("message_not_found", "cant_delete_message")
"""Refusals of a deletion after which there is nothing more to try."""

WORDLESS = "(Pictures or a video without words)"
NOT_POSTED = "Slack did not take the message just now. Please try again."

_log = logging.getLogger(__name__)


def post(front: Front, author: str, text: str) -> MessageRef:
    """Post a text as somebody's draft; RefusedError where Slack does not take it."""
    try:
        return _post(front.client, front.channel, _shown(author, text))
    except ChatError:
        raise RefusedError(NOT_POSTED) from None


def propose(client: WebClient, channel: str, proposal: Proposal) -> MessageRef:
    """Post a proposal, or find the one whose posting was not answered. ChatError."""
    if known := _find(client, channel, proposal):
        return known
    blocks = [
        *_shown(proposal.author, proposal.text)["blocks"],
        context(guarded(proposal.note)) | {"block_id": proposal.key},
    ]
    return _post(client, channel, {"text": escape(proposal.text), "blocks": blocks})


def retract(client: WebClient, channel: str, proposal: Proposal) -> None:
    """Delete the message of a proposal that became no draft. ChatError."""
    known = _find(client, channel, proposal)
    if known is None:
        return
    try:
        with asking():
            client.chat_delete(channel=channel, ts=known.ts)
    except SlackRefusedError as error:
        if error.name not in _LEFT:
            raise
        _log.warning("a message that is no draft stays in the channel: %s", error)


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


def _find(client: WebClient, channel: str, proposal: Proposal) -> MessageRef | None:
    since = (proposal.since - _CLOCKS).timestamp()
    return traces.in_channel(client, channel, f"{since:.6f}", proposal.key)


def _post(client: WebClient, channel: str, shown: dict[str, Any]) -> MessageRef:
    with asking():
        sent = client.chat_postMessage(
            channel=channel, unfurl_links=False, unfurl_media=False, **shown
        )
        return MessageRef(FRONT, channel, answers.sent_ts(answer(sent)))


def _shown(author: str, text: str) -> dict[str, Any]:
    between = f"\n{SEPARATOR}\n"
    text = between.join(part or WORDLESS for part in text.split(between))
    blocks = [rich_text(line(words(text))), context(f"A draft of <@{author}>")]
    return {"text": escape(text), "blocks": blocks}
