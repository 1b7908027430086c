"""Giving X a video: piece by piece, in its own time; whatever fails, nothing is live."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pytest

from bot.domain.publication import Live, NotLive, Reason
from bot.ports import Outgoing, Upload, Uploaded
from bot.sandbox.knobs import Hostile
from bot.x.media import LOST_A_PIECE, NOT_PROCESSED, UNWANTED
from bot.x.publisher import XPublisher
from tests.pictures import given
from tests.videos import CLIP, film
from tests.x.conftest import At, LocalX

VIDEO = given(CLIP, piece=10_000)


def paths(x: LocalX) -> list[str]:
    return [call["path"].rpartition("/")[2] for call in x.ledger()["calls"]]


def test_it_arrives_to_the_last_byte_and_is_waited_for(
    local_x: LocalX, publisher: XPublisher
) -> None:
    taken = publisher.upload(VIDEO)
    assert isinstance(taken, Uploaded), taken
    outcome = publisher.post(Outgoing("Look", None, (taken.media_id,)), lambda _: None)
    assert isinstance(outcome, Live), outcome
    (medium,) = local_x.ledger()["tweets"][-1]["media"]
    assert (medium["kind"], medium["alt"]) == ("video", "")
    assert sha256(local_x.picture(medium["address"])).hexdigest() == VIDEO.media.sha256
    (seen,) = publisher.timeline("0")
    assert (seen.id, seen.media_keys) == (outcome.id, 1)
    assert paths(local_x)[:6] == ["initialize", "append", "append", "append", "finalize", "upload"]


def test_a_mov_is_given_as_one(publisher: XPublisher) -> None:
    assert isinstance(publisher.upload(given(film(brand=b"qt  "))), Uploaded)


def test_words_that_somebody_wrote_are_not_sent_for_x_takes_none(
    local_x: LocalX, publisher: XPublisher
) -> None:
    media = replace(VIDEO.media, alt="A nurse.")
    assert isinstance(publisher.upload(replace(VIDEO, media=media)), Uploaded)
    assert "metadata" not in paths(local_x)


def test_a_lost_piece_is_sent_again_alone(local_x: LocalX, publisher: XPublisher) -> None:
    def lose_third() -> None:
        if len(local_x.x.ledger.calls) == 2:
            local_x.x.faults.x.next = [Hostile.RESET_AFTER]

    local_x.x.on_change = lose_third
    assert isinstance(publisher.upload(VIDEO), Uploaded)
    assert paths(local_x).count("append") == 4


def test_a_piece_that_x_lost_is_noticed_and_all_can_be_given_again(
    local_x: LocalX, publisher: XPublisher
) -> None:
    local_x.turn(media_lose_chunk=1)
    assert publisher.upload(VIDEO) == NotLive(Reason.REFUSED, LOST_A_PIECE, retry=True)
    assert isinstance(publisher.upload(VIDEO), Uploaded)


def test_what_x_cannot_process_is_refused_in_words(local_x: LocalX, publisher: XPublisher) -> None:
    local_x.turn(media_fails=True)
    assert publisher.upload(VIDEO) == NotLive(Reason.REFUSED, NOT_PROCESSED)


def test_what_takes_too_long_can_be_tried_again(local_x: LocalX, at: At) -> None:
    local_x.turn(media_processing_s=60)
    refused = at(f"{local_x.address}/x", upload_s=0.5).upload(VIDEO)
    assert isinstance(refused, NotLive)
    assert refused.retry


def test_a_video_has_more_time_than_one_call(local_x: LocalX, at: At) -> None:
    publisher = at(f"{local_x.address}/x", deadline_s=0.5, upload_s=30)  # it is asked after 1 s
    assert isinstance(publisher.upload(VIDEO), Uploaded)


def test_an_upload_that_has_expired_makes_no_tweet(local_x: LocalX, publisher: XPublisher) -> None:
    taken = publisher.upload(VIDEO)
    assert isinstance(taken, Uploaded)
    local_x.turn(media_life_s=0)
    outcome = publisher.post(Outgoing("Look", None, (taken.media_id,)), lambda _: None)
    assert isinstance(outcome, NotLive)
    assert local_x.ledger()["tweets"] == []


@pytest.mark.parametrize(("asked", "calls"), [(1, 1), (3, 3), (4, 4), (5, 5)])
def test_nothing_is_given_any_more_once_nobody_wants_it(
    local_x: LocalX, publisher: XPublisher, asked: int, calls: int
) -> None:
    answers = iter([True] * (asked - 1) + [False] * 9)
    refused = publisher.upload(replace(VIDEO, is_wanted=lambda: next(answers)))
    assert refused == NotLive(Reason.REFUSED, UNWANTED, retry=True)
    assert len(local_x.ledger()["calls"]) == calls


def test_bytes_that_cannot_be_read_any_more_do_not_go_out_half(
    local_x: LocalX, publisher: XPublisher
) -> None:
    def gone() -> Iterator[bytes]:
        yield from list(VIDEO.pieces())[:2]
        raise OSError

    refused = publisher.upload(Upload(VIDEO.media, VIDEO.size, gone))
    assert isinstance(refused, NotLive)
    assert refused.retry
    assert "finalize" not in paths(local_x)
