"""Uploads at X: begun, filled with chunks, finished, processed; and used by a tweet, or expired."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil
from typing import Any

from bot.sandbox.faults import Faults
from bot.sandbox.x import pictures, problems, videos
from bot.sandbox.x.answer import RefusedError

LONGEST_ALT = 1_000
_PHOTOS = 4
_INVALID = "Your media IDs are invalid."
_KINDS = {"tweet_image": "photo", "tweet_gif": "animated_gif", "tweet_video": "video"}
_KEYS = {"tweet_image": 3, "tweet_gif": 16, "tweet_video": 7}


class State(StrEnum):
    """How far X has come with an upload."""

    OPEN = "open"
    PENDING = "pending"
    PROCESSING = "in_progress"
    READY = "succeeded"
    FAILED = "failed"


@dataclass(slots=True)
class Upload:
    """One picture or video; `begun_s` and `finished_s` are seconds of X's clock."""

    id: int
    owner_id: str
    category: str
    total: int
    begun_s: float
    chunks: dict[int, bytes] = field(default_factory=dict)
    content: bytes = b""
    type: str = ""
    finished_s: float | None = None
    looked: bool = False
    """Whether its state was asked for since: no video is ready at once."""
    alt: str = ""

    @property
    def key(self) -> str:
        """The name under which tweets have it: 3_ a photo, 16_ a GIF, 7_ a video."""
        return f"{_KEYS[self.category]}_{self.id}"

    @property
    def kind(self) -> str:
        """What it becomes in a tweet."""
        return _KINDS[self.category]

    def as_json(self) -> dict[str, Any]:
        """Answer the picture of a tweet for `/sandbox/x/…`."""
        return {
            "key": self.key,
            "kind": self.kind,
            "type": self.type,
            "alt": self.alt,
            "address": f"/sandbox/x/media/{self.id}",
        }


class Uploads:
    """Everything that was uploaded and not forgotten."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._uploads: dict[int, Upload] = {}

    def begin(self, upload: Upload) -> None:
        """Take note of an upload without bytes."""
        self._uploads[upload.id] = upload

    def of(self, owner_id: str, media_id: str, now_s: float) -> Upload:
        """Answer somebody's own upload that has not expired, or refuse with 400."""
        known = media_id.isascii() and media_id.isdecimal() and len(media_id) <= 19
        upload = self._uploads.get(int(media_id)) if known else None
        if upload is None or upload.owner_id != owner_id or self._expired(upload, now_s):
            raise RefusedError(problems.invalid((_INVALID, {"media_id": [media_id]})))
        return upload

    def seen(self, media_id: int) -> Upload | None:
        """Answer a picture for a reader of tweets; those do not expire."""
        return self._uploads.get(media_id)

    def finish(self, upload: Upload, content: bytes, now_s: float) -> None:
        """Take the bytes as a whole; refuse with 400 what is no such picture or video."""
        found: pictures.Found | videos.Clip | None
        if upload.category == "tweet_video":
            found = clip = videos.look(content)
            wrong = videos.fault(clip, len(content))
        else:
            found = picture = pictures.look(content)
            wrong = pictures.fault(picture, upload.category, len(content))
        if wrong is not None:
            raise RefusedError(problems.invalid((wrong, {})))
        upload.content, upload.finished_s = content, now_s
        upload.type = found.type if found else ""

    def state(self, upload: Upload, now_s: float) -> State:
        """Answer how far X has come with an upload."""
        if upload.finished_s is None:
            return State.OPEN
        if upload.kind == "video" and not upload.looked:
            return State.PENDING
        if now_s < upload.finished_s + self._faults.x.media_processing_s:
            return State.PROCESSING
        return State.FAILED if self._faults.x.media_fails else State.READY

    def chosen(self, owner_id: str, media_ids: Iterable[str], now_s: float) -> tuple[Upload, ...]:
        """Answer the pictures of a new tweet; refuse what is not ready or does not go together."""
        found = tuple(self.of(owner_id, media_id, now_s) for media_id in media_ids)
        if any(self.state(upload, now_s) is not State.READY for upload in found):
            raise RefusedError(problems.invalid((_INVALID, {})))
        alone = any(upload.kind != "photo" for upload in found)
        if len(found) > (1 if alone else _PHOTOS) or len({u.id for u in found}) < len(found):
            words = "You can attach up to 4 photos, or 1 GIF, or 1 video to a Post."
            raise RefusedError(problems.invalid((words, {})))
        return found

    def described(self, upload: Upload, now_s: float) -> dict[str, Any]:
        """Answer an upload as X's API does."""
        left = upload.begun_s + self._faults.x.media_life_s - now_s
        shown: dict[str, Any] = {"id": str(upload.id), "media_key": upload.key}
        shown |= {"expires_after_secs": ceil(left)}
        if upload.finished_s is not None:
            shown |= {"size": len(upload.content)}
            shown |= self._processing(upload, now_s)
        return shown

    def _processing(self, upload: Upload, now_s: float) -> dict[str, Any]:
        state = self.state(upload, now_s)
        at_once = upload.kind != "video" and not self._faults.x.media_processing_s
        if state is State.READY and at_once:
            return {}
        info: dict[str, Any] = {"state": state.value}
        if state is State.PENDING:
            info |= {"check_after_secs": 1}
        if state is State.PROCESSING:
            info |= {"check_after_secs": 1, "progress_percent": 50}
        return {"processing_info": info}

    def _expired(self, upload: Upload, now_s: float) -> bool:
        return now_s >= upload.begun_s + self._faults.x.media_life_s
