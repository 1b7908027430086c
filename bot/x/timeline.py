"""X's JSON of a tweet, in either of its two vocabularies, as a Seen. Raises on nonsense."""

from typing import Any, TypeGuard

from bot.domain.address import is_tweet_id
from bot.domain.snowflake import snowflake_time
from bot.domain.timeline import Seen, SeenUrl

Json = dict[str, Any]


def is_id(word: object) -> TypeGuard[str]:
    """Whether this can be the id of a tweet."""
    return isinstance(word, str) and is_tweet_id(word)


def seen(tweet: Json) -> Seen:
    """Read one tweet. Its time comes from its id, which is exact to the millisecond."""
    if not is_id(tweet["id"]):
        raise ValueError("this is no id of a tweet")
    note = _either(tweet, "note_{}") or {}
    references = {one["type"]: one["id"] for one in _either(tweet, "referenced_{}s") or []}
    attached = tweet.get("attachments") or {}
    return Seen(
        id=tweet["id"],
        text=_text(tweet),
        created_at=snowflake_time(tweet["id"]),
        author_id=tweet["author_id"],
        urls=_urls(tweet),
        note_text=_text(note) if note else None,
        note_urls=_urls(note),
        replied_to=references.get("replied_to"),
        quoted=references.get("quoted"),
        media_keys=len(attached.get("media_keys") or []),
        has_poll=bool(attached.get("poll_ids")),
    )


def _either(tweet: Json, name: str) -> Any:
    """Return a field by its name of before or of after August 2026."""
    return tweet.get(name.format("tweet")) or tweet.get(name.format("post"))


def _text(words: Json) -> str:
    if not isinstance(words["text"], str):
        raise TypeError("this is no text")
    return words["text"]


def _urls(words: Json) -> tuple[SeenUrl, ...]:
    entries = (words.get("entities") or {}).get("urls") or []
    return tuple(
        SeenUrl(one["url"], one.get("expanded_url") or one["url"], one.get("media_key"))
        for one in entries
    )
