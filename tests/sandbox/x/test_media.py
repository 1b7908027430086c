"""X's media: uploads are checked by their bytes, expire, and go together as X says."""

from base64 import b64encode
from typing import Any

import pytest
import requests

from bot.sandbox.world import CLINIC, KIDS
from bot.sandbox.x import pictures
from bot.sandbox.x.pictures import fault, look
from tests.pictures import drawn, gif, jpeg, png, saved, webp
from tests.sandbox.x.conftest import Bot, LocalX

UPLOAD, METADATA = "/2/media/upload", "/2/media/metadata"
WHOLE = {"image/jpeg": jpeg(), "image/png": png(), "image/webp": webp(), "image/gif": gif(1)}


def at_once(bot: Bot, raw: bytes, category: str = "tweet_image") -> requests.Response:
    body = {"media": b64encode(raw).decode(), "media_category": category}
    return bot.call("POST", UPLOAD, json=body)


def taken(answer: requests.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()["data"]
    return shown


def in_chunks(bot: Bot, raw: bytes, *chunks: bytes) -> requests.Response:
    about = {"media_type": "image/gif", "media_category": "tweet_gif", "total_bytes": len(raw)}
    begun = taken(bot.call("POST", f"{UPLOAD}/initialize", json=about))
    for number, chunk in enumerate(chunks or (raw,)):
        body = {"segment_index": number, "media": b64encode(chunk).decode()}
        taken(bot.call("POST", f"{UPLOAD}/{begun['id']}/append", json=body))
    return bot.call("POST", f"{UPLOAD}/{begun['id']}/finalize")


def refused(answer: requests.Response) -> str:
    assert answer.status_code == 400, answer.text
    return str(answer.json()["errors"][0]["message"])


def with_media(bot: Bot, *ids: str, text: str = "Look") -> requests.Response:
    return bot.tweet(text, media={"media_ids": list(ids)})


@pytest.mark.parametrize("kind", WHOLE)
def test_a_photo_of_each_kind_is_taken_and_shown_to_the_last_byte(
    local_x: LocalX, bot: Bot, kind: str
) -> None:
    made = taken(at_once(bot, WHOLE[kind]))
    assert made["size"] == len(WHOLE[kind])
    assert made["media_key"] == f"3_{made['id']}"
    assert made["expires_after_secs"] == 86_400
    assert with_media(bot, made["id"]).status_code == 201
    (medium,) = local_x.ledger()["tweets"][0]["media"]
    assert medium["type"] == kind
    assert local_x.picture(medium["address"]) == WHOLE[kind]


def test_a_tweet_with_pictures_says_so_in_its_text_its_entities_and_its_attachments(
    local_x: LocalX, bot: Bot
) -> None:
    ids = [taken(at_once(bot, png(width=w)))["id"] for w in (3, 4)]
    made = with_media(bot, *ids, text="Look at example.org").json()["data"]
    page = bot.timeline(**{"tweet.fields": "entities,attachments"})
    (tweet,) = page["data"]
    link, *shown = tweet["entities"]["urls"]
    assert tweet["text"] == made["text"] == f"Look at {link['url']} {shown[0]['url']}"
    assert [one["media_key"] for one in shown] == tweet["attachments"]["media_keys"]
    assert len({one["url"] for one in shown}) == 1
    assert shown[0]["expanded_url"] == (
        f"https://x.com/{CLINIC.username}/status/{tweet['id']}/photo/1"
    )
    (public,) = local_x.see("timeline", user_id=CLINIC.id)["tweets"]
    assert public["shown_text"] == "Look at example.org"
    assert [one["expanded_url"] for one in public["urls"]] == ["http://example.org"]


def test_pictures_alone_are_a_tweet_and_no_link_in_its_price(local_x: LocalX, bot: Bot) -> None:
    made = taken(at_once(bot, png()))
    answer = bot.call("POST", "/2/tweets", json={"media": {"media_ids": [made["id"]]}})
    assert answer.status_code == 201
    assert answer.json()["data"]["text"].startswith("https://t.co/")
    assert local_x.ledger()["cost"] == 0.015


def test_what_a_picture_shows_is_kept_with_it_and_has_its_price(local_x: LocalX, bot: Bot) -> None:
    made = taken(at_once(bot, png()))
    body = {"id": made["id"], "metadata": {"alt_text": {"text": "A bed."}}}
    assert taken(bot.call("POST", METADATA, json=body))["id"] == made["id"]
    with_media(bot, made["id"])
    assert local_x.ledger()["tweets"][0]["media"][0]["alt"] == "A bed."
    assert local_x.ledger()["cost"] == pytest.approx(0.020)


@pytest.mark.parametrize("text", ["", "x" * 1_001])
def test_an_alt_text_has_its_bounds(bot: Bot, text: str) -> None:
    made = taken(at_once(bot, png()))
    body = {"id": made["id"], "metadata": {"alt_text": {"text": text}}}
    assert "1 to 1000" in refused(bot.call("POST", METADATA, json=body))


def test_a_gif_goes_in_chunks_that_may_come_twice(bot: Bot) -> None:
    raw = gif(3)
    begun = {"media_type": "image/gif", "total_bytes": len(raw), "media_category": "tweet_gif"}
    media_id = taken(bot.call("POST", f"{UPLOAD}/initialize", json=begun))["id"]
    for number, chunk in ((1, raw[100:]), (0, b"wrong"), (0, raw[:100])):
        body = {"segment_index": number, "media": b64encode(chunk).decode()}
        taken(bot.call("POST", f"{UPLOAD}/{media_id}/append", json=body))
    assert taken(bot.call("POST", f"{UPLOAD}/{media_id}/finalize"))["media_key"] == f"16_{media_id}"
    assert with_media(bot, media_id).status_code == 201


def test_chunks_that_do_not_add_up_are_refused(local_x: LocalX, bot: Bot) -> None:
    raw = gif(2)
    assert "do not add up" in refused(in_chunks(bot, raw, raw[:-1]))
    local_x.turn(media_lose_chunk=1)
    assert "do not add up" in refused(in_chunks(bot, raw, raw[:50], raw[50:]))


def test_processing_takes_its_time_and_may_fail(local_x: LocalX, bot: Bot) -> None:
    local_x.turn(media_processing_s=3600)
    made = taken(in_chunks(bot, gif(2)))
    assert made["processing_info"]["state"] == "in_progress"
    assert "invalid" in refused(with_media(bot, made["id"]))
    asked = {"command": "STATUS", "media_id": made["id"]}
    assert taken(bot.call("GET", UPLOAD, params=asked))["processing_info"]["check_after_secs"] == 1
    local_x.turn(media_processing_s=0, media_fails=True)
    assert taken(bot.call("GET", UPLOAD, params=asked))["processing_info"] == {"state": "failed"}
    assert "invalid" in refused(with_media(bot, made["id"]))


def test_an_upload_expires_but_a_tweet_keeps_its_pictures(local_x: LocalX, bot: Bot) -> None:
    made = taken(at_once(bot, png()))
    assert with_media(bot, made["id"]).status_code == 201
    local_x.turn(media_life_s=0)
    assert "invalid" in refused(with_media(bot, made["id"], text="Again"))
    (medium,) = local_x.ledger()["tweets"][0]["media"]
    assert local_x.picture(medium["address"]) == png()


def test_what_does_not_go_together_is_refused(bot: Bot) -> None:
    photos = [taken(at_once(bot, png(width=w)))["id"] for w in range(2, 6)]
    moving = taken(in_chunks(bot, gif(2)))["id"]
    assert with_media(bot, *photos).status_code == 201
    for ids in ((moving, photos[0]), (photos[0], photos[0])):
        assert "up to 4 photos" in refused(with_media(bot, *ids))
    assert with_media(bot, moving, text="Alone").status_code == 201


def test_nobody_uses_somebody_elses_picture(local_x: LocalX, bot: Bot) -> None:
    made = taken(at_once(local_x.bot(KIDS), png()))
    for media_id in (made["id"], "1", "9" * 19):
        assert "invalid" in refused(with_media(bot, media_id))


def test_new_pictures_make_the_same_words_a_new_tweet(bot: Bot) -> None:
    assert bot.tweet("Same").status_code == 201
    made = taken(at_once(bot, png()))
    assert with_media(bot, made["id"], text="Same").status_code == 201


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7", "could not be read"),
        (png()[:-9], "could not be read"),
        (jpeg()[:-9], "could not be read"),
        (webp()[:-9], "could not be read"),
        (gif(1)[:-9], "could not be read"),
        (gif(2), "must be uploaded as tweet_gif"),
    ],
)
def test_bytes_that_are_no_photo_are_refused(bot: Bot, raw: bytes, words: str) -> None:
    assert words in refused(at_once(bot, raw))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (gif(1), "no animated GIF"),
        (png(), "no animated GIF"),
        (gif(2, width=1_281, height=4), "larger than 1280x1080"),
    ],
)
def test_bytes_that_are_no_gif_are_refused(bot: Bot, raw: bytes, words: str) -> None:
    assert words in refused(in_chunks(bot, raw))


