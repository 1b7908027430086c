"""An approval answers what was found, and counts only if it answers all of it."""

import pytest
from sqlmodel import select

from bot.domain.audit import AuditAction
from bot.domain.draft import NOW, DraftState
from bot.domain.publication import PublicationState
from bot.domain.quorum import Decision
from bot.workflow.intake import revise
from bot.workflow.review import UnansweredError, review
from bot.workflow.scheduling import set_wish
from storage import audit
from storage.models import AuditEntry, ReviewRow
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE
from tests.office import Office

NUMBER = "9 in 10 patients are cured."
LINKED = "All about sleep: https://sleep.example.net/all"


def approve(
    office: Office, draft: int, person: str, *ticked: str, note: str = "Our own audit"
) -> None:
    seen = office.card(draft).revision_id
    review(office.desk, draft, seen, person, Decision.APPROVE, note, ticked)


def reviews(office: Office) -> list[ReviewRow]:
    with office.desk.database.read() as session:
        return list(session.exec(select(ReviewRow)))


def test_an_approval_that_answers_nothing_is_refused_with_what_it_leaves_open(
    office: Office,
) -> None:
    draft = office.draft(NUMBER)
    with pytest.raises(UnansweredError, match="tick every finding") as refused:
        approve(office, draft, CLINICIAN)
    assert [finding.rule for finding in refused.value.findings] == ["EVD-01"]
    assert reviews(office) == []
    assert office.card(draft).state is DraftState.IN_REVIEW


def test_a_warning_that_wants_a_note_is_not_acknowledged_without_one(office: Office) -> None:
    draft = office.draft(NUMBER)
    with pytest.raises(UnansweredError):
        approve(office, draft, CLINICIAN, "EVD-01", note="  ")


def test_an_approval_that_answers_everything_counts_and_is_kept(office: Office) -> None:
    draft = office.draft(NUMBER)
    approve(office, draft, CLINICIAN, "EVD-01")
    approve(office, draft, COMPLIANCE, "EVD-01", "ADV-99")
    assert office.card(draft).state is DraftState.APPROVED
    first, second = reviews(office)
    assert (first.acknowledged, first.attested, first.reason) == (
        '["EVD-01"]',
        "[]",
        "Our own audit",
    )
    assert second.acknowledged == '["EVD-01"]'
    with office.desk.database.read() as session:
        entries = session.exec(select(AuditEntry)).all()
        assert audit.first_broken(session) is None
    (answered,) = {e.detail for e in entries if e.action == AuditAction.REVIEW_APPROVE}
    assert "EVD-01" in answered
    assert "audit" not in answered


def test_statements_are_attested_without_a_note(office: Office) -> None:
    draft = office.draft(LINKED)
    with pytest.raises(UnansweredError):
        approve(office, draft, CLINICIAN, "EVD-06", note="")
    approve(office, draft, CLINICIAN, "EVD-06", "LNK-04", note="")
    assert reviews(office)[0].attested == '["EVD-06", "LNK-04"]'


def test_answers_belong_to_one_revision(office: Office) -> None:
    draft = office.draft(NUMBER)
    approve(office, draft, CLINICIAN, "EVD-01")
    revise(
        office.desk,
        office.chat.edit(office.sources[draft].ref, "Smoking doubles the risk of stroke"),
    )
    assert office.card(draft).verdict.stages[0].people == ()
    with pytest.raises(UnansweredError):
        approve(office, draft, CLINICIAN)


def test_other_decisions_answer_nothing(office: Office) -> None:
    draft = office.draft(NUMBER)
    office.decide(draft, CLINICIAN, Decision.REQUEST_CHANGES, "Cite the study")
    assert office.card(draft).requests == ((CLINICIAN, "Cite the study"),)


def test_a_block_stops_before_any_reviewer(office: Office) -> None:
    draft = office.draft("Results guaranteed.")
    card = office.card(draft)
    assert card.state is DraftState.DRAFTING
    assert [finding.rule for finding in card.findings] == ["ADV-02"]


def test_an_approval_without_answers_is_worth_nothing_to_the_gate(office: Office) -> None:
    """Rows from before the guidelines, or from another hand, publish nothing."""
    draft = office.draft(NUMBER)
    approve(office, draft, CLINICIAN, "EVD-01")
    approve(office, draft, COMPLIANCE, "EVD-01")
    set_wish(office.desk, draft, AUTHOR, NOW)
    with office.desk.database.engine.begin() as rows:
        rows.exec_driver_sql("DROP TRIGGER review_no_update")
        rows.exec_driver_sql(
            "UPDATE review SET acknowledged = '[]' WHERE reviewer = ?", (CLINICIAN,)
        )
    office.work()
    assert office.x.posted == []
    assert office.state(draft) is PublicationState.CANCELLED


def test_the_record_says_what_judged_a_revision(office: Office) -> None:
    office.draft(NUMBER)
    with office.desk.database.read() as session:
        (entry,) = session.exec(select(AuditEntry)).all()
    assert "evidence 1.0+" in entry.detail
    assert office.desk.guidelines.version in entry.detail
