"""Messages of ours, found again by a block of theirs: a lost answer posts nothing twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.domain.draft import MessageRef
from bot.errors import ChatError
from handlers.slack import answers
from handlers.slack.client import SlackRefusedError, answer, asking
from handlers.slack.ids import FRONT

PAGE = 200
_NO_THREAD = ("thread_not_found", "cannot_reply_to_message")


class ThreadGoneError(ChatError):
    """A message has no thread (any more), so there is no place in it."""


@contextmanager
def in_thread() -> Iterator[None]:
    """Tell the loss of a thread from other refusals."""
    try:
        yield
    except SlackRefusedError as error:
        if error.name in _NO_THREAD:
            raise ThreadGoneError(str(error), permanent=True) from None
        raise


def in_replies(client: WebClient, thread: MessageRef, block_id: str) -> MessageRef | None:
    """Return the message in a thread that has a block of ours; ThreadGoneError."""

    def page(cursor: str | None) -> SlackResponse:
        return client.conversations_replies(
            channel=thread.channel, ts=thread.ts, limit=PAGE, cursor=cursor
        )

    with in_thread():
        return _search(page, thread.channel, block_id)


def in_channel(client: WebClient, channel: str, since: str, block_id: str) -> MessageRef | None:
    """Return the message in a channel, newer than a moment, that has a block of ours."""

    def page(cursor: str | None) -> SlackResponse:
        return client.conversations_history(
            channel=channel, oldest=since, limit=PAGE, cursor=cursor
        )

    return _search(page, channel, block_id)


def _search(
    page: Callable[[str | None], SlackResponse], channel: str, block_id: str
) -> MessageRef | None:
    cursor = ""
    while True:
        with asking():
            said = answer(page(cursor or None))
            found, cursor = answers.block_owner(said, block_id), answers.next_cursor(said)
        if found or not cursor:
            return MessageRef(FRONT, channel, found) if found else None
