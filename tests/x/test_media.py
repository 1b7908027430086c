"""Giving X a picture: at once or in chunks, with what it shows; whatever fails, nothing is live."""

from hashlib import sha256

import pytest

from bot.domain.media import Media, MediaFormat, MediaKind
from bot.domain.publication import Duplicate, Live, NotLive, Reason, Unknown
from bot.ports import Outgoing, Upload, Uploaded
from bot.sandbox.knobs import Hostile
from bot.x.media import AS_DUPLICATE, NOT_PROCESSED, not_live
from bot.x.publisher import XPublisher
from tests.pictures import as_upload, gif, given, png
from tests.x.conftest import At, LocalX

ALT = "A nurse washes her hands."
FINAL = {
    *(Hostile.BAD_REQUEST, Hostile.UNAUTHORIZED, Hostile.NO_CREDITS, Hostile.FORBIDDEN),
    *(Hostile.CASHTAGS, Hostile.NOT_FOUND, Hostile.TOO_LARGE, Hostile.UNSUPPORTED_MEDIA_TYPE),
}


PHOTO, GIF = given(png(), ALT), given(gif(3), ALT)


def content(upload: Upload) -> bytes:
    return b"".join(upload.pieces())


def tweeted(x: LocalX, publisher: XPublisher, taken: Uploaded | NotLive) -> list[dict[str, str]]:
    """Tweet a picture that was taken; returns the tweet's media as the public sees them."""
    assert isinstance(taken, Uploaded), taken
    outcome = publisher.post(Outgoing("Look", None, (taken.media_id,)), lambda _: None)
    assert isinstance(outcome, Live), outcome
    found: list[dict[str, str]] = x.ledger()["tweets"][-1]["media"]
    return found


@pytest.mark.parametrize(("upload", "kind"), [(PHOTO, "photo"), (GIF, "animated_gif")])
def test_a_picture_arrives_to_the_last_byte_with_what_it_shows(
    local_x: LocalX, publisher: XPublisher, upload: Upload, kind: str
) -> None:
    (medium,) = tweeted(local_x, publisher, publisher.upload(upload))
    assert (medium["kind"], medium["alt"]) == (kind, ALT)
    seen = local_x.picture(medium["address"])
    assert sha256(seen).hexdigest() == upload.media.sha256


def test_a_long_gif_goes_in_several_chunks(local_x: LocalX, publisher: XPublisher) -> None:
    (medium,) = tweeted(local_x, publisher, publisher.upload(given(gif(3), ALT, piece=300)))
    appended = [c for c in local_x.ledger()["calls"] if c["path"].endswith("/append")]
    assert len(appended) == -(-GIF.size // 300) > 1
    assert local_x.picture(medium["address"]) == content(GIF)


def test_a_chunk_whose_answer_is_lost_is_sent_again_alone(
    local_x: LocalX, publisher: XPublisher
) -> None:
    def lose_second() -> None:
        if len(local_x.x.ledger.calls) == 1:
            local_x.x.faults.x.next = [Hostile.RESET_AFTER]

    local_x.x.on_change = lose_second
    tweeted(local_x, publisher, publisher.upload(GIF))
    paths = [call["path"].rpartition("/")[2] for call in local_x.ledger()["calls"]]
    assert paths == ["initialize", "append", "append", "finalize", "metadata", "tweets"]


def test_a_chunk_that_x_lost_is_noticed_and_nothing_is_live(
    local_x: LocalX, publisher: XPublisher
) -> None:
    local_x.turn(media_lose_chunk=1)
    assert isinstance(publisher.upload(GIF), NotLive)
    assert isinstance(publisher.upload(GIF), Uploaded)


def test_it_waits_until_x_has_processed_a_picture(local_x: LocalX, at: At) -> None:
    local_x.turn(media_processing_s=0.5)
    publisher = at(f"{local_x.address}/x")
    tweeted(local_x, publisher, publisher.upload(PHOTO))
    looks = [c for c in local_x.ledger()["calls"] if c["method"] == "GET"]
    assert len(looks) == 1


def test_a_picture_that_x_cannot_process_is_refused_in_words(
    local_x: LocalX, publisher: XPublisher
) -> None:
    local_x.turn(media_processing_s=0.1, media_fails=True)
    assert publisher.upload(GIF) == NotLive(Reason.REFUSED, NOT_PROCESSED)


def test_what_takes_too_long_can_be_tried_again(local_x: LocalX, at: At) -> None:
    local_x.turn(media_processing_s=60)
    refused = at(f"{local_x.address}/x", deadline_s=0.5).upload(PHOTO)
    assert isinstance(refused, NotLive)
    assert refused.retry


@pytest.mark.parametrize("answer", Hostile)
def test_no_answer_to_an_upload_leaves_a_doubt(
    local_x: LocalX, at: At, publisher: XPublisher, answer: Hostile
) -> None:
    local_x.turn(next=[answer])
    hasty = at(f"{local_x.address}/x", deadline_s=0.5)  # no answer is as good as a late one
    outcome = (publisher if answer in FINAL else hasty).upload(PHOTO)
    assert isinstance(outcome, NotLive)
    assert outcome.retry is (answer not in FINAL)
    assert ALT not in outcome.detail
    assert local_x.ledger()["tweets"] == []


@pytest.mark.parametrize(
    ("answer", "reason"), [("401", Reason.ACCESS), ("402", Reason.CREDITS), ("400", Reason.REFUSED)]
)
def test_a_refusal_keeps_its_reason(
    local_x: LocalX, publisher: XPublisher, answer: str, reason: Reason
) -> None:
    local_x.turn(next=[answer])
    refused = publisher.upload(PHOTO)
    assert isinstance(refused, NotLive)
    assert refused.reason is reason


def test_what_x_does_not_take_is_refused_for_good(publisher: XPublisher) -> None:
    broken = as_upload(Media("0" * 64, MediaKind.PHOTO, MediaFormat.PNG, ALT), b"no picture")
    refused = publisher.upload(broken)
    assert isinstance(refused, NotLive)
    assert not refused.retry


def test_pictures_without_words_are_a_tweet(local_x: LocalX, publisher: XPublisher) -> None:
    taken = publisher.upload(PHOTO)
    assert isinstance(taken, Uploaded)
    outcome = publisher.post(Outgoing("", None, (taken.media_id,)), lambda _: None)
    assert isinstance(outcome, Live)
    (seen,) = publisher.timeline("0")
    assert (seen.id, seen.media_keys) == (outcome.id, 1)
    assert local_x.ledger()["tweets"][-1]["shown_text"] == ""


@pytest.mark.parametrize("outcome", [Duplicate(), Live("1", "x"), Unknown("lost")])
def test_before_a_tweet_every_outcome_can_be_tried_again(
    outcome: Duplicate | Live | Unknown,
) -> None:
    refused = not_live(outcome)
    assert refused.retry
    assert refused.detail in (AS_DUPLICATE, "lost")
