"""The words behind a slash command: Slack puts ids in place of the people who are named there."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

_MENTION = re.compile(r"<@(?P<id>[A-Z0-9]{2,64})(?:\|(?P<name>[^<>]*))?>")
_ANGLE = re.compile(r"<(?P<address>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def people_in(text: str) -> tuple[str, ...]:
    """Return the ids of the people who are named."""
    return tuple(match["id"] for match in _MENTION.finditer(text))


def without_people(text: str) -> str:
    """Return the text without those who are named in it."""
    return _MENTION.sub(" ", text)


def readable(text: str) -> str:
    """Return the text as it was typed, with names in place of ids."""
    named = _MENTION.sub(lambda match: f"@{match['name'] or match['id']}", text)
    plain = _ANGLE.sub(lambda match: match["label"] or match["address"], named)
    for entity, character in _ENTITIES:
        plain = plain.replace(entity, character)
    return plain


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that somebody may have meant."""
    return next(iter(get_close_matches(word, known, 1, 0.5)), None)
