"""An account that left countersign.toml: nothing of it stays on a schedule that nobody keeps."""

from dataclasses import replace

import pytest

from bot.domain.publication import PublicationState, Reason, Unknown
from bot.publishing.departed import LEFT, NO_KEYS, Departed, departed, tell_of
from bot.publishing.lane import Lane
from bot.workflow.scheduling import retry
from bot.workflow.settling import remove
from handlers.slack.standing import explanation
from tests.conftest import AUTHOR, OPERATOR, START
from tests.office import Office


def leaves(office: Office) -> Lane:
    """Take the account off the policy, as a start with another file does."""
    account = replace(office.desk.policy.default_account, name="other")
    office.desk.policy = replace(office.desk.policy, accounts=(account,))
    return Lane(office.desk, "clinic", Departed("clinic"))


def rest(lane: Lane) -> None:
    for _ in range(9):
        if not lane.step():
            return


def test_what_is_on_the_schedule_is_held_when_it_is_due_and_its_card_says_why(
    office: Office,
) -> None:
    draft = office.scheduled(at=START.replace(hour=15))
    lane = leaves(office)
    rest(lane)
    assert office.state(draft) is PublicationState.SCHEDULED
    office.clock.forward(hours=7)
    rest(lane)
    publication = office.publication(draft)
    assert (publication.state, publication.reason) == (PublicationState.HELD, Reason.NO_ACCOUNT)
    assert office.attempts(draft) == []
    assert "countersign.toml" in explanation(office.card(draft))
    retry(office.desk, draft, AUTHOR)
    rest(lane)
    assert office.state(draft) is PublicationState.HELD


def test_it_goes_out_once_the_account_is_back(office: Office) -> None:
    before, draft = office.desk.policy, office.scheduled()
    rest(leaves(office))
    office.desk.policy = before
    retry(office.desk, draft, AUTHOR)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED


def test_what_is_in_doubt_ends_as_a_question(office: Office) -> None:
    office.x.script.append(Unknown("The answer was lost."))
    draft = office.scheduled()
    office.work()
    lane = leaves(office)
    for _ in range(9):
        office.clock.forward(minutes=6)
        rest(lane)
    assert office.publication(draft).asks
    assert office.state(draft) is PublicationState.IN_DOUBT


def test_what_is_to_be_taken_down_is_never_called_gone(office: Office) -> None:
    draft = office.published()
    lane = leaves(office)
    remove(office.desk, draft, OPERATOR, "a wrong dose")
    rest(lane)
    assert office.state(draft) is PublicationState.REMOVING
    assert NO_KEYS.format(account="clinic") in " ".join(office.notices(AUTHOR))


@pytest.mark.parametrize("start", ["draft", "scheduled", "in_question"])
def test_operators_hear_once_a_day_of_accounts_with_drafts_under_way(
    office: Office, start: str
) -> None:
    getattr(office, start)()
    assert departed(office.desk, ["clinic"]) == ()
    left = departed(office.desk, ["other"])
    assert left == ("clinic",)
    for _ in range(2):
        tell_of(office.desk, left)
    assert office.notices(OPERATOR).count(LEFT.format(account="clinic")) == 1


def test_an_account_whose_drafts_have_all_ended_is_not_missed(office: Office) -> None:
    office.published()
    assert departed(office.desk, ["other"]) == ()
