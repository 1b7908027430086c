"""What X lets an account tweet: length, duplicates, replies, quotes, cashtags."""

import re
from typing import Any

from bot.sandbox.faults import Faults
from bot.sandbox.world import Account
from bot.sandbox.x import length, problems
from bot.sandbox.x.answer import RefusedError
from bot.sandbox.x.ledger import Ledger, Tweet

_CASHTAG = re.compile(r"(?<!\w)\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?!\w)")
_NOT_YET = (
    *("community_id", "geo", "card_uri", "direct_message_deep_link"),
    *("edit_options", "for_super_followers_only", "share_with_followers", "nullcast"),
)


def check_text(text: str, *, premium: bool, wordless: bool = False) -> None:
    """Refuse a text that nobody could tweet; `wordless`: with pictures there may be none."""
    if any("\ud800" <= char <= "\udfff" or char in length.INVALID for char in text):
        _refuse_body("$.text: has characters that are not allowed")
    if not wordless and not length.normal(text):
        _refuse_body("$.text: must not be empty")
    limit = length.PREMIUM_LIMIT if premium else length.LIMIT
    if len(text) > length.PREMIUM_LIMIT * 2 or length.weighted(text) > limit:
        raise RefusedError(problems.forbidden())


def check_create(
    body: dict[str, Any], account: Account, ledger: Ledger, faults: Faults, now_ms: int
) -> Tweet | None:
    """Refuse what X refuses of a well-formed body; answers the tweet that it replies to."""
    for key in _NOT_YET:
        if body.get(key):
            _refuse_body(f"$.{key}: the sandbox does not take this yet")
    text, pictures = body.get("text", ""), "media" in body
    if set(body.get("media", {})) - {"media_ids"}:
        _refuse_body("$.media: the sandbox takes media_ids alone")
    check_text(text, premium=faults.x.premium, wordless=pictures)
    if len(_CASHTAG.findall(text)) > 1:
        raise RefusedError(problems.cashtags())
    if "quote_tweet_id" in body:
        raise RefusedError(problems.not_summoned())
    parent = _parent(body, account, ledger)
    if faults.x.duplicate_check and not pictures:  # new pictures make a new tweet
        _check_duplicate(text, account, ledger, now_ms - faults.x.duplicate_window_s * 1000)
    return parent


def _parent(body: dict[str, Any], account: Account, ledger: Ledger) -> Tweet | None:
    if "reply" not in body:
        return None
    parent = ledger.live(int(body["reply"]["in_reply_to_tweet_id"]))
    if parent is None:
        detail = "You attempted to reply to a Tweet that is deleted or not visible to you."
        raise RefusedError(problems.forbidden(detail))
    if parent.author_id != account.id and not summons(parent, account, ledger):
        raise RefusedError(problems.not_summoned())
    return parent


def summons(tweet: Tweet, account: Account, ledger: Ledger) -> bool:
    """Answer whether a tweet mentions the account or quotes it: then the account may reply."""
    if re.search(rf"(?<![\w@])@{account.username}(?!\w)", tweet.sent, re.IGNORECASE):
        return True
    quoted = ledger.tweets.get(tweet.quoted) if tweet.quoted is not None else None
    return quoted is not None and quoted.author_id == account.id


def _check_duplicate(text: str, account: Account, ledger: Ledger, since_ms: float) -> None:
    for other in ledger.newest_first(account.id):
        if other.created_ms < since_ms:
            return
        if length.normal(other.sent) == length.normal(text):
            raise RefusedError(problems.duplicate())


def _refuse_body(message: str) -> None:
    raise RefusedError(problems.invalid((message, {})))
