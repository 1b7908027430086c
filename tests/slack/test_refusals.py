"""Edits and replies with patient data: what they end, and how they are mended."""

from datetime import timedelta

from sqlmodel import select

from bot.domain.draft import DraftState
from bot.domain.publication import PublicationState
from storage.models import Refusal
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, START
from tests.office import Office
from tests.slack import bodies
from tests.slack.dispatching import Slack
from tests.slack.ways_in import (
    AGAIN,
    PRIVATE,
    REPLY,
    TOLD,
    Desks,
    cells,
    check_nothing_is_kept,
    desks,
    otherwise,
    replied,
    replied_otherwise,
    reply,
)

__all__ = ["desks"]


def refusals(office: Office) -> list[tuple[str, int | None]]:
    with office.desk.database.read() as session:
        return [(row.ts, row.draft_id) for row in session.exec(select(Refusal))]


def approve_for_later(slack: Slack) -> None:
    """Write a draft that goes out in an hour, and approve it."""
    slack.take(bodies.written())
    at = bodies.picked(int((START + timedelta(hours=1)).timestamp()))
    slack.submit("when", slack.draft(), AUTHOR, when=bodies.chosen("at"), at=at)
    for person in (CLINICIAN, COMPLIANCE):
        slack.click("approve", slack.draft(), person)
    assert slack.draft().state is DraftState.APPROVED


def test_an_edit_with_patient_data_voids_what_was_approved(desks: Desks) -> None:
    slack = desks.slack
    approve_for_later(slack)
    slack.take(bodies.changed(PRIVATE))
    card = slack.draft()
    assert card.state is DraftState.DRAFTING
    assert [stage.people for stage in card.verdict.stages] == [(), ()]
    assert desks.office.state(card.id) is PublicationState.CANCELLED
    (told,) = [text for text in slack.told(AUTHOR) if TOLD in text]
    assert "take it out of the message now, or delete the message" in told
    desks.office.wait_and_work(3, hours=1)
    assert desks.office.x.posted == []
    check_nothing_is_kept(desks)


def test_the_edit_that_takes_it_out_is_decided_on_anew(desks: Desks) -> None:
    slack = desks.slack
    approve_for_later(slack)
    slack.take(bodies.changed(PRIVATE))
    slack.take(bodies.changed("Flu jabs start on Monday.", event_ts=AGAIN))
    card = slack.draft()
    assert (card.state, card.findings) == (DraftState.IN_REVIEW, ())
    assert [stage.people for stage in card.verdict.stages] == [(), ()]
    for person in (CLINICIAN, COMPLIANCE):
        slack.click("approve", card, person, stamp="2.2")
    assert slack.draft().state is DraftState.APPROVED


def test_deleting_the_message_withdraws_what_its_edit_has_voided(desks: Desks) -> None:
    approve_for_later(desks.slack)
    desks.slack.take(bodies.changed(PRIVATE))
    desks.slack.take(bodies.deleted())
    assert desks.slack.draft().state is DraftState.WITHDRAWN


def test_a_reply_with_patient_data_is_refused_once_in_its_thread(desks: Desks) -> None:
    replied(desks, PRIVATE)
    desks.slack.take(reply(PRIVATE), retry=1)
    card = desks.slack.draft()
    assert (card.replies, card.state) == (0, DraftState.IN_REVIEW)
    assert refusals(desks.office) == [(REPLY, card.id)]
    (notice,) = desks.slack.notices()
    assert (notice.person, notice.thread_ts) == (CLINICIAN, bodies.TS)
    assert "Medical record, chart, patient or case number: word 4" in notice.text


def test_a_reply_that_is_mended_is_kept_and_the_late_original_is_not(desks: Desks) -> None:
    replied(desks, PRIVATE)
    desks.slack.take(otherwise("Which day?"))
    desks.slack.take(reply(PRIVATE), retry=1)
    assert desks.slack.draft().replies == 1
    assert len(refusals(desks.office)) == 1


def test_a_reply_that_is_spoilt_loses_the_words_before_it_until_it_is_mended(desks: Desks) -> None:
    replied_otherwise(desks, PRIVATE)
    desks.slack.take(reply("Which day?"), retry=1)
    assert desks.slack.draft().replies == 0
    assert "reply.text" not in {c for c, cell in cells(desks.office) if "Which day" in cell}
    desks.slack.take(otherwise("Which day, please?", "1790000300.000000"))
    assert desks.slack.draft().replies == 1


def test_a_private_reply_whose_edit_comes_first_is_never_kept(desks: Desks) -> None:
    desks.slack.take(bodies.written("Flu jabs start on Friday."))
    desks.slack.take(otherwise(PRIVATE))
    desks.slack.take(reply("Which day?"))
    assert desks.slack.draft().replies == 0


def test_what_is_said_in_other_threads_is_nobodys_business(desks: Desks) -> None:
    desks.slack.take(reply(PRIVATE))
    assert desks.slack.notices() == []
    assert refusals(desks.office) == []
