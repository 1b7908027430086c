"""Ties that must be told: a disclosure that is vague, or stands where nobody looks."""

import re

from bot.guidelines.check import Check, Kind, Params
from bot.guidelines.texts import Spans
from bot.guidelines.tweet import Seen

_CLEAR_TAG = re.compile(r"#(?:ad|sponsored|advertisement)(?!\w)", re.IGNORECASE)


def _disclosure_buried(seen: Seen, params: Params) -> Spans:
    """Find a vague tag without a clear disclosure, or a clear tag late in the text."""
    text = seen.raw.text.lower()
    if not any(clear in text for clear in params["clear"]):
        for tag in sorted(params["vague"]):
            if match := re.search(re.escape(tag) + r"(?!\w)", text):
                return (seen.raw.place(match.span()),)
    tag_found = _CLEAR_TAG.search(text)
    late = tag_found and tag_found.start() > len(text) * params["max_pos_fraction"]
    return (seen.raw.place(tag_found.span()),) if tag_found and late else ()


CHECKS = {
    "disclosure_buried": Check(
        _disclosure_buried,
        {"clear": Kind.WORDS, "vague": Kind.WORDS, "max_pos_fraction": Kind.NUMBER},
    )
}
