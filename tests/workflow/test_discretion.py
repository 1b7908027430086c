"""Patient data: refused, not stored, not repeated; every person in here is made up."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from bot.domain.audit import AuditAction
from bot.domain.draft import DraftState, NewDraft
from bot.domain.publication import PublicationState
from bot.domain.quorum import Decision
from bot.errors import RefusedError
from bot.revising import REFUSED
from bot.workflow.catching_up import catch_up
from bot.workflow.intake import become_chat, remove_source, revise, submit
from bot.workflow.settling import remove
from bot.workflow.stopping import WITHHELD, pause
from storage import pauses, refusals
from storage.models import Draft, Refusal, RefusalKey
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OPERATOR, START
from tests.fakes.chat import CHANNEL, FRONT
from tests.office import Office

PRIVATE = "Kevin Marsh (MRN 4471902) had his knee surgery here"
OTHER = "Ruth Hale (MRN 5582013) had her knee surgery here"
SECRETS = ("Kevin", "Marsh", "4471902", "Ruth", "Hale", "5582013")
CLEAN = "Knee surgery, explained."


def rows(office: Office) -> list[Refusal]:
    with office.desk.database.read() as session:
        return list(session.exec(select(Refusal)))


def drafts(office: Office) -> int:
    with office.desk.database.read() as session:
        return len(session.exec(select(Draft)).all())


def refused(office: Office, text: str = PRIVATE) -> NewDraft:
    new = office.chat.write(text)
    assert submit(office.desk, new) is None
    return new


def check_nothing_is_kept(office: Office) -> None:
    with office.desk.database.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    told = json.dumps([word.text for word in office.chat.told])
    for secret in SECRETS:
        assert secret not in dump
        assert secret not in told


def test_a_message_with_patient_data_becomes_no_draft(office: Office) -> None:
    new = refused(office)
    assert drafts(office) == 0
    assert office.record() == [AuditAction.DRAFT_REFUSE]
    office.deliver()
    (word,) = office.chat.told
    assert (word.person, word.channel, word.thread_ts) == (AUTHOR, CHANNEL, new.ref.ts)
    assert "Medical record, chart, patient or case number: word 4" in word.text
    assert "words 1 to 2" in word.text
    assert "delete the message" in word.text
    check_nothing_is_kept(office)


def test_a_refusal_keeps_rules_offsets_and_a_seal(office: Office) -> None:
    new = refused(office)
    (row,) = rows(office)
    assert (row.author, row.ts, row.draft_id) == (AUTHOR, new.ref.ts, None)
    assert json.loads(row.rules) == ["PHI-04", "PHI-09"]
    assert json.loads(row.places) == [["PHI-09", 0, 11], ["PHI-04", 17, 24]]
    with office.desk.write() as session:
        assert refusals.seal(session, PRIVATE) == row.seal
        assert refusals.seal(session, PRIVATE + ".") != row.seal


def test_the_key_of_the_seals_is_made_once_and_differs_between_databases(office: Office) -> None:
    refused(office)
    refused(office)
    first, second = rows(office)
    assert first.seal == second.seal
    with office.desk.database.read() as session:
        (key,) = session.exec(select(RefusalKey.key)).all()
    assert len(bytes.fromhex(key)) == 32


@pytest.mark.parametrize("table", ["refusal", "refusal_key"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = 7", "DELETE FROM {}"])
def test_what_was_refused_stays_written_as_it_was(office: Office, table: str, verb: str) -> None:
    refused(office)
    with pytest.raises(IntegrityError, match="immutable"), office.desk.write() as session:
        session.connection().exec_driver_sql(verb.format(table))


def test_a_redelivery_and_a_reading_again_refuse_once(office: Office) -> None:
    new = refused(office)
    assert submit(office.desk, new) is None
    revise(office.desk, new)
    assert len(rows(office)) == len(office.notices(AUTHOR)) == len(office.record()) == 1


def test_an_edit_that_is_read_again_with_a_rounder_time_is_refused_once(office: Office) -> None:
    draft = office.draft(CLEAN)
    edit = office.chat.edit(office.sources[draft].ref, PRIVATE)
    revise(office.desk, edit)
    revise(office.desk, replace(edit, edited_ts=edit.edited_ts + "9"))
    assert len(rows(office)) == len(office.notices(AUTHOR)) == 1
    revise(office.desk, office.chat.edit(edit.ref, CLEAN))
    assert office.card(draft).state is DraftState.IN_REVIEW
    revise(office.desk, office.chat.edit(edit.ref, PRIVATE))
    assert office.card(draft).state is DraftState.DRAFTING
    assert len(rows(office)) == len(office.notices(AUTHOR)) == 2


def test_the_edit_that_takes_it_out_is_a_new_submission(office: Office) -> None:
    new = refused(office)
    edit = office.chat.edit(new.ref, CLEAN)
    revise(office.desk, edit)
    card = office.card(office.id_of(new))
    assert (card.state, card.revision, card.author) == (DraftState.IN_REVIEW, 1, AUTHOR)
    submit(office.desk, new)  # the original is delivered again, late
    revise(office.desk, new)
    assert office.card(card.id).revision == 1
    assert len(rows(office)) == 1


def test_an_edit_that_was_refused_is_not_undone_by_the_late_original(office: Office) -> None:
    original = office.chat.write(CLEAN)
    revise(office.desk, office.chat.edit(original.ref, PRIVATE))
    assert submit(office.desk, original) is None
    assert drafts(office) == 0
    check_nothing_is_kept(office)


def test_each_edit_that_still_holds_it_is_refused_anew(office: Office) -> None:
    new = refused(office)
    revise(office.desk, office.chat.edit(new.ref, OTHER))
    assert len(rows(office)) == len(office.notices(AUTHOR)) == 2
    assert drafts(office) == 0
    check_nothing_is_kept(office)


def test_deleting_or_talking_after_a_refusal_is_the_end_of_it(office: Office) -> None:
    new = refused(office)
    become_chat(office.desk, new.ref, office.chat.edit(new.ref, "// sorry").edited_ts)
    remove_source(office.desk, new.ref)
    revise(office.desk, office.chat.edit(new.ref, CLEAN))
    assert drafts(office) == 0


def test_an_edit_with_patient_data_voids_the_approval(office: Office) -> None:
    draft = office.scheduled(CLEAN, at=START + timedelta(hours=1))
    revise(office.desk, office.chat.edit(office.sources[draft].ref, PRIVATE))
    card = office.card(draft)
    assert card.state is DraftState.DRAFTING
    assert card.findings == (REFUSED,)
    assert [part.text for part in card.content.parts] == [CLEAN]
    assert office.state(draft) is PublicationState.CANCELLED
    assert [stage.people for stage in card.verdict.stages] == [(), ()]
    office.wait_and_work(3, hours=1)
    assert office.x.posted == []
    office.deliver()
    assert f"draft {draft}" in office.notices(AUTHOR)[-1]
    assert office.record()[-2:] == [AuditAction.DRAFT_REFUSE, AuditAction.PUBLICATION_CANCEL]
    check_nothing_is_kept(office)


def test_nobody_can_approve_or_take_back_what_an_edit_has_voided(office: Office) -> None:
    draft = office.approved(CLEAN)
    seen = office.card(draft).revision_id
    revise(office.desk, office.chat.edit(office.sources[draft].ref, PRIVATE))
    with pytest.raises(RefusedError, match="problems that its author must mend"):
        office.decide(draft, CLINICIAN)
    with pytest.raises(RefusedError, match="no decision of yours"):
        office.decide(draft, CLINICIAN, Decision.REVOKE)
    assert office.card(draft).revision_id != seen


@pytest.mark.parametrize("text", [CLEAN, "Knee surgery, explained at last."])
def test_whatever_comes_after_it_is_approved_anew(office: Office, text: str) -> None:
    draft = office.approved(CLEAN)
    ref = office.sources[draft].ref
    revise(office.desk, office.chat.edit(ref, PRIVATE))
    revise(office.desk, office.chat.edit(ref, OTHER))
    revise(office.desk, office.chat.edit(ref, text))
    card = office.card(draft)
    assert (card.state, card.revision, card.findings) == (DraftState.IN_REVIEW, 3, ())
    assert [stage.people for stage in card.verdict.stages] == [(), ()]
    office.decide(draft, CLINICIAN)
    office.decide(draft, COMPLIANCE)
    assert office.card(draft).state is DraftState.APPROVED
    assert len(rows(office)) == 2
    check_nothing_is_kept(office)


def test_an_older_edit_with_patient_data_changes_nothing(office: Office) -> None:
    draft = office.draft(CLEAN)
    ref = office.sources[draft].ref
    older = office.chat.edit(ref, PRIVATE)
    newer = office.chat.edit(ref, "Knee surgery, explained at last.")
    revise(office.desk, newer)
    revise(office.desk, older)
    assert office.card(draft).state is DraftState.IN_REVIEW
    assert rows(office) == []


def test_an_edit_of_what_is_live_asks_to_stop_and_tells_the_author_both(office: Office) -> None:
    draft = office.published(CLEAN)
    revise(office.desk, office.chat.edit(office.sources[draft].ref, PRIVATE))
    card = office.card(draft)
    assert (card.state, card.revision) == (DraftState.CLOSED, 1)
    assert card.publication is not None
    assert card.publication.stop_asked
    (live, private) = office.notices(AUTHOR)[-2:]
    assert "public already" in live
    assert "patient data" in private
    check_nothing_is_kept(office)


def test_an_edit_of_a_finished_draft_is_refused_and_leaves_it_finished(office: Office) -> None:
    draft = office.draft(CLEAN)
    office.decide(draft, CLINICIAN, Decision.REJECT)
    revise(office.desk, office.chat.edit(office.sources[draft].ref, PRIVATE))
    assert office.card(draft).state is DraftState.REJECTED
    assert "patient data" in office.notices(AUTHOR)[-1]
    assert len(rows(office)) == 1


def test_what_was_written_or_edited_during_a_gap_goes_through_the_same_gate(
    office: Office,
) -> None:
    draft = office.scheduled(CLEAN, at=START + timedelta(hours=1))
    office.chat.edit(office.sources[draft].ref, PRIVATE)
    office.chat.write(OTHER)
    office.desk.caught_up = False
    catch_up(office.desk, office.chat, FRONT, CHANNEL)
    assert office.card(draft).state is DraftState.DRAFTING
    assert len(rows(office)) == 2
    catch_up(office.desk, office.chat, FRONT, CHANNEL)
    assert len(rows(office)) == 2
    assert drafts(office) == 1
    check_nothing_is_kept(office)


@pytest.mark.parametrize("decision", [Decision.REQUEST_CHANGES, Decision.REJECT])
def test_a_reason_with_patient_data_is_refused_in_words(office: Office, decision: Decision) -> None:
    draft = office.draft(CLEAN)
    with pytest.raises(RefusedError, match="Medical record"):
        office.decide(draft, CLINICIAN, decision, PRIVATE)
    assert office.card(draft).requests == ()
    office.decide(draft, CLINICIAN, decision, "Please name nobody.")
    check_nothing_is_kept(office)


def test_a_reason_for_taking_down_is_refused_the_same_way(office: Office) -> None:
    draft = office.published(CLEAN)
    with pytest.raises(RefusedError, match="I kept nothing of it"):
        remove(office.desk, draft, OPERATOR, PRIVATE)
    assert office.state(draft) is PublicationState.PUBLISHED
    remove(office.desk, draft, OPERATOR, "It named a patient.")
    assert office.state(draft) is PublicationState.REMOVING
    check_nothing_is_kept(office)


def test_a_pause_holds_at_once_and_drops_a_reason_with_patient_data(office: Office) -> None:
    draft = office.scheduled(CLEAN, at=START + timedelta(minutes=1))
    assert pause(office.desk, CLINICIAN, PRIVATE) is False
    with office.desk.database.read() as session:
        assert [row.reason for row in pauses.every(session)] == [WITHHELD]
    office.wait_and_work(2, minutes=1)
    assert office.state(draft) is PublicationState.HELD
    check_nothing_is_kept(office)


def test_what_only_may_be_private_is_stored_and_shown_to_reviewers(office: Office) -> None:
    draft = office.draft("Our new clinic is at 48 Maple Grove Road.")
    card = office.card(draft)
    assert card.state is DraftState.IN_REVIEW
    assert [finding.rule for finding in card.findings] == ["PHI-13"]
