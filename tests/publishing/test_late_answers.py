"""An answer that comes late is always written down; it settles a doubt and overwrites nothing."""

from collections.abc import Callable

import pytest

from bot.domain.audit import AuditAction
from bot.domain.draft import NOW
from bot.domain.publication import (
    AttemptState,
    Duplicate,
    Live,
    NotLive,
    Outcome,
    PublicationState,
    Reason,
    Unknown,
)
from bot.publishing.answers import write_answer
from bot.workflow.scheduling import cancel, retry, set_wish
from bot.workflow.settling import settle_live, settle_not_live
from tests.conftest import AUTHOR, OPERATOR
from tests.office import Office


def settled_absent(office: Office) -> tuple[int, Callable[[Outcome], None]]:
    """Return a draft whose part was wrongly settled as not there, and the way for its answer."""
    draft = office.in_question()
    settle_not_live(office.desk, draft, AUTHOR)
    office.work()
    attempt = office.attempts(draft)[0].id or 0
    return draft, lambda outcome: write_answer(office.desk, attempt, outcome)


def alarmed(office: Office) -> bool:
    """Whether the operators were told of a contradiction."""
    told = any("settled otherwise" in words for words in office.notices(OPERATOR))
    assert told == (AuditAction.PUBLICATION_CONTRADICTED in office.record())
    return told


def test_it_settles_a_publication_in_doubt(office: Office) -> None:
    office.x.script.append(office.x.delay)
    draft = office.scheduled()
    office.work()
    office.x.late[0]()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert office.attempts(draft)[0].state is AttemptState.LIVE
    assert not alarmed(office)


def test_it_settles_even_while_people_are_asked(office: Office) -> None:
    office.x.script.append(office.x.delay)
    office.x.lag = True
    draft = office.scheduled()
    office.work()
    office.wait_and_work(8, minutes=2)
    office.x.late[0]()
    row = office.publication(draft)
    assert (row.state, row.asks) == (PublicationState.PUBLISHED, False)


@pytest.mark.parametrize(
    ("retried", "state"), [(True, PublicationState.SCHEDULED), (False, PublicationState.FAILED)]
)
def test_a_late_refusal_ends_the_doubt(
    office: Office, retried: bool, state: PublicationState
) -> None:
    office.x.script.append(office.x.delaying(NotLive(Reason.CREDITS, "No.", retry=retried)))
    draft = office.scheduled()
    office.work()
    office.x.late[0]()
    assert office.state(draft) is state


@pytest.mark.parametrize("outcome", [Duplicate(), Unknown("still nobody knows")])
def test_a_late_answer_that_says_nothing_new_changes_nothing(
    office: Office, outcome: Outcome
) -> None:
    office.x.script.append(office.x.delaying(outcome))
    draft = office.scheduled()
    office.work()
    before = office.publication(draft)
    office.x.late[0]()
    assert office.publication(draft) == before


def test_what_a_lookup_found_first_is_no_contradiction(office: Office) -> None:
    office.x.script.append(office.x.delay)
    draft = office.scheduled("One.\n---\nTwo.")
    office.work()
    office.wait_and_work(1, seconds=2)
    assert office.state(draft) is PublicationState.PUBLISHED
    office.x.late[0]()
    office.x.late[0]()
    assert not alarmed(office)


def test_what_a_lookup_found_is_no_contradiction_while_the_thread_goes_on(office: Office) -> None:
    office.x.script.extend([office.x.delay, NotLive(Reason.REFUSED, "Busy.", retry=True)])
    draft = office.scheduled("One.\n---\nTwo.")
    office.work()
    office.wait_and_work(1, seconds=2)
    assert office.state(draft) is PublicationState.SCHEDULED
    office.x.late[0]()
    assert not alarmed(office)


def test_a_settlement_that_was_wrong_alarms_the_operators(office: Office) -> None:
    draft, answer = settled_absent(office)
    tweet = office.x.say("Sleep well.")
    answer(Live(tweet.id, tweet.text))
    assert alarmed(office)
    assert office.state(draft) is PublicationState.FAILED
    assert office.ids(draft) == [tweet.id]
    assert office.card(draft).live


def test_a_wrongly_settled_tweet_that_turns_up_before_the_retry_is_not_sent_again(
    office: Office,
) -> None:
    draft, answer = settled_absent(office)
    tweet = office.x.say("Sleep well.")
    answer(Live(tweet.id, tweet.text))
    retry(office.desk, draft, AUTHOR)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert office.x.posted == ["Sleep well."]


def test_a_wrongly_settled_tweet_that_turns_up_during_the_retry_leaves_no_stuck_row(
    office: Office,
) -> None:
    draft, answer = settled_absent(office)
    first = Live("77", "Sleep well.")

    def answer_comes(outgoing: object, late: object) -> Outcome:
        answer(first)
        return office.x.publish(outgoing, late)  # type: ignore[arg-type]

    office.x.script.append(answer_comes)
    retry(office.desk, draft, AUTHOR)
    office.work()
    assert alarmed(office)
    office.wait_and_work(3, minutes=4)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert office.ids(draft) == ["77"]


def test_a_tweet_of_a_cancelled_publication_closes_the_way_of_the_next_one(office: Office) -> None:
    draft, answer = settled_absent(office)
    cancel(office.desk, draft, AUTHOR)
    set_wish(office.desk, draft, AUTHOR, NOW)
    answer(Live("77", "Sleep well."))
    office.work()
    assert alarmed(office)
    assert office.x.posted == ["Sleep well."]
    assert office.publication(draft).reason is Reason.CHANGED


def test_a_live_tweet_that_is_bound_elsewhere_alarms_the_operators(office: Office) -> None:
    office.x.script.extend([office.x.delay, office.x.delay])
    office.x.lag = True
    first, second = office.scheduled("One."), office.scheduled("Two.")
    office.work()
    office.wait_and_work(8, minutes=2)
    taken = office.x.tweets[1].id
    settle_live(office.desk, first, AUTHOR, taken)
    office.work()
    office.x.late[1]()
    assert alarmed(office)
    assert office.ids(second) == [None]


def test_a_second_answer_for_a_closed_attempt_is_ignored(office: Office) -> None:
    draft = office.published()
    before = len(office.record())
    write_answer(office.desk, office.attempts(draft)[0].id or 0, Live("77", "Sleep well."))
    assert len(office.record()) == before
