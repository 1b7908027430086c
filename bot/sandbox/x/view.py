"""Tweets as JSON: as X's API words them in either vocabulary, and as the page wants them."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.knobs import Vocabulary
from bot.sandbox.x.ledger import Tweet
from bot.sandbox.x.wording import Wording


def for_api(tweet: Tweet, fields: Collection[str], vocabulary: Vocabulary) -> dict[str, Any]:
    """Answer the default fields and the requested ones that this tweet has."""
    history = f"edit_history_{vocabulary}_ids"
    wanted = {"id", "text", history, *fields}
    everything: dict[str, Any] = {
        "id": str(tweet.id),
        "text": tweet.wording.text,
        history: [str(tweet.id)],
        "author_id": tweet.author_id,
        "conversation_id": str(tweet.conversation),
        "created_at": _time(tweet.created_ms // 1000 * 1000),
        "entities": _entities(tweet.wording),
        "attachments": _attachments(tweet),
        f"note_{vocabulary}": _note(tweet),
        f"referenced_{vocabulary}s": _references(tweet),
        "in_reply_to_user_id": tweet.parent_author_id,
    }
    return {name: value for name, value in everything.items() if name in wanted and value}


def for_people(tweet: Tweet) -> dict[str, Any]:
    """Answer a tweet for `/sandbox/x/…`: as the API returns it and as a reader sees it."""
    shown: dict[str, Any] = {
        "id": str(tweet.id),
        "author_id": tweet.author_id,
        "text": tweet.wording.text,
        "shown_text": tweet.whole.shown(),
        "created_at": _time(tweet.created_ms),
        "created_ms": tweet.created_ms,
        "urls": [link.as_json() for link in tweet.whole.links],
    }
    if tweet.media:
        shown["media"] = [upload.as_json() for upload in tweet.media]
    if tweet.note is not None:
        shown["note_text"] = tweet.note.text
    if tweet.poll is not None:
        ends_ms = tweet.created_ms + tweet.poll.minutes * 60_000
        shown["poll"] = {"options": list(tweet.poll.options), "ends_ms": ends_ms}
    if tweet.parent is not None:
        shown["in_reply_to"] = str(tweet.parent)
    if tweet.quoted is not None:
        shown["quoted"] = str(tweet.quoted)
    return shown


def _time(unix_ms: int) -> str:
    moment = datetime.fromtimestamp(unix_ms // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{unix_ms % 1000:03}Z"


def _entities(wording: Wording) -> dict[str, Any]:
    links = (*wording.links, *wording.media)
    return {"urls": [link.as_json() for link in links]} if links else {}


def _attachments(tweet: Tweet) -> dict[str, Any]:
    if tweet.media:
        return {"media_keys": [upload.key for upload in tweet.media]}
    return {"poll_ids": [str(tweet.poll.id)]} if tweet.poll else {}


def _note(tweet: Tweet) -> dict[str, Any]:
    if tweet.note is None:
        return {}
    entities = _entities(tweet.note)
    return {"text": tweet.note.text} | ({"entities": entities} if entities else {})


def _references(tweet: Tweet) -> list[dict[str, str]]:
    references = (("replied_to", tweet.parent), ("quoted", tweet.quoted))
    return [{"type": kind, "id": str(to)} for kind, to in references if to is not None]
