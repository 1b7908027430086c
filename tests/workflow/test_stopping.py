"""Withdrawing, pausing, resuming, and what is held meanwhile."""

from datetime import timedelta

import pytest

from bot.domain.audit import AuditAction
from bot.domain.draft import DraftState
from bot.domain.policy import EVERY_ACCOUNT
from bot.domain.publication import PublicationState, Reason, Unknown
from bot.errors import RefusedError
from bot.ports import PrivateWord
from bot.workflow.refusing import leave_word
from bot.workflow.scheduling import retry
from bot.workflow.stopping import LATE_WORDS, pause, resume, withdraw
from storage import pauses
from tests.conftest import AUTHOR, CLINICIAN, COLLEAGUE, OPERATOR, OUTSIDER, START
from tests.office import Office


def paused(office: Office) -> list[tuple[str, str]]:
    with office.desk.database.read() as session:
        return [(row.account, row.reason) for row in pauses.every(session)]


@pytest.mark.parametrize("person", [AUTHOR, OPERATOR])
def test_the_author_and_operators_withdraw(office: Office, person: str) -> None:
    draft = office.scheduled(at=START + timedelta(hours=1))
    withdraw(office.desk, draft, person)
    assert office.card(draft).state is DraftState.WITHDRAWN
    assert office.state(draft) is PublicationState.CANCELLED


@pytest.mark.parametrize("person", [CLINICIAN, COLLEAGUE, OUTSIDER])
def test_others_do_not(office: Office, person: str) -> None:
    draft = office.draft()
    with pytest.raises(RefusedError, match="Only its author or an operator"):
        withdraw(office.desk, draft, person)


def test_what_is_out_or_may_be_cannot_be_withdrawn(office: Office) -> None:
    live = office.published("Live.")
    with pytest.raises(RefusedError, match="public already"):
        withdraw(office.desk, live, AUTHOR)
    office.x.script.append(Unknown("lost"))
    flying = office.scheduled("Flying.")
    office.work()
    with pytest.raises(RefusedError, match="at this moment"):
        withdraw(office.desk, flying, AUTHOR)


@pytest.mark.parametrize("account", [EVERY_ACCOUNT, "clinic"])
def test_what_a_pause_held_goes_on_with_its_end(office: Office, account: str) -> None:
    pause(office.desk, CLINICIAN, "a complaint", account)
    assert paused(office) == [(account, "a complaint")]
    draft = office.scheduled()
    office.work()
    assert office.publication(draft).reason is Reason.PAUSED
    assert resume(office.desk, OPERATOR, account).released == 1
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert AuditAction.ACCOUNT_PAUSE in office.record()
    assert AuditAction.ACCOUNT_RESUME in office.record()


def test_after_a_long_pause_it_is_missed_and_nobody_is_surprised(office: Office) -> None:
    pause(office.desk, CLINICIAN, "a complaint")
    draft = office.scheduled()
    office.work()
    office.clock.forward(hours=2)
    done = resume(office.desk, OPERATOR)
    assert (done.released, [card.id for card in done.late]) == (0, [draft])
    assert office.state(draft) is PublicationState.MISSED
    assert office.notices(AUTHOR)[-1] == LATE_WORDS
    office.work()
    assert office.x.posted == []
    retry(office.desk, draft, OPERATOR)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED


def test_after_a_pause_some_go_on_and_some_became_late(office: Office) -> None:
    pause(office.desk, CLINICIAN, "a complaint")
    old = office.scheduled("Old.")
    office.work()
    office.clock.forward(hours=2)
    fresh = office.scheduled("Fresh.")
    office.work()
    done = resume(office.desk, OPERATOR)
    assert (done.released, [card.id for card in done.late]) == (1, [old])
    office.work()
    assert office.state(fresh) is PublicationState.PUBLISHED


def test_two_pauses_end_one_by_one(office: Office) -> None:
    pause(office.desk, CLINICIAN, "a complaint")
    pause(office.desk, OPERATOR, "another", "clinic")
    draft = office.scheduled()
    office.work()
    assert resume(office.desk, OPERATOR, "clinic").released == 0
    assert office.state(draft) is PublicationState.HELD
    assert resume(office.desk, OPERATOR).released == 1


def test_the_pause_of_another_account_holds_nothing_here(office: Office) -> None:
    pause(office.desk, OPERATOR, "another", "other")
    draft = office.published()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert resume(office.desk, OPERATOR, "other").released == 0


def test_resuming_what_is_not_paused_names_what_is(office: Office) -> None:
    pause(office.desk, OPERATOR, "another", "clinic")
    with pytest.raises(RefusedError, match="`/tweet resume clinic`"):
        resume(office.desk, OPERATOR)
    resume(office.desk, OPERATOR, "clinic")
    pause(office.desk, OPERATOR, "all")
    with pytest.raises(RefusedError, match="`/tweet resume` lets all"):
        resume(office.desk, OPERATOR, "clinic")


def test_a_newer_reason_replaces_an_older_one(office: Office) -> None:
    pause(office.desk, CLINICIAN, "a complaint")
    pause(office.desk, CLINICIAN, "a worse one")
    assert paused(office) == [(EVERY_ACCOUNT, "a worse one")]


def test_refusals_are_in_words(office: Office) -> None:
    with pytest.raises(RefusedError, match="Only reviewers and operators can pause"):
        pause(office.desk, AUTHOR, "a complaint")
    with pytest.raises(RefusedError, match="Only operators can resume"):
        resume(office.desk, CLINICIAN)
    with pytest.raises(RefusedError, match="Nothing is paused"):
        resume(office.desk, OPERATOR)


def test_a_refusal_is_a_row_and_said_once(office: Office) -> None:
    word = PrivateWord(OUTSIDER, "C0DRAFTS", None, "You cannot do this.")
    leave_word(office.desk, "click-1", word)
    leave_word(office.desk, "click-1", word)
    office.deliver()
    assert office.chat.words_to(OUTSIDER) == ["You cannot do this."]
