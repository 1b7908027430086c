"""Deciding: who may, on what, how often, and what it leads to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.audit import AuditAction
from bot.domain.draft import NOW, DraftState, Wish
from bot.domain.publication import PublicationState, Unknown
from bot.domain.quorum import Decision
from bot.errors import NotAllowedError, RefusedError
from bot.workflow.intake import revise
from bot.workflow.review import STALE, refuse_early, review
from bot.workflow.scheduling import lapse, lapse_due, set_wish
from bot.workflow.stopping import withdraw
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OUTSIDER, START
from tests.office import Office

IN_AN_HOUR = START + timedelta(hours=1)


def test_an_approval_by_every_stage_makes_the_draft_approved(office: Office) -> None:
    draft = office.draft()
    assert office.card(draft).missing == (CLINICIAN, COMPLIANCE)
    office.decide(draft, CLINICIAN)
    assert office.card(draft).missing == (COMPLIANCE,)
    assert office.card(draft).state is DraftState.IN_REVIEW
    office.decide(draft, COMPLIANCE)
    assert office.card(draft).state is DraftState.APPROVED
    assert "Use *When*" in office.notices(AUTHOR)[-1]
    assert office.record().count(AuditAction.REVIEW_APPROVE) == 2


def test_the_author_hears_of_every_decision_once(office: Office) -> None:
    draft = office.draft()

    def heard(person: str, decision: Decision) -> str:
        before = len(office.notices(AUTHOR))
        office.decide(draft, person, decision)
        if decision in (Decision.APPROVE, Decision.REQUEST_CHANGES):
            office.decide(draft, person, decision)  # a second click says nothing new
        [words] = office.notices(AUTHOR)[before:]
        return words

    clinician = f"<@{CLINICIAN}>"
    assert heard(CLINICIAN, Decision.APPROVE) == (
        f"{clinician} approved your draft. It waits for Compliance."
    )
    assert heard(CLINICIAN, Decision.REVOKE) == (
        f"{clinician} took back a decision on your draft. It waits for Clinical and Compliance."
    )
    assert "asks for changes; the reason" in heard(COMPLIANCE, Decision.REQUEST_CHANGES)
    assert "asks for changes to your draft. Changes are asked" in heard(
        CLINICIAN, Decision.REQUEST_CHANGES
    )
    assert heard(CLINICIAN, Decision.APPROVE).endswith("Change the text to answer.")
    assert "is approved" in heard(COMPLIANCE, Decision.APPROVE)
    assert "rejected" in heard(COMPLIANCE, Decision.REJECT)


def test_one_more_approval_of_an_approved_draft_is_heard_of_too(office: Office) -> None:
    team = office.desk.policy
    clinical, compliance = team.quorum.stages
    wider = replace(clinical, people=clinical.people | {OUTSIDER})
    office.desk.policy = replace(team, quorum=replace(team.quorum, stages=(wider, compliance)))
    draft = office.approved()
    office.decide(draft, OUTSIDER)
    assert office.notices(AUTHOR)[-1] == f"<@{OUTSIDER}> approved your draft. It is approved."


def test_with_a_wish_the_last_approval_schedules(office: Office) -> None:
    draft = office.draft()
    set_wish(office.desk, draft, AUTHOR, Wish(IN_AN_HOUR))
    office.decide(draft, CLINICIAN)
    office.decide(draft, COMPLIANCE)
    row = office.publication(draft)
    assert (row.state, row.due_at) == (PublicationState.SCHEDULED, IN_AN_HOUR)
    assert "on its way" in office.notices(AUTHOR)[-1]


def test_an_approval_after_the_wished_time_is_missed_whatever_the_grace(office: Office) -> None:
    draft = office.draft()
    set_wish(office.desk, draft, AUTHOR, Wish(START + timedelta(minutes=1)))
    office.decide(draft, CLINICIAN)
    office.clock.forward(minutes=1, seconds=1)
    office.decide(draft, COMPLIANCE)
    assert office.state(draft) is PublicationState.MISSED
    assert "has passed" in office.notices(AUTHOR)[-1]
    office.work()
    assert office.x.posted == []


@pytest.mark.parametrize(
    ("person", "words"), [(OUTSIDER, "Only reviewers"), (AUTHOR, "You wrote this")]
)
def test_who_may_not_decide_hears_why(office: Office, person: str, words: str) -> None:
    draft = office.draft()
    with pytest.raises(RefusedError, match=words):
        office.decide(draft, person)


def test_nobody_approves_what_they_wrote_not_even_an_operator(office: Office) -> None:
    draft = office.draft(author=COMPLIANCE)
    with pytest.raises(RefusedError, match="You wrote this"):
        office.decide(draft, COMPLIANCE)
    other = office.draft()
    edit = office.chat.edit(office.sources[other].ref, "Better.")
    revise(office.desk, replace(edit, author=CLINICIAN))
    with pytest.raises(RefusedError, match="You wrote this"):
        office.decide(other, CLINICIAN)


def test_a_click_on_an_old_version_is_refused(office: Office) -> None:
    draft = office.draft()
    seen = office.card(draft).revision_id
    revise(office.desk, office.chat.edit(office.sources[draft].ref, "Better."))
    with pytest.raises(RefusedError) as refusal:
        review(office.desk, draft, seen, CLINICIAN, Decision.APPROVE)
    assert str(refusal.value) == STALE


@pytest.mark.parametrize("decision", [Decision.REQUEST_CHANGES, Decision.REJECT])
def test_a_word_against_needs_a_reason(office: Office, decision: Decision) -> None:
    draft = office.draft()
    with pytest.raises(RefusedError, match="say why"):
        office.decide(draft, CLINICIAN, decision, "  ")
    office.decide(draft, CLINICIAN, decision, "Wrong dose.")
    assert office.card(draft).requests == ((CLINICIAN, "Wrong dose."),)


def test_who_may_not_decide_hears_so_before_typing_a_reason(office: Office) -> None:
    draft = office.draft()
    seen = office.card(draft).revision_id
    refuse_early(office.desk, draft, seen, CLINICIAN, Decision.REJECT)
    with pytest.raises(RefusedError, match="You wrote this"):
        refuse_early(office.desk, draft, seen, AUTHOR, Decision.REJECT)
    with pytest.raises(RefusedError, match="changed since you saw it"):
        refuse_early(office.desk, draft, seen + 1, CLINICIAN, Decision.REJECT)
    assert AuditAction.REVIEW_REJECT not in office.record()


def test_a_request_for_changes_is_mended_by_an_approval_of_the_same_person(office: Office) -> None:
    draft = office.draft()
    office.decide(draft, COMPLIANCE)
    office.decide(draft, CLINICIAN, Decision.REQUEST_CHANGES)
    assert office.card(draft).state is DraftState.CHANGES_REQUESTED
    assert f"<@{CLINICIAN}> asks for changes" in office.notices(AUTHOR)[-1]
    office.decide(draft, CLINICIAN)
    assert office.card(draft).state is DraftState.APPROVED


def test_a_rejection_is_the_end_and_later_clicks_hear_so(office: Office) -> None:
    draft = office.draft()
    office.decide(draft, CLINICIAN, Decision.REJECT)
    assert office.card(draft).state is DraftState.REJECTED
    with pytest.raises(RefusedError, match="finished"):
        office.decide(draft, COMPLIANCE)


def test_a_second_click_changes_nothing(office: Office) -> None:
    draft = office.draft()
    office.decide(draft, CLINICIAN)
    office.decide(draft, CLINICIAN)
    assert office.record().count(AuditAction.REVIEW_APPROVE) == 1


def test_a_revoked_approval_takes_the_draft_off_the_schedule(office: Office) -> None:
    draft = office.scheduled(at=IN_AN_HOUR)
    office.decide(draft, CLINICIAN, Decision.REVOKE)
    assert office.card(draft).state is DraftState.IN_REVIEW
    assert office.state(draft) is PublicationState.CANCELLED
    with pytest.raises(RefusedError, match="no decision of yours"):
        office.decide(draft, CLINICIAN, Decision.REVOKE)
    office.decide(draft, CLINICIAN)
    assert office.state(draft) is PublicationState.SCHEDULED


def test_a_revocation_in_flight_is_written_down_for_the_gate(office: Office) -> None:
    office.x.script.append(Unknown("lost"))
    draft = office.scheduled()
    office.work()
    office.decide(draft, CLINICIAN, Decision.REVOKE)
    assert office.state(draft) is PublicationState.IN_DOUBT
    assert AuditAction.REVIEW_REVOKE in office.record()


@pytest.mark.parametrize("lost", [True, False])
def test_in_flight_and_when_live_nobody_decides_any_more(office: Office, lost: bool) -> None:
    if lost:
        office.x.script.append(Unknown("lost"))
    draft = office.scheduled()
    office.work()
    words = "published at this moment" if lost else "public already"
    with pytest.raises(RefusedError, match=words):
        office.decide(draft, CLINICIAN, Decision.REQUEST_CHANGES)


def test_a_draft_with_problems_or_withdrawn_cannot_be_approved(office: Office) -> None:
    broken, gone = office.draft("x" * 300), office.draft()
    withdraw(office.desk, gone, AUTHOR)
    with pytest.raises(RefusedError, match="problems that its author must mend"):
        office.decide(broken, CLINICIAN)
    with pytest.raises(RefusedError, match="finished"):
        office.decide(gone, CLINICIAN)
    with pytest.raises(NotAllowedError, match="This draft is withdrawn"):
        withdraw(office.desk, gone, AUTHOR)


def test_an_unknown_draft_is_refused_in_words(office: Office) -> None:
    with pytest.raises(RefusedError, match="There is no draft 77"):
        review(office.desk, 77, 1, CLINICIAN, Decision.APPROVE)


def test_an_approval_lapses_and_the_draft_waits_again(office: Office) -> None:
    draft = office.scheduled(at=START + timedelta(days=20))
    office.clock.forward(days=14)
    lapse_due(office.desk)
    assert office.card(draft).state is DraftState.IN_REVIEW
    assert office.state(draft) is PublicationState.CANCELLED
    assert "does not hold any more" in office.notices(AUTHOR)[-1]
    office.decide(draft, CLINICIAN)
    office.decide(draft, COMPLIANCE)
    assert office.state(draft) is PublicationState.SCHEDULED


def test_before_its_time_no_approval_lapses(office: Office) -> None:
    draft = office.scheduled(at=START + timedelta(days=20))
    office.clock.forward(days=13, hours=23)
    lapse_due(office.desk)
    lapse(office.desk, draft)
    assert office.state(draft) is PublicationState.SCHEDULED


def test_an_approval_that_lapses_in_flight_waits_for_the_doubt_to_end(office: Office) -> None:
    office.x.script.append(Unknown("lost"))
    draft = office.scheduled()
    office.work()
    office.clock.forward(days=15)
    lapse_due(office.desk)
    assert office.state(draft) is PublicationState.IN_DOUBT
    assert office.card(draft).state is DraftState.APPROVED


def test_a_person_who_lost_the_role_does_not_count_and_counts_again_after(office: Office) -> None:
    draft = office.scheduled(at=IN_AN_HOUR)
    team = office.desk.policy
    clinical, compliance = team.quorum.stages
    bare = replace(clinical, people=frozenset({"U0ANOTHER"}))
    office.desk.policy = replace(team, quorum=replace(team.quorum, stages=(bare, compliance)))
    office.wait_and_work(1, hours=1)
    assert office.card(draft).state is DraftState.IN_REVIEW
    assert office.x.posted == []
    office.desk.policy = team
    set_wish(office.desk, draft, AUTHOR, NOW)
    office.decide(draft, COMPLIANCE)
    assert office.card(draft).state is DraftState.APPROVED
    assert office.state(draft) is PublicationState.SCHEDULED
