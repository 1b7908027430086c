"""`/tweet audit`: a draft's history, for those who may see it, within Slack's limits."""

import pytest

from bot.domain.quorum import Decision
from bot.workflow.review import review
from handlers.slack import history
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OUTSIDER
from tests.slack import bodies
from tests.slack.dispatching import Slack


@pytest.fixture
def draft(slack: Slack) -> int:
    slack.take(bodies.written("Flu jabs start on Monday."))
    card = slack.draft()
    review(slack.desk, card.id, card.revision_id, CLINICIAN, Decision.APPROVE)
    return card.id


@pytest.mark.parametrize("person", [CLINICIAN, COMPLIANCE])
def test_reviewers_and_operators_see_who_did_what_newest_last(
    slack: Slack, draft: int, person: str
) -> None:
    head, first, second = slack.take(bodies.command(f"audit {draft}", person)).split("\n")
    assert head == f"What the record says of draft {draft}, oldest first:"
    assert first.startswith("• <!date^")
    assert first.endswith(f"<@{AUTHOR}> (author, version 1) wrote the draft (findings 0)")
    assert second.endswith(f"<@{CLINICIAN}> (reviewer, version 1) approved")


@pytest.mark.parametrize("person", [AUTHOR, OUTSIDER])
def test_others_are_refused_in_words(slack: Slack, draft: int, person: str) -> None:
    answer = slack.take(bodies.command(f"audit {draft}", person))
    assert answer == "Only reviewers and operators can look at the record. Please ask one of them."


@pytest.mark.parametrize("typed", ["", "x", "-1", "1 2", "\u0661", "9" * 16])
def test_whoever_names_no_draft_is_asked_which(slack: Slack, typed: str) -> None:
    assert slack.take(bodies.command(f"audit {typed}", CLINICIAN)) == history.WHICH


def test_a_draft_that_is_not_there_is_said_not_to_be(slack: Slack) -> None:
    assert slack.take(bodies.command("audit #77", CLINICIAN)) == "There is no draft 77."


def test_a_long_history_keeps_its_newest_entries_and_counts_the_others(
    slack: Slack, draft: int
) -> None:
    revision = slack.draft().revision_id
    for _ in range(40):
        for decision in (Decision.REVOKE, Decision.APPROVE):
            review(slack.desk, draft, revision, CLINICIAN, decision)
    answer = slack.take(bodies.command(f"audit {draft}", CLINICIAN))
    head, more, *shown = answer.split("\n")
    assert len(answer) <= history.MOST
    assert more == history.MORE.format(count=82 - len(shown))
    assert len(shown) > 20
    assert shown[-1].endswith("approved")
    assert head.endswith("oldest first:")


def test_the_answer_holds_no_draft_text(slack: Slack, draft: int) -> None:
    assert "Flu" not in slack.take(bodies.command(f"audit {draft}", CLINICIAN))
