"""Giving X a picture or a video (docs.x.com, media upload v2); what X and the network do is raised.

Nobody sees what is uploaded before a tweet has it, so every call here may be made again.
"""

import time
from base64 import b64encode
from collections.abc import Callable
from typing import Any, assert_never

import requests
import tweepy

from bot.domain.media import MediaKind
from bot.domain.publication import Duplicate, Live, NotLive, Outcome, Reason, Unknown
from bot.ports import Upload
from bot.x.timeline import is_id
from bot.x.transport import call

NOT_PROCESSED = "X could not make anything of a picture or video."
STILL_BUSY = "X is still busy with a picture or video."
NO_MEDIA_ID = "X gave a picture or video no id."
AS_DUPLICATE = "X took a picture or video for a repetition."
LOST_A_PIECE = "X lost a piece of a picture or video."
UNWANTED = "It was stopped while its pictures or video were on their way to X."

Json = dict[str, Any]

_TRIES = 3
_LOOKS = 200
_LONGEST_PAUSE_S = 5.0
_PATH = "/2/media/upload"
_MISSED = "segment"
"""What X says of an upload with a gap: segments do not add up to the size that was said."""
_CATEGORIES = {
    MediaKind.PHOTO: "tweet_image",
    MediaKind.GIF: "tweet_gif",
    MediaKind.VIDEO: "tweet_video",
}


class NotTakenError(Exception):
    """X surely has nothing usable; `passing` says that a later try may succeed."""

    def __init__(self, words: str, *, passing: bool) -> None:
        super().__init__(words)
        self.passing = passing


def upload(
    client: tweepy.Client, given: Upload, pause: Callable[[float], None] = time.sleep
) -> str:
    """Upload a picture or a video, wait until X has processed it, and say what it shows.

    Returns its id.
    """
    at_once = given.media.kind is MediaKind.PHOTO
    media = _at_once(client, given) if at_once else _in_chunks(client, given)
    media_id = _id_of(media)
    _await(client, media_id, media, given, pause)
    if given.media.alt and given.media.is_described:
        alt = {"alt_text": {"text": given.media.alt}}
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


def _at_once(client: tweepy.Client, given: Upload) -> Json:
    content = b"".join(given.pieces())
    body = {"media": _coded(content), "media_category": _CATEGORIES[given.media.kind]}
    return _media(call(client, "POST", _PATH, json=body))


def _in_chunks(client: tweepy.Client, given: Upload) -> Json:
    """Give one piece after the other; no more than one is in memory."""
    about = {
        "media_type": given.media.format.value,
        "total_bytes": given.size,
        "media_category": _CATEGORIES[given.media.kind],
    }
    media_id = _id_of(_media(call(client, "POST", f"{_PATH}/initialize", json=about)))
    for number, piece in enumerate(given.pieces()):
        _refuse_unwanted(given)
        _append(client, media_id, {"segment_index": number, "media": _coded(piece)})
    _refuse_unwanted(given)
    return _finished(client, media_id)


def _finished(client: tweepy.Client, media_id: str) -> Json:
    """Say that all was given; where X misses a segment, all can be given again later."""
    try:
        return _media(call(client, "POST", f"{_PATH}/{media_id}/finalize"))
    except tweepy.BadRequest as error:
        if _MISSED in str(error).lower():
            raise NotTakenError(LOST_A_PIECE, passing=True) from None
        raise


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
    client: tweepy.Client,
    media_id: str,
    media: Json,
    given: Upload,
    pause: Callable[[float], None],
) -> None:
    """Look until X has processed what it was given."""
    asked = {"command": "STATUS", "media_id": media_id}
    for _ in range(_LOOKS):
        progress = media.get("processing_info") or {"state": "succeeded"}
        if progress["state"] == "failed":
            raise NotTakenError(NOT_PROCESSED, passing=False)
        if progress["state"] == "succeeded":
            return
        pause(min(float(progress.get("check_after_secs", 1)), _LONGEST_PAUSE_S))
        _refuse_unwanted(given)
        media = _media(call(client, "GET", _PATH, params=asked))
    raise NotTakenError(STILL_BUSY, passing=True)


def _refuse_unwanted(given: Upload) -> None:
    if not given.is_wanted():
        raise NotTakenError(UNWANTED, passing=True)


def _id_of(media: Json) -> str:
    media_id = media.get("id")
    if not is_id(media_id):
        raise NotTakenError(NO_MEDIA_ID, passing=True)
    return media_id


def _media(answer: requests.Response) -> Json:
    media = answer.json()["data"]
    if not isinstance(media, dict):
        raise TypeError("this is no answer about media")
    return media


def _coded(content: bytes) -> str:
    return b64encode(content).decode("ascii")
