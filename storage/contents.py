"""What a revision says, as it is written down."""

import json
from typing import Any

from bot.domain.content import Content, Part, Poll
from bot.domain.media import Media, MediaFormat, MediaKind

PURGED = "(The text was removed when the time for keeping it had passed.)"


def dumps(content: Content) -> str:
    """Return a content as JSON in ASCII: even a lone surrogate survives the way to disk."""
    fields: dict[str, Any] = {"account": content.account}
    fields["parts"] = [_part_fields(part) for part in content.parts]
    if content.reply_to:
        fields["reply_to"] = content.reply_to
    if content.sources:
        fields["sources"] = content.sources
    if content.authorization:
        fields["authorization"] = content.authorization
    return json.dumps(fields)


def loads(stored: str) -> Content:
    """Return the content that `dumps` wrote, or where it was purged, words that say so."""
    if not stored:
        return Content("", (Part(PURGED),))
    fields = json.loads(stored)
    return Content(
        account=fields["account"],
        parts=tuple(_part(part) for part in fields["parts"]),
        reply_to=fields.get("reply_to", ""),
        sources=tuple(fields.get("sources", ())),
        authorization=fields.get("authorization", ""),
    )


def _part_fields(part: Part) -> dict[str, Any]:
    media = [[one.sha256, one.kind, one.format, one.alt] for one in part.media]
    fields = {"text": part.text} | ({"media": media} if media else {})
    return fields | ({"poll": [part.poll.minutes, part.poll.options]} if part.poll else {})


def _part(fields: dict[str, Any]) -> Part:
    media = (
        Media(sha256, MediaKind(kind), MediaFormat(format_), alt)
        for sha256, kind, format_, alt in fields.get("media", ())
    )
    return Part(fields["text"], tuple(media), _poll(fields.get("poll")))


def _poll(stored: list[Any] | None) -> Poll | None:
    if stored is None:
        return None
    minutes, options = stored
    return Poll(tuple(options), minutes)
