"""The address of a tweet: what people copy from X, and what they are shown."""

import re

_ADDRESS = re.compile(
    r"(?:https?://)?(?:(?:www|mobile|m)\.)?(?:x|twitter)\.com/"
    r"(?:i/web|i|[0-9a-z_]{1,20})/status(?:es)?/([0-9]{1,19})(?:[/?#].*)?",
    re.IGNORECASE | re.ASCII,
)
_ID = re.compile(r"[0-9]{1,19}", re.ASCII)

LIKE = "https://x.com/name/status/1234567890"
"""How such an address looks."""


def is_tweet_id(word: str) -> bool:
    """Whether this can be the id of a tweet (docs.x.com: up to 19 digits)."""
    return _ID.fullmatch(word) is not None


def tweet_id(typed: str) -> str | None:
    """Return the id of the tweet that an address leads to, or that is the id; None for others."""
    typed = typed.strip()
    if is_tweet_id(typed):
        return typed
    found = _ADDRESS.fullmatch(typed)
    return found[1] if found else None


def tweet_address(tweet_id: str, handle: str = "i") -> str:
    """Return the address of a tweet; X finds it whosever it is, also without the handle."""
    return f"https://x.com/{handle}/status/{tweet_id}"
