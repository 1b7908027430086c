"""Pictures on their way to X: given between the claim and the intent, and never for nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from bot.domain.publication import NotLive, PublicationState, Reason, Unknown
from bot.ports import Outgoing, Upload, Uploaded
from bot.workflow.scheduling import retry
from bot.workflow.stopping import pause
from storage import blobs
from tests.conftest import AUTHOR, OPERATOR
from tests.fakes.x import FakeX
from tests.office import Office
from tests.pictures import png
from tests.videos import CLIP

ALTS = ("A bed.", "A garden.")


def with_pictures(office: Office, text: str = "Sleep well.") -> int:
    return office.scheduled(draft=office.illustrated(text, ALTS))


def uploads(x: FakeX) -> list[Upload]:
    return [call.argument for call in x.calls if isinstance(call.argument, Upload)]


def sent(x: FakeX) -> list[Outgoing]:
    return [call.argument for call in x.calls if isinstance(call.argument, Outgoing)]


def test_the_tweet_has_the_pictures_that_were_approved_in_their_order(office: Office) -> None:
    draft = with_pictures(office)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    (outgoing,) = sent(office.x)
    given = [office.x.pictures[media_id] for media_id in outgoing.media_ids]
    assert [media.alt for media in given] == list(ALTS)
    assert given == list(office.card(draft).content.parts[0].media)


def test_only_the_part_with_pictures_has_them(office: Office) -> None:
    with_pictures(office, "One.\n---\nTwo.")
    office.work()
    assert [len(outgoing.media_ids) for outgoing in sent(office.x)] == [2, 0]


def test_a_part_may_be_pictures_alone_and_is_found_again_when_its_answer_is_lost(
    office: Office,
) -> None:
    office.x.script.append(office.x.lose)
    draft = with_pictures(office, "---\nTwo.")
    office.work()
    office.wait_and_work(1, seconds=2)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert [(out.text, len(out.media_ids)) for out in sent(office.x)] == [("", 2), ("Two.", 0)]


def test_bytes_that_are_not_those_approved_do_not_go_out(office: Office) -> None:
    draft = with_pictures(office)
    with office.desk.write() as session:
        session.connection().exec_driver_sql("UPDATE blob_piece SET content = x'00'")
    office.work()
    assert (uploads(office.x), sent(office.x)) == ([], [])
    assert office.publication(draft).reason is Reason.CHANGED
    assert office.state(draft) is PublicationState.CANCELLED
    assert "not what was approved" in office.notices(OPERATOR)[-1]


def test_bytes_that_are_gone_do_not_go_out_half(office: Office) -> None:
    draft = with_pictures(office)
    with office.desk.write() as session:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        session.connection().exec_driver_sql("UPDATE source_file SET sha256 = NULL")
        session.connection().exec_driver_sql("DELETE FROM blob_piece")
        session.connection().exec_driver_sql("DELETE FROM blob")
    office.work()
    assert sent(office.x) == []
    assert office.publication(draft).reason is Reason.CHANGED


def test_a_picture_that_x_does_not_take_now_is_given_again_later(office: Office) -> None:
    draft = with_pictures(office)
    office.x.uploading.append(NotLive(Reason.REFUSED, "busy", retry=True))
    office.work()
    assert office.state(draft) is PublicationState.SCHEDULED
    assert office.attempts(draft) == []
    office.wait_and_work(2, minutes=1)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert len(sent(office.x)) == 1


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (Reason.REFUSED, PublicationState.FAILED),
        (Reason.CREDITS, PublicationState.HELD),
        (Reason.ACCESS, PublicationState.HELD),
    ],
)
def test_a_picture_that_x_refuses_is_said_and_nothing_is_sent(
    office: Office, reason: Reason, state: PublicationState
) -> None:
    draft = with_pictures(office)
    office.x.uploading.append(NotLive(reason, "X could not make anything of a picture."))
    office.work()
    assert office.state(draft) is state
    assert sent(office.x) == []
    assert "could not make anything" in office.notices(AUTHOR)[-1]
    retry(office.desk, draft, AUTHOR)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED


def during_upload(office: Office, happens: Callable[[], object]) -> None:
    """Let something happen while X takes the first picture."""
    upload, waiting = office.x.upload, [happens]

    def busy(given: Upload) -> Uploaded | NotLive:
        if waiting:
            waiting.pop()()
        return upload(given)

    office.x.upload = busy  # type: ignore[method-assign]  # life goes on during a call


def test_a_pause_during_an_upload_holds_the_tweet(office: Office) -> None:
    draft = with_pictures(office)
    during_upload(office, lambda: pause(office.desk, OPERATOR, "wait"))
    office.work()
    assert office.state(draft) is PublicationState.HELD
    assert sent(office.x) == []


def test_the_lease_is_renewed_before_each_picture(office: Office) -> None:
    draft = with_pictures(office)
    almost = office.desk.policy.waits.lease - timedelta(seconds=5)
    during_upload(office, lambda: office.clock.forward(seconds=almost.total_seconds()))
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert office.publication(draft).token == 1


def test_who_lost_the_lease_during_an_upload_sends_nothing(office: Office) -> None:
    draft = with_pictures(office)

    def somebody_else() -> None:
        office.clock.forward(minutes=4)
        office.lane.step()  # takes over
        office.lane.step()  # and publishes

    during_upload(office, somebody_else)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert len(sent(office.x)) == 1


def test_a_tweet_of_pictures_alone_whose_answer_is_lost_is_found(office: Office) -> None:
    office.x.script.append(office.x.lose)
    draft = office.scheduled(draft=office.illustrated("", ALTS))
    office.work()
    office.wait_and_work(3, minutes=1)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert len(sent(office.x)) == 1


def test_another_number_of_pictures_is_another_tweet(office: Office) -> None:
    office.x.script.append(Unknown("lost"))
    draft = office.scheduled(draft=office.illustrated("Same words", ALTS))
    office.work()
    office.x.say("Same words", media=1)
    office.wait_and_work(2, minutes=1)
    assert office.state(draft) is PublicationState.IN_DOUBT


def test_the_same_number_of_pictures_without_words_waits_while_one_is_in_doubt(
    office: Office,
) -> None:
    office.x.script.append(Unknown("lost"))
    first = office.scheduled(draft=office.illustrated("", ALTS))
    office.work()
    assert office.state(first) is PublicationState.IN_DOUBT
    alike = office.scheduled(draft=office.illustrated("", ALTS, [png(width=7), png(width=8)]))
    other = office.scheduled(draft=office.illustrated("", ALTS[:1]))
    for _ in range(5):
        office.lane.step()
    assert office.state(alike) is PublicationState.SCHEDULED
    assert office.state(other) is PublicationState.PUBLISHED


def with_video(office: Office) -> int:
    draft = office.draft("A clip", pictures=[CLIP])
    office.check()
    return office.scheduled(draft=draft)


def test_a_tweet_has_the_video_that_was_approved(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "PIECE", 7_000)
    draft = with_video(office)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    ((media_id,),) = (outgoing.media_ids for outgoing in sent(office.x))
    (media,) = office.card(draft).content.parts[0].media
    assert sha256(office.x.contents[media_id]).hexdigest() == media.sha256


def during_pieces(office: Office, happens: Callable[[], object]) -> None:
    """Let something happen each time that X has taken a piece."""
    upload = office.x.upload

    def slow(given: Upload) -> Uploaded | NotLive:
        def pieces() -> Iterator[bytes]:
            for piece in given.pieces():
                yield piece
                happens()

        return upload(replace(given, pieces=pieces))

    office.x.upload = slow  # type: ignore[method-assign]  # life goes on during a call


def test_the_lease_is_renewed_before_each_piece(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "PIECE", 7_000)
    draft = with_video(office)
    during_pieces(office, lambda: office.clock.forward(minutes=2.9))
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert office.publication(draft).token == 1


def test_no_transaction_is_open_while_x_takes_a_piece(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "PIECE", 7_000)
    draft = with_video(office)
    during_pieces(office, lambda: office.draft("Somebody writes meanwhile."))
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert len(office.ids_of_drafts()) == 5


def test_an_edit_stops_a_video_on_its_way(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "PIECE", 7_000)
    draft = with_video(office)
    texts = iter(["Another text"])

    def edit_once() -> None:
        for text in texts:
            office.edit(draft, text)

    during_pieces(office, edit_once)
    office.work()
    assert office.state(draft) is PublicationState.CANCELLED
    assert sent(office.x) == []


def test_a_piece_that_is_changed_on_its_way_is_not_public(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "PIECE", 7_000)
    draft = with_video(office)

    def change() -> None:
        with office.desk.database.write() as session:
            sql = "UPDATE blob_piece SET content = x'00' WHERE number = 2"
            session.connection().exec_driver_sql(sql)

    during_pieces(office, change)
    office.work()
    assert (office.x.contents, sent(office.x)) == ({}, [])
    office.wait_and_work(2, minutes=1)
    assert office.publication(draft).reason is Reason.CHANGED
    assert "not what was approved" in office.notices(OPERATOR)[-1]
