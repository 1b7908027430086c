"""What the media endpoints of X's API do with a call that was let in (media upload v2, JSON)."""

import base64
import binascii
from typing import Any, NoReturn

from bot.sandbox.x import body, prices, problems
from bot.sandbox.x.answer import Answer, RefusedError
from bot.sandbox.x.endpoints import Outcome, Visit
from bot.sandbox.x.media import LONGEST_ALT, Upload
from bot.sandbox.x.pictures import MAX_GIF, MAX_PHOTO
from bot.sandbox.x.side import XSide
from bot.sandbox.x.videos import MAX_VIDEO

_LAST_SEGMENT = 999
_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")
_VIDEOS = ("video/mp4", "video/quicktime")
_MOST = {"tweet_image": MAX_PHOTO, "tweet_gif": MAX_GIF, "tweet_video": MAX_VIDEO}


def upload(x: XSide, visit: Visit) -> Outcome:
    """POST /2/media/upload: one image at once."""
    asked = body.parsed_as(body.UPLOAD, visit.body, visit.content_type)
    if asked["media_category"] != "tweet_image":
        _refuse("$.media_category: only tweet_image can be uploaded at once")
    content = _bytes(asked["media"])
    begun = _begin(x, visit, "tweet_image", len(content))
    x.uploads.finish(begun, content, x.clock.now_s())
    return _described(x, begun)


def initialize(x: XSide, visit: Visit) -> Outcome:
    """POST /2/media/upload/initialize."""
    asked = body.parsed_as(body.INITIALIZE, visit.body, visit.content_type)
    category, total = asked["media_category"], int(asked["total_bytes"])
    types = _VIDEOS if category == "tweet_video" else _PICTURES
    if asked["media_type"] not in types:
        _refuse(f"$.media_type: does not have a value in the enumeration [{', '.join(types)}]")
    if total > _MOST[category]:
        _refuse(f"$.total_bytes: exceeds {_MOST[category]}")
    return _described(x, _begin(x, visit, category, total))


def append(x: XSide, visit: Visit) -> Outcome:
    """POST /2/media/upload/:id/append; the same segment again replaces the first one."""
    asked = body.parsed_as(body.APPEND, visit.body, visit.content_type)
    begun = x.uploads.of(visit.account.id, visit.path_id, x.clock.now_s())
    index = int(asked["segment_index"])
    if begun.finished_s is not None or index > _LAST_SEGMENT:
        _refuse("$.segment_index: the upload takes no such segment")
    content = _bytes(asked["media"])
    if not x.faults.x.loses_chunk():
        begun.chunks[index] = content
    return _described(x, begun)


def finalize(x: XSide, visit: Visit) -> Outcome:
    """POST /2/media/upload/:id/finalize; every segment must be there, and no byte too many."""
    begun = x.uploads.of(visit.account.id, visit.path_id, x.clock.now_s())
    content = b"".join(begun.chunks[index] for index in sorted(begun.chunks))
    gaps = sorted(begun.chunks) != list(range(len(begun.chunks)))
    if gaps or len(content) != begun.total:
        _refuse("Segments do not add up to provided total file size.")
    x.uploads.finish(begun, content, x.clock.now_s())
    return _described(x, begun)


def status(x: XSide, visit: Visit) -> Outcome:
    """GET /2/media/upload with command=STATUS."""
    if visit.query.get("command") != "STATUS" or set(visit.query) != {"command", "media_id"}:
        _refuse("The query must be command=STATUS and media_id.")
    known = x.uploads.of(visit.account.id, visit.query["media_id"], x.clock.now_s())
    known.looked = known.finished_s is not None
    return _described(x, known)


def metadata(x: XSide, visit: Visit) -> Outcome:
    """POST /2/media/metadata: what a picture shows."""
    asked = body.parsed_as(body.METADATA, visit.body, visit.content_type)
    text = asked["metadata"]["alt_text"]["text"]
    if not 1 <= len(text) <= LONGEST_ALT:
        _refuse(f"$.metadata.alt_text.text: must be 1 to {LONGEST_ALT} characters long")
    known = x.uploads.of(visit.account.id, asked["id"], x.clock.now_s())
    if known.category == "tweet_video":
        _refuse("$.id: alt text is supported for images and GIFs only")
    known.alt = text
    shown = {"id": str(known.id), "associated_metadata": {"alt_text": {"text": text}}}
    return Outcome(Answer(200, {"data": shown}), prices.METADATA)


def _begin(x: XSide, visit: Visit, category: str, total: int) -> Upload:
    media_id = x.ledger.next_id(x.clock.now_ms())
    begun = Upload(media_id, visit.account.id, category, total, x.clock.now_s())
    x.uploads.begin(begun)
    return begun


def _described(x: XSide, upload: Upload) -> Outcome:
    shown: dict[str, Any] = x.uploads.described(upload, x.clock.now_s())
    return Outcome(Answer(200, {"data": shown}))


def _bytes(coded: str) -> bytes:
    try:
        return base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        _refuse("$.media: is not Base64")


def _refuse(message: str) -> NoReturn:
    raise RefusedError(problems.invalid((message, {})))
