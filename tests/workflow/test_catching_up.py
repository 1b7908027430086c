"""After a gap the chat is read again, and whatever changed counts as what it is."""

from datetime import timedelta

import pytest

from bot.desk import Desk
from bot.domain.draft import DraftState, NewDraft
from bot.domain.publication import NotLive, PublicationState, Reason
from bot.errors import ChatError
from bot.workflow import catching_up
from bot.workflow.catching_up import begin_gap, catch_up
from bot.workflow.intake import revise, submit
from bot.workflow.stopping import pause, resume
from tests.conftest import AUTHOR, CLINICIAN, OPERATOR, START
from tests.fakes.chat import CHANNEL, FRONT
from tests.office import Office

IN_AN_HOUR = START + timedelta(hours=1)


def read_again(office: Office) -> None:
    catch_up(office.desk, office.chat, FRONT, CHANNEL)


def test_what_was_edited_deleted_and_written_meanwhile(office: Office) -> None:
    edited, deleted, talk = (office.scheduled(f"{n}.", IN_AN_HOUR) for n in ("One", "Two", "Three"))
    begin_gap(office.desk)
    office.chat.edit(office.sources[edited].ref, "One, but better.")
    office.chat.delete(office.sources[deleted].ref)
    office.chat.edit(office.sources[talk].ref, "// never mind")
    new = office.chat.write("Four.")
    office.chat.write("// only talk")
    office.wait_and_work(2, hours=1)
    assert office.x.posted == []
    read_again(office)
    assert office.desk.caught_up
    assert office.card(edited).state is DraftState.IN_REVIEW
    assert office.card(deleted).state is DraftState.WITHDRAWN
    assert office.card(talk).state is DraftState.WITHDRAWN
    assert office.card(office.id_of(new)).state is DraftState.IN_REVIEW
    office.work()
    assert office.x.posted == []


def test_what_did_not_change_goes_on(office: Office) -> None:
    draft = office.scheduled()
    begin_gap(office.desk)
    read_again(office)
    read_again(office)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED


def test_the_very_first_time_nothing_old_becomes_a_draft(office: Office) -> None:
    old = office.chat.write("Written before the bot came.")
    office.clock.now = START.replace(year=2027)
    begin_gap(office.desk)
    read_again(office)
    new = office.chat.write("Written after.")
    assert submit(office.desk, new) is not None
    read_again(office)
    assert office.card(1).source == new.ref
    assert old.ref != new.ref


def test_a_chat_that_cannot_be_read_keeps_the_gap_open(office: Office) -> None:
    draft = office.scheduled()
    begin_gap(office.desk)
    for method in ("since", "reread"):
        office.chat.fail(method)
        with pytest.raises(ChatError):
            read_again(office)
        assert not office.desk.caught_up
    read_again(office)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED


def test_a_message_that_can_never_be_read_holds_its_publication(office: Office) -> None:
    draft, waiting = office.scheduled(at=IN_AN_HOUR), office.draft("No plan yet.")
    begin_gap(office.desk)
    office.chat.fail("reread", times=2, permanent=True)
    read_again(office)
    row = office.publication(draft)
    assert (row.state, row.reason) == (PublicationState.HELD, Reason.UNREADABLE)
    assert office.card(waiting).state is DraftState.IN_REVIEW


def test_the_end_of_a_pause_does_not_let_go_what_cannot_be_read(office: Office) -> None:
    draft = office.scheduled()
    pause(office.desk, CLINICIAN, "a complaint")
    office.work()
    office.chat.fail("reread", permanent=True)
    read_again(office)
    assert resume(office.desk, OPERATOR).released == 0
    assert office.publication(draft).reason is Reason.UNREADABLE


def test_a_thread_that_cannot_be_read_goes_no_further(office: Office) -> None:
    office.x.script.extend([office.x.publish, NotLive(Reason.REFUSED, "Busy.", retry=True)])
    draft = office.scheduled("One.\n---\nTwo.")
    office.work()
    assert office.state(draft) is PublicationState.SCHEDULED
    office.chat.fail("reread", permanent=True)
    read_again(office)
    office.wait_and_work(1, minutes=1)
    assert office.publication(draft).reason is Reason.STOP_ASKED
    assert office.x.posted == ["One.", "Two."]  # the second was refused, and is not tried again


def test_what_has_no_draft_any_more_is_not_asked_for(office: Office) -> None:
    office.published()
    begin_gap(office.desk)
    office.chat.fail("reread", permanent=True)
    read_again(office)
    assert office.desk.caught_up


def test_a_message_that_chokes_the_bot_stops_its_own_draft_and_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    well, poisoned = office.scheduled("Well."), office.scheduled("Poison.")
    begin_gap(office.desk)

    def choke(desk: Desk, new: NewDraft) -> None:
        if "Poison" in new.text:
            raise ZeroDivisionError
        revise(desk, new)

    monkeypatch.setattr(catching_up, "revise", choke)
    read_again(office)
    office.work()
    assert office.state(well) is PublicationState.PUBLISHED
    assert office.publication(poisoned).reason is Reason.UNREADABLE
    assert catching_up.NOT_TAKEN in office.notices(AUTHOR)
    assert "Poison" not in caplog.text
