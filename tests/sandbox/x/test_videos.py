"""X's videos: judged by their bytes alone, processed in their own time, and alone in a tweet."""

from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.world import CLINIC
from bot.sandbox.x.videos import MAX_VIDEO, fault, look
from tests.pictures import png
from tests.sandbox.x.conftest import Bot, LocalX
from tests.sandbox.x.test_media import METADATA, UPLOAD, at_once, refused, taken, with_media
from tests.videos import box, film

CLIP = film(tells=False)


def given_(bot: Bot, raw: bytes, kind: str = "video/mp4") -> str:
    """Give X a video in two chunks, up to its end; returns its id."""
    about = {"media_type": kind, "media_category": "tweet_video", "total_bytes": len(raw)}
    media_id = str(taken(bot.call("POST", f"{UPLOAD}/initialize", json=about))["id"])
    for number, chunk in enumerate((raw[:1_000], raw[1_000:])):
        body = {"segment_index": number, "media": b64encode(chunk).decode()}
        taken(bot.call("POST", f"{UPLOAD}/{media_id}/append", json=body))
    return media_id


def finished(bot: Bot, raw: bytes, kind: str = "video/mp4") -> dict[str, Any]:
    return taken(bot.call("POST", f"{UPLOAD}/{given_(bot, raw, kind)}/finalize"))


def status(bot: Bot, media_id: str) -> dict[str, Any]:
    return taken(bot.call("GET", UPLOAD, params={"command": "STATUS", "media_id": media_id}))


def test_a_video_is_never_ready_before_somebody_asked(local_x: LocalX, bot: Bot) -> None:
    made = finished(bot, CLIP)
    assert made["processing_info"] == {"state": "pending", "check_after_secs": 1}
    assert with_media(bot, made["id"]).status_code == 400
    assert status(bot, made["id"])["processing_info"] == {"state": "succeeded"}
    assert with_media(bot, made["id"]).status_code == 201
    (medium,) = local_x.ledger()["tweets"][0]["media"]
    assert (medium["kind"], medium["type"], medium["key"]) == (
        "video", "video/mp4", f"7_{made['id']}",
    )  # fmt: skip
    assert local_x.picture(medium["address"]) == CLIP
    (tweet,) = bot.timeline(**{"tweet.fields": "entities"})["data"]
    assert tweet["entities"]["urls"][0]["expanded_url"] == (
        f"https://x.com/{CLINIC.username}/status/{tweet['id']}/video/1"
    )


def test_its_processing_takes_a_while_and_may_fail(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(media_processing_s=3_600)
    made = finished(bot, CLIP)
    assert status(bot, made["id"])["processing_info"]["state"] == "in_progress"
    local_x.turn(media_processing_s=0, media_fails=True)
    assert status(bot, made["id"])["processing_info"]["state"] == "failed"


def test_it_is_alone_in_its_tweet_and_takes_no_alt_text(bot: Bot) -> None:
    made = finished(bot, film(tells=False, brand=b"qt  "), "video/quicktime")
    status(bot, made["id"])
    photo = taken(at_once(bot, png()))
    answer = with_media(bot, made["id"], photo["id"])
    assert "1 video" in refused(answer)
    body = {"id": made["id"], "metadata": {"alt_text": {"text": "A nurse."}}}
    assert "images and GIFs only" in refused(bot.call("POST", METADATA, json=body))


def test_what_is_no_video_is_refused_when_it_is_whole(bot: Bot) -> None:
    for raw in (png(), CLIP[:-1], film(tells=False, profile=244, chroma=3)):
        answer = bot.call("POST", f"{UPLOAD}/{given_(bot, raw)}/finalize")
        assert refused(answer)
    for kind, size in (("image/png", 10), ("video/webm", 10), ("video/mp4", MAX_VIDEO + 1)):
        about = {"media_type": kind, "media_category": "tweet_video", "total_bytes": size}
        assert refused(bot.call("POST", f"{UPLOAD}/initialize", json=about))


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({}, None),
        ({"brand": b"qt  "}, None),
        ({"sound": None}, None),
        ({"long_offsets": True}, None),
        ({"profile": 100}, None),
        ({"tells": True}, "The media could not be read as a video."),  # a third track
        ({"codec": b"hvc1"}, "Unsupported video codec."),
        ({"profile": 122, "chroma": 2}, "Unsupported pixel format."),
        ({"aac": 5}, "Unsupported audio codec."),
        ({"channels": 6}, "Unsupported audio codec."),
        ({"sound": b"ac-3"}, "Unsupported audio codec."),
        ({"frames": 4, "each": 60}, "Invalid video duration."),
        ({"frames": 10, "each": 8_460}, "Invalid video duration."),
        ({"frames": 70, "each": 9}, "Invalid frame rate."),
        ({"width": 1_296, "height": 48, "frames": 1, "each": 600}, "Invalid dimensions."),
        ({"width": 128, "height": 32}, "Invalid aspect ratio."),
    ],
)
def test_it_judges_what_is_in_the_bytes(how: dict[str, object], words: str | None) -> None:
    raw = film(**({"tells": False} | how))
    assert fault(look(raw), len(raw)) == words
    assert fault(look(film(tells=False)), MAX_VIDEO + 1) == "File size exceeds 512 MB."


@settings(max_examples=200)
@given(st.data())
def test_broken_bytes_are_no_video_or_one(data: st.DataObject) -> None:
    raw = bytearray(film(tells=False, frames=5, each=120))
    places = st.integers(raw.find(b"moov"), len(raw) - 1) | st.integers(0, 40)
    for at in data.draw(st.lists(places, max_size=5)):
        raw[at] = data.draw(st.integers(0, 255))
    fault(look(bytes(raw)), len(raw))


def test_fragments_are_no_video() -> None:
    assert look(box(b"ftyp", b"isom") + box(b"moof")) is None