def test_the_sizes_of_a_picture_are_read_from_its_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, raw in (WHOLE | {"image/webp": webp(lossless=False)}).items():
        found = look(raw)
        assert found is not None
        assert (found.type, found.width, found.height) == (kind, 24, 16)
    long = look(gif(4))
    monkeypatch.setattr(pictures, "GIF_FRAMES", 3)
    assert fault(long, "tweet_gif", 1) == "The GIF has too many frames."
    assert fault(look(png()), "tweet_image", 5_000_001) == "File size exceeds 5 MB."
    assert fault(long, "tweet_gif", 15_000_001) == "File size exceeds 15 MB."
    assert look(saved(drawn(), "PNG", save_all=True, append_images=[drawn(shade=9)])) is not None


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (UPLOAD, {"media": "x y", "media_category": "tweet_image"}),
        (UPLOAD, {"media": "eA==", "media_category": "tweet_gif"}),
        (UPLOAD, {"media": "eA=="}),
        (UPLOAD, {"media": "eA==", "media_category": "tweet_image", "more": 1}),
        (f"{UPLOAD}/initialize", {"media_type": "video/mp4", "total_bytes": 1,
                                  "media_category": "tweet_gif"}),
        (f"{UPLOAD}/initialize", {"media_type": "text/html", "total_bytes": 1,
                                  "media_category": "tweet_gif"}),
        (f"{UPLOAD}/initialize", {"media_type": "image/gif", "total_bytes": 15_000_001,
                                  "media_category": "tweet_gif"}),
        (f"{UPLOAD}/7/append", {"segment_index": 0, "media": "eA=="}),
        (f"{UPLOAD}/7/finalize", None),
        (METADATA, {"id": "7", "metadata": {"alt_text": {"text": "A bed."}}}),
        (METADATA, {"id": "7", "metadata": {}}),
    ],
)  # fmt: skip
def test_what_is_not_asked_as_x_has_it_is_refused(bot: Bot, path: str, body: Any) -> None:
    refused(bot.call("POST", path, json=body))


def test_a_status_is_asked_for_by_its_command(bot: Bot) -> None:
    made = taken(at_once(bot, png()))
    refused(bot.call("GET", UPLOAD, params={"media_id": made["id"]}))
    assert "processing_info" not in taken(
        bot.call("GET", UPLOAD, params={"command": "STATUS", "media_id": made["id"]})
    )


def test_a_body_of_nine_megabytes_is_refused(bot: Bot) -> None:
    assert at_once(bot, bytes(7_000_000)).status_code == 413


def test_a_picture_that_nobody_uploaded_is_not_there(local_x: LocalX) -> None:
    address = f"{local_x.address}/sandbox/x/media/7"
    assert local_x.person.get(address, timeout=10).status_code == 404
