"""Giving X a picture (docs.x.com, media upload v2); everything that X and the network do is raised.

Nobody sees what is uploaded before a tweet has it, so every call here may be made again.
"""

import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any, assert_never

import requests
import tweepy

from bot.domain.media import MediaKind
from bot.domain.publication import Duplicate, Live, NotLive, Outcome, Reason, Unknown
from bot.ports import Upload
from bot.x.timeline import is_id
from bot.x.transport import call

NOT_PROCESSED = "X could not make anything of a picture."
STILL_BUSY = "X is still busy with a picture."
NO_MEDIA_ID = "X gave a picture no id."
AS_DUPLICATE = "X took a picture for a repetition."

Json = dict[str, Any]

_CHUNK = 1_000_000
_TRIES = 3
_LOOKS = 30
_LONGEST_PAUSE_S = 5.0
_PATH = "/2/media/upload"


class NotTakenError(Exception):
    """X surely has no usable picture; `passing` says that a later try may succeed."""

    def __init__(self, words: str, *, passing: bool) -> None:
        super().__init__(words)
        self.passing = passing


def upload(
    client: tweepy.Client, picture: Upload, pause: Callable[[float], None] = time.sleep
) -> str:
    """Upload a picture, wait until X has processed it, and say what it shows; returns its id."""
    moving = picture.media.kind is MediaKind.GIF
    media = _in_chunks(client, picture) if moving else _at_once(client, picture)
    media_id = media.get("id")
    if not is_id(media_id):
        raise NotTakenError(NO_MEDIA_ID, passing=True)
    _await(client, media_id, media, pause)
    if picture.media.alt:
        alt = {"alt_text": {"text": picture.media.alt}}
        call(client, "POST", "/2/media/metadata", json={"id": media_id, "metadata": alt})
    return media_id


def not_live(outcome: Outcome) -> NotLive:
    """Return what an outcome means before any tweet was sent: what is unknown can be repeated."""
    match outcome:
        case NotLive():
            return outcome
        case Unknown(detail):
            return NotLive(Reason.REFUSED, detail, retry=True)
        case Duplicate() | Live():
            return NotLive(Reason.REFUSED, AS_DUPLICATE, retry=True)
        case _:
            assert_never(outcome)


def _at_once(client: tweepy.Client, picture: Upload) -> Json:
    body = {"media": _coded(picture.content), "media_category": "tweet_image"}
    return _media(call(client, "POST", _PATH, json=body))


def _in_chunks(client: tweepy.Client, picture: Upload) -> Json:
    about = {
        "media_type": picture.media.format.value,
        "total_bytes": len(picture.content),
        "media_category": "tweet_gif",
    }
    media_id = _media(call(client, "POST", f"{_PATH}/initialize", json=about)).get("id")
    if not is_id(media_id):
        raise NotTakenError(NO_MEDIA_ID, passing=True)
    for number, chunk in enumerate(_chunks(picture.content)):
        _append(client, media_id, {"segment_index": number, "media": _coded(chunk)})
    return _media(call(client, "POST", f"{_PATH}/{media_id}/finalize"))


def _append(client: tweepy.Client, media_id: str, body: Json) -> None:
    """Send one chunk; a lost one is sent again alone."""
    for left in reversed(range(_TRIES)):
        try:
            call(client, "POST", f"{_PATH}/{media_id}/append", json=body)
        except (requests.RequestException, tweepy.TwitterServerError):
            if not left:
                raise
        else:
            return


def _await(
    client: tweepy.Client, media_id: str, media: Json, pause: Callable[[float], None]
) -> None:
    """Look until X has processed a picture."""
    asked = {"command": "STATUS", "media_id": media_id}
    for _ in range(_LOOKS):
        progress = media.get("processing_info") or {"state": "succeeded"}
        if progress["state"] == "failed":
            raise NotTakenError(NOT_PROCESSED, passing=False)
        if progress["state"] == "succeeded":
            return
        pause(min(float(progress.get("check_after_secs", 1)), _LONGEST_PAUSE_S))
        media = _media(call(client, "GET", _PATH, params=asked))
    raise NotTakenError(STILL_BUSY, passing=True)


def _media(answer: requests.Response) -> Json:
    media = answer.json()["data"]
    if not isinstance(media, dict):
        raise TypeError("this is no answer about media")
    return media


def _chunks(content: bytes) -> Iterator[bytes]:
    return (content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK))


def _coded(content: bytes) -> str:
    return b64encode(content).decode("ascii")
