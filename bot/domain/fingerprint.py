"""The fingerprint of a content: what an approval belongs to."""

import hashlib
import json
from typing import Any

from bot.domain.content import Content, Part

FORM = 1
"""Version of the canonical form; a new field that is absent must not change old fingerprints."""


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


def fingerprint(content: Content) -> str:
    """SHA-256 (hex) over the canonical JSON of what is public: account, parts in order, reply.

    A stated authorization is in it too, for without it nobody may approve the text. Sources are
    not: who changes them makes a revision of the same fingerprint.
    """
    form = {
        "form": FORM,
        "account": content.account,
        "parts": [_form(part) for part in content.parts],
    }
    if content.reply_to:
        form["reply_to"] = content.reply_to
    if content.authorization:
        form["authorization"] = content.authorization
    return hashlib.sha256(_canonical(form).encode("ascii")).hexdigest()


def _form(part: Part) -> dict[str, Any]:
    form: dict[str, Any] = {"text": part.text}
    if part.media:
        form["media"] = [[one.sha256, one.kind, one.format, one.alt] for one in part.media]
    if part.poll is not None:
        form["poll"] = [part.poll.minutes, *part.poll.options]
    return form
