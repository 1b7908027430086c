"""What a revision says, as it is written down."""

import json
from typing import Any

from bot.domain.content import Content, Part
from bot.domain.media import Media, MediaFormat, MediaKind

PURGED = "(The text was removed when the time for keeping it had passed.)"


def dumps(content: Content) -> str:
    """Return a content as JSON in ASCII: even a lone surrogate survives the way to disk."""
    return json.dumps(
        {"account": content.account, "parts": [_part_fields(part) for part in content.parts]}
    )


def loads(stored: str) -> Content:
    """Return the content that `dumps` wrote, or where it was purged, words that say so."""
    if not stored:
        return Content("", (Part(PURGED),))
    fields = json.loads(stored)
    return Content(fields["account"], tuple(_part(part) for part in fields["parts"]))


def _part_fields(part: Part) -> dict[str, Any]:
    media = [[one.sha256, one.kind, one.format, one.alt] for one in part.media]
    return {"text": part.text} | ({"media": media} if media else {})


def _part(fields: dict[str, Any]) -> Part:
    media = (
        Media(sha256, MediaKind(kind), MediaFormat(format_), alt)
        for sha256, kind, format_, alt in fields.get("media", ())
    )
    return Part(fields["text"], tuple(media))
