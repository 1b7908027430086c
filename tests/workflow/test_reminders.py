"""Whoever is waited for is reminded: after set hours, by day, once, and in the end others hear."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.audit import AuditAction
from bot.domain.quorum import Decision
from bot.domain.reminding import Reminding
from bot.reminders import Reminders
from bot.workflow.absence import away
from bot.workflow.intake import revise
from storage import people
from tests.conftest import AUTHOR, CLINICIAN, COLLEAGUE, COMPLIANCE, START
from tests.office import Office

HEAD = "U0HEADNURSE"


@pytest.fixture
def asked(office: Office) -> int:
    """A draft whose reviewers were called at nine in the morning."""
    plan = Reminding(
        tuple(timedelta(hours=hours) for hours in (6, 24, 48)),
        frozenset({HEAD}),
    )
    office.desk.policy = replace(office.desk.policy, reminding=plan)
    draft = office.draft()
    office.deliver()
    return draft


def remind(office: Office, **by: float) -> None:
    """Let time pass, and the loop do what is due: by a loop of its own, as after a restart."""
    office.clock.forward(**by)
    loop = Reminders(office.desk)
    for _ in range(10):
        if not loop.step():
            return
    raise AssertionError("the loop does not come to rest")


@pytest.mark.usefixtures("asked")
def test_before_the_first_hours_nobody_is_reminded(office: Office) -> None:
    remind(office)
    remind(office, hours=5.9)
    assert office.notices(CLINICIAN) == []


def test_everybody_who_is_waited_for_is_reminded_once_and_by_themselves(
    office: Office, asked: int
) -> None:
    office.decide(asked, COMPLIANCE)
    remind(office, hours=6)
    remind(office)
    remind(office, hours=1)
    [told] = office.notices(CLINICIAN)
    assert told.startswith(f"Draft {asked} by <@{AUTHOR}> has waited for your decision for 6 hours")
    assert "https://chat.example/C0DRAFTS/" in told
    assert office.notices(COMPLIANCE) == []
    assert office.record().count(AuditAction.REVIEW_REMIND) == 1
    office.deliver()
    assert [word.channel for word in office.chat.told if word.person == CLINICIAN] == [""]


@pytest.mark.usefixtures("asked")
def test_with_the_last_reminder_the_escalation_group_is_told(office: Office) -> None:
    for hours in (6, 18):
        remind(office, hours=hours)
        assert office.notices(HEAD) == []
    remind(office, hours=24)
    [told] = office.notices(HEAD)
    assert "has waited for Clinical and Compliance for 2 days" in told
    assert f"<@{CLINICIAN}>, <@{COMPLIANCE}> did not decide" in told
    assert len(office.notices(CLINICIAN)) == 3
    remind(office, days=9)
    assert len(office.notices(CLINICIAN)) == 3
    assert len(office.notices(HEAD)) == 1


def test_a_stage_has_its_own_group(office: Office, asked: int) -> None:
    plan = replace(office.desk.policy.reminding, of_stage={"Clinical": frozenset({COLLEAGUE})})
    office.desk.policy = replace(office.desk.policy, reminding=plan)
    office.decide(asked, COMPLIANCE)
    remind(office, hours=48)
    assert len(office.notices(COLLEAGUE)) == 1
    assert office.notices(HEAD) == []


@pytest.mark.usefixtures("asked")
def test_after_a_long_sleep_one_reminder_is_enough(office: Office) -> None:
    remind(office, hours=49)
    assert len(office.notices(CLINICIAN)) == 1


@pytest.mark.usefixtures("asked")
def test_at_night_everybody_sleeps_in_their_own_zone(office: Office) -> None:
    with office.desk.write() as session:
        people.note_zone(session, CLINICIAN, "America/New_York", START)
    remind(office, hours=20)  # five in the morning in London, midnight in New York
    assert office.notices(CLINICIAN) == office.notices(COMPLIANCE) == []
    remind(office, hours=3)
    assert len(office.notices(COMPLIANCE)) == 1
    assert office.notices(CLINICIAN) == []
    remind(office, hours=5)
    assert len(office.notices(CLINICIAN)) == 1


def test_whoever_decided_meanwhile_is_left_in_peace(office: Office, asked: int) -> None:
    office.decide(asked, CLINICIAN, Decision.REQUEST_CHANGES)
    remind(office, hours=50)
    assert office.notices(CLINICIAN) == office.notices(COMPLIANCE) == office.notices(HEAD) == []


def test_a_new_text_begins_a_new_wait(office: Office, asked: int) -> None:
    remind(office, hours=6)
    revise(office.desk, office.chat.edit(office.sources[asked].ref, "Better."))
    remind(office, hours=19)
    assert len(office.notices(CLINICIAN)) == 1
    office.deliver()
    remind(office, hours=6)
    assert len(office.notices(CLINICIAN)) == 2


def test_a_draft_that_returns_to_review_is_waited_for_anew(office: Office, asked: int) -> None:
    office.decide(asked, CLINICIAN)
    office.decide(asked, COMPLIANCE)
    remind(office, hours=24)
    office.decide(asked, CLINICIAN, Decision.REVOKE)
    remind(office)
    assert office.notices(CLINICIAN) == []
    remind(office, hours=6)
    assert len(office.notices(CLINICIAN)) == 1


@pytest.mark.usefixtures("asked")
def test_the_stand_in_is_reminded_in_the_place_of_the_absent(office: Office) -> None:
    away(office.desk, CLINICIAN, COLLEAGUE, START + timedelta(days=3))
    remind(office, hours=6)
    assert "your decision" in office.notices(COLLEAGUE)[-1]
    assert office.notices(CLINICIAN) == []


@pytest.mark.usefixtures("asked")
def test_without_hours_nobody_is_ever_reminded(office: Office) -> None:
    office.desk.policy = replace(office.desk.policy, reminding=Reminding(after=()))
    remind(office, days=3)
    assert office.notices(CLINICIAN) == office.notices(HEAD) == []


@pytest.mark.usefixtures("asked")
def test_a_zone_that_nobody_knows_is_that_of_the_account(office: Office) -> None:
    policy = office.desk.policy
    tokyo = replace(policy.accounts[0], zone=ZoneInfo("Asia/Tokyo"))
    office.desk.policy = replace(policy, accounts=(tokyo,))
    remind(office, hours=6)  # midnight in Tokyo
    assert office.notices(CLINICIAN) == []
    remind(office, hours=8)
    assert len(office.notices(CLINICIAN)) == 1
