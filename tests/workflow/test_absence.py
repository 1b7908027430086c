"""Being away: who decides in whose place, until when, and what becomes of their approvals."""

from datetime import timedelta

import pytest

from bot.domain.audit import AuditAction
from bot.domain.draft import NOW, DraftState
from bot.domain.publication import PublicationState
from bot.domain.quorum import Decision, StandIn
from bot.errors import RefusedError
from bot.workflow import absence
from bot.workflow.absence import away, back, end_absences
from bot.workflow.scheduling import set_wish
from tests.conftest import AUTHOR, CLINICIAN, COLLEAGUE, COMPLIANCE, OUTSIDER, START
from tests.office import Office

FRIDAY = START + timedelta(days=4)


@pytest.fixture
def covered(office: Office) -> Office:
    """The clinician is away until Friday, and a colleague covers."""
    away(office.desk, CLINICIAN, COLLEAGUE, FRIDAY)
    return office


def test_the_stand_in_decides_and_is_told_so_by_themselves(covered: Office) -> None:
    draft = covered.draft()
    assert covered.card(draft).missing == (COLLEAGUE, COMPLIANCE)
    assert covered.card(draft).stand_ins == (StandIn(CLINICIAN, COLLEAGUE, FRIDAY),)
    covered.decide(draft, COLLEAGUE)
    covered.decide(draft, COMPLIANCE)
    assert covered.card(draft).state is DraftState.APPROVED
    assert f"in the place of <@{CLINICIAN}>" in covered.notices(COLLEAGUE)[0]
    covered.deliver()
    assert [word.channel for word in covered.chat.told if word.person == COLLEAGUE] == [""]


def test_what_the_absent_approved_stays_approved(office: Office) -> None:
    draft = office.draft()
    office.decide(draft, CLINICIAN)
    away(office.desk, CLINICIAN, COLLEAGUE, FRIDAY)
    assert office.card(draft).missing == (COMPLIANCE,)
    office.decide(draft, COMPLIANCE)
    assert office.card(draft).state is DraftState.APPROVED


def test_whoever_is_away_may_still_decide(covered: Office) -> None:
    draft = covered.draft()
    covered.decide(draft, CLINICIAN)
    covered.decide(draft, COMPLIANCE)
    assert covered.card(draft).state is DraftState.APPROVED


def test_a_stand_in_does_not_decide_on_their_own_draft(covered: Office) -> None:
    draft = covered.draft(author=COLLEAGUE)
    assert covered.card(draft).missing == (CLINICIAN, COMPLIANCE)
    with pytest.raises(RefusedError, match="You wrote this"):
        covered.decide(draft, COLLEAGUE)


def test_a_stand_in_acts_as_a_reviewer_and_may_say_when(covered: Office) -> None:
    draft = covered.draft()
    set_wish(covered.desk, draft, COLLEAGUE, NOW)
    with pytest.raises(RefusedError, match="Only its author"):
        set_wish(covered.desk, draft, OUTSIDER, NOW)


@pytest.mark.parametrize("early", [True, False])
def test_when_it_ends_the_approvals_end_and_everybody_hears_so(
    covered: Office, early: bool
) -> None:
    draft = covered.draft()
    covered.decide(draft, COLLEAGUE)
    covered.decide(draft, COMPLIANCE)
    set_wish(covered.desk, draft, AUTHOR, NOW)
    if early:
        back(covered.desk, CLINICIAN)
    else:
        covered.clock.forward(days=4)
        end_absences(covered.desk)
        end_absences(covered.desk)
    assert covered.card(draft).state is DraftState.IN_REVIEW
    assert covered.state(draft) is PublicationState.CANCELLED
    assert covered.card(draft).missing == (CLINICIAN,)
    assert "does not hold any more" in covered.notices(AUTHOR)[-1]
    assert "any more" in covered.notices(COLLEAGUE)[-1]
    assert len(covered.notices(CLINICIAN)) == 1
    assert covered.record().count(AuditAction.REVIEWER_AWAY) == 1
    assert covered.record().count(AuditAction.REVIEWER_BACK) == 1
    with pytest.raises(RefusedError, match="Only reviewers"):
        covered.decide(draft, COLLEAGUE)


def test_once_the_time_is_over_the_gate_knows_it_before_anybody_acts_on_it(
    covered: Office,
) -> None:
    draft = covered.draft()
    covered.decide(draft, COLLEAGUE)
    covered.decide(draft, COMPLIANCE)
    set_wish(covered.desk, draft, AUTHOR, NOW)
    covered.clock.forward(days=4)
    covered.work()
    assert covered.x.posted == []
    assert covered.card(draft).state is DraftState.IN_REVIEW


def test_what_is_public_stays_as_it_is(covered: Office) -> None:
    draft = covered.draft()
    covered.decide(draft, COLLEAGUE)
    covered.decide(draft, COMPLIANCE)
    set_wish(covered.desk, draft, AUTHOR, NOW)
    covered.work()
    back(covered.desk, CLINICIAN)
    assert covered.state(draft) is PublicationState.PUBLISHED


def test_a_new_word_replaces_the_old_one(covered: Office) -> None:
    away(covered.desk, CLINICIAN, OUTSIDER, FRIDAY)
    draft = covered.draft()
    assert covered.card(draft).missing == (COMPLIANCE, OUTSIDER)
    covered.decide(draft, OUTSIDER, Decision.REQUEST_CHANGES)
    assert covered.card(draft).state is DraftState.CHANGES_REQUESTED


def test_cards_that_wait_are_drawn_anew(office: Office) -> None:
    waiting, broken = office.draft(), office.draft("x" * 300)
    before = office.card(waiting).version, office.card(broken).version
    away(office.desk, CLINICIAN, COLLEAGUE, FRIDAY)
    assert office.card(waiting).version > before[0]
    assert office.card(broken).version == before[1]


def test_who_cannot_stand_in_hears_why(office: Office) -> None:
    def refused(reviewer: str, person: str, **by: float) -> str:
        with pytest.raises(RefusedError) as refusal:
            away(office.desk, reviewer, person, START + timedelta(**by))
        return str(refusal.value)

    assert refused(OUTSIDER, COLLEAGUE, days=1) == absence.NOT_A_REVIEWER
    assert refused(CLINICIAN, CLINICIAN, days=1) == absence.NOT_ONESELF
    assert refused(CLINICIAN, COLLEAGUE, days=0) == absence.PAST
    assert refused(CLINICIAN, COLLEAGUE, days=93) == absence.TOO_LONG
    assert "too few people" in refused(CLINICIAN, COMPLIANCE, days=1)
    away(office.desk, CLINICIAN, COLLEAGUE, FRIDAY)
    assert "is away, too" in refused(COMPLIANCE, CLINICIAN, days=1)
    with pytest.raises(RefusedError, match="Nobody stands in for you"):
        back(office.desk, COMPLIANCE)
