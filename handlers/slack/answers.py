"""From what Slack answers to our calls; MalformedError where it is not made like an answer."""

from collections.abc import Mapping
from typing import Any

from handlers.slack.fields import Fields

Body = Mapping[str, Any]


def next_cursor(answer: Body) -> str:
    """Return where the next page of an answer begins, empty where this was the last."""
    more = Fields.of(answer).maybe_within("response_metadata")
    return (more.maybe_text("next_cursor") if more else None) or ""


def block_owner(answer: Body, block_id: str) -> str | None:
    """Return the ts of the message in an answer of `conversations.replies` that has a block."""
    for row in Fields.of(answer).rows("messages"):
        if any(block.maybe_text("block_id") == block_id for block in row.rows("blocks")):
            return row.ts("ts")
    return None


def sent_ts(answer: Body) -> str:
    """Return the ts in the answer to a message that was posted; MalformedError."""
    return Fields.of(answer).ts("ts")


def permalink(answer: Body) -> str:
    """Return the address in an answer of `chat.getPermalink`; MalformedError."""
    return Fields.of(answer).text("permalink")


def zone_name(answer: Body) -> str | None:
    """Return the time zone in an answer of `users.info`; MalformedError."""
    return Fields.of(answer).within("user").maybe_text("tz")


def opened_channel(answer: Body) -> str:
    """Return the channel in an answer of `conversations.open`; MalformedError."""
    return Fields.of(answer).within("channel").id("id")
