"""The fingerprint of a content: what an approval belongs to."""

import hashlib
import json

from bot.domain.content import Content

FORM = 1
"""Version of the canonical form; a new field that is absent must not change old fingerprints."""


def fingerprint(content: Content) -> str:
    """SHA-256 (hex) over the canonical JSON of account, every part's text, and their order."""
    form = {
        "form": FORM,
        "account": content.account,
        "parts": [{"text": part.text} for part in content.parts],
    }
    canonical = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
