"""The names by which Slack brings back what people click and fill in.

A card's button and the modal that it opens have the value of their `Offer` as id. Cards in old
threads carry their ids for ever, so one that has been in use never changes its meaning.
"""

from enum import StrEnum

FRONT = "slack"
"""What a `MessageRef` calls this front."""

COMMAND = "/tweet"
"""The slash command."""

OFFERS = "offers"
"""Block id of a card's buttons."""

SETTLE_WHEN = "settle_when"
"""Callback id of the window that shows what a time in words was understood as."""


COMPOSE = "compose"
"""Callback id of the composer, and of the shortcut that opens it anywhere."""

DRAFT_THIS = "draft_this"
"""Callback id of the shortcut that fills the composer from a message."""

TEMPLATE = "template"
"""Action id of the list of templates."""


class Shape(StrEnum):
    """The buttons of the composer that change which fields it has."""

    MORE = "more_parts"
    FEWER = "fewer_parts"
    PICTURES = "add_pictures"
    POLL = "add_poll"
    REPLY = "add_reply"
    SOURCES = "add_sources"
    AUTHORIZATION = "state_authorization"


class Field(StrEnum):
    """Block ids of a modal's inputs; the input in a block has the same name as action id."""

    REASON = "reason"
    WHEN = "when"
    AT = "at"
    WORDS = "words"
    SETTLED = "settled"
    ACCOUNT = "account"
    LONG = "long"
    HASHTAGS = "hashtags"
    POLL = "poll"
    POLL_FOR = "poll_for"
    REPLY = "reply"
    SOURCES = "sources"
    AUTHORIZATION = "authorization"
    ADDRESS = "address"
    RHYTHM = "rhythm"
    FIRST = "first"
    CLOCK = "clock"
    UNTIL = "until"
    NOTE = "note"


def alt_field(number: int) -> str:
    """Return the block id of the alt text of a picture, counted from 0 over all parts."""
    return f"alt_{number}"


class Choice(StrEnum):
    """The values of the radio buttons of *When*."""

    LATER = "later"
    NOW = "now"
    SLOT = "slot"
    AT = "at"


class Late(StrEnum):
    """Buttons below the list of what became late during a pause: for all of them at once."""

    NOW = "late_now"
    SLOT = "late_slot"
    LEAVE = "late_leave"


TICK = "tick"
"""Action id of the box below a finding."""

_FINDING = "finding:"


def finding_block(rule: str) -> str:
    """Return the block id of the box for a rule's findings."""
    return f"{_FINDING}{rule}"


def part_block(part: int, turn: int) -> str:
    """Return the block id of the text of a part, counted from 0, in one turn of the composer."""
    return f"text:{part}:{turn}"


def pick_block(part: int, drawing: int) -> str:
    """Return the block id of the pictures to add to a part, in one drawing of the composer."""
    return f"pick:{part}:{drawing}"


def keep_block(part: int, drawing: int) -> str:
    """Return the block id of the pictures that a part has, in one drawing of the composer."""
    return f"keep:{part}:{drawing}"


def card_block(draft_id: int) -> str:
    """Return the block id by which the card of a draft is found again in its thread."""
    return f"card:{draft_id}"


def status_block(draft_id: int) -> str:
    """Return the block id by which the status of a draft is found again in its thread."""
    return f"status:{draft_id}"


def call_block(draft_id: int, revision_id: int) -> str:
    """Return the block id by which the call for reviewers of a revision is found again."""
    return f"call:{draft_id}:{revision_id}"
