"""The process may die anywhere: somebody else goes on, or knows that nobody knows."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.publication import (
    AttemptState,
    Live,
    NotLive,
    Outcome,
    PublicationState,
    Reason,
    Unknown,
)
from bot.domain.timeline import Seen
from bot.errors import AccountError
from bot.ports import Outgoing
from bot.publishing.answers import write_answer
from bot.publishing.lane import Lane, recover
from bot.publishing.protocol import Claim, claim, intend
from bot.publishing.sending import publish
from storage import publications
from tests.fakes.x import FakeX, Late
from tests.office import Office

THREAD = "Part one.\n---\nPart two."
LEASE = timedelta(minutes=3)


class Died(BaseException):
    """The process is gone."""


def claimed(office: Office, draft: int) -> Claim:
    held = claim(office.desk, office.publication(draft).id or 0)
    assert held is not None
    return held


def test_a_claim_without_an_open_attempt_is_simply_taken_over(office: Office) -> None:
    draft = office.scheduled(THREAD)
    claimed(office, draft)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHING
    office.clock.forward(minutes=3)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert office.publication(draft).token == 2


def test_with_an_open_attempt_nobody_knows_and_it_is_looked_for(office: Office) -> None:
    draft = office.scheduled()
    held = claimed(office, draft)
    assert intend(office.desk, held, 0) is not None
    office.clock.forward(minutes=3)
    office.work()
    assert office.state(draft) is PublicationState.IN_DOUBT
    assert office.attempts(draft)[0].state is AttemptState.UNKNOWN
    assert office.x.posted == []


@pytest.mark.parametrize("taken", [True, False])
def test_death_during_the_call_never_sends_twice(office: Office, taken: bool) -> None:
    def die(outgoing: Outgoing, _: Late) -> Outcome:
        if taken:
            office.x.say(outgoing.text)
        raise Died

    office.x.script.append(die)
    draft = office.scheduled(THREAD)
    with pytest.raises(Died):
        office.work()
    with office.desk.write() as session:
        assert publications.void_leases(session, office.clock.now) == 1
    office.work()
    office.wait_and_work(8, minutes=2)
    if taken:
        assert office.state(draft) is PublicationState.PUBLISHED
        assert [t.text for t in office.x.tweets] == ["Part one.", "Part two."]
    else:
        assert office.publication(draft).asks
        assert office.x.posted == ["Part one."]


def test_a_lease_is_voided_only_where_there_is_one(office: Office) -> None:
    office.scheduled()
    with office.desk.write() as session:
        assert publications.void_leases(session, office.clock.now) == 0


def test_a_stale_token_may_not_send(office: Office) -> None:
    draft = office.scheduled(THREAD)
    stale = claimed(office, draft)
    office.clock.forward(minutes=3)
    office.work()
    assert intend(office.desk, stale, 0) is None
    assert len(office.x.posted) == len(office.x.tweets) == 2


def test_a_stale_answer_is_written_down_and_changes_nothing_else(office: Office) -> None:
    draft = office.scheduled()
    held = claimed(office, draft)
    intent = intend(office.desk, held, 0)
    assert intent is not None
    office.clock.forward(minutes=3)
    office.work()
    write_answer(office.desk, intent.attempt_id, Unknown("very late"))
    assert office.state(draft) is PublicationState.IN_DOUBT
    write_answer(office.desk, intent.attempt_id, NotLive(Reason.REFUSED, "No."))
    assert office.attempts(draft)[0].state is AttemptState.REFUSED
    assert office.state(draft) is PublicationState.FAILED


def test_the_lease_is_renewed_at_every_intent(office: Office) -> None:
    draft = office.scheduled(THREAD)
    held = claimed(office, draft)
    office.clock.forward(minutes=2)
    assert intend(office.desk, held, 0) is not None
    assert office.publication(draft).lease_until == office.clock.now + LEASE


def test_one_call_at_a_time_on_an_account(office: Office) -> None:
    first, second = office.scheduled("One."), office.scheduled("Two.")
    assert intend(office.desk, claimed(office, first), 0) is not None
    assert intend(office.desk, claimed(office, second), 0) is None
    row = office.publication(second)
    assert (row.state, row.next_at) == (
        PublicationState.SCHEDULED,
        office.clock.now + timedelta(seconds=1),
    )


def test_a_text_that_fell_in_doubt_after_the_claim_is_not_sent_by_another(office: Office) -> None:
    first, second = office.scheduled("Same."), office.scheduled("Same.")
    one, other = claimed(office, first), claimed(office, second)
    intent = intend(office.desk, one, 0)
    assert intent is not None
    write_answer(office.desk, intent.attempt_id, Unknown("lost"))
    assert intend(office.desk, other, 0) is None
    assert office.state(second) is PublicationState.SCHEDULED


def test_what_is_not_scheduled_cannot_be_claimed(office: Office) -> None:
    draft = office.scheduled()
    owner = office.publication(draft).id or 0
    claimed(office, draft)
    assert claim(office.desk, owner) is None
    publish(office.desk, office.x, owner)
    assert office.x.posted == []


def test_a_claim_before_the_time_waits_for_it(office: Office) -> None:
    at = office.clock.now + timedelta(hours=1)
    draft = office.scheduled(at=at)
    assert claim(office.desk, office.publication(draft).id or 0) is None
    assert office.publication(draft).next_at == at


def test_a_clock_that_steps_back_after_the_claim_makes_it_wait_again(office: Office) -> None:
    draft = office.scheduled()
    held = claimed(office, draft)
    due = office.clock.now
    office.clock.forward(seconds=-30)
    assert intend(office.desk, held, 0) is None
    row = office.publication(draft)
    assert (row.state, row.next_at) == (PublicationState.SCHEDULED, due)


@pytest.mark.parametrize("trouble", [None, AccountError("X is down.", permanent=False)])
def test_a_claim_that_was_lost_during_a_lookup_does_nothing_more(
    office: Office, trouble: AccountError | None
) -> None:
    office.x.script.append(NotLive(Reason.REFUSED, "Busy.", retry=True))
    draft = office.scheduled()
    office.work()
    found = office.x.say("Sleep well.")

    def take_over(_: str) -> list[Seen]:
        office.clock.forward(minutes=4)
        recover(office.desk, "clinic")
        if trouble:
            raise trouble
        return [found]

    office.clock.forward(seconds=5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office.x, "timeline", take_over)
        office.lane.step()
    assert office.state(draft) is PublicationState.SCHEDULED
    assert office.ids(draft) == [None]
    assert office.publication(draft).refusals == 1


def test_an_account_that_hangs_does_not_delay_another(office: Office) -> None:
    """Two lanes on two threads: while one waits for X, the other publishes."""
    asked, answered = threading.Event(), threading.Event()

    def hang(outgoing: Outgoing, _: Late) -> Outcome:
        asked.set()
        assert answered.wait(10)
        return Live("77", outgoing.text)

    hanging = FakeX(clock=office.clock)
    hanging.script.append(hang)
    policy = office.desk.policy
    other = replace(policy.default_account, name="other")
    office.desk.policy = replace(policy, accounts=(*policy.accounts, other))
    slow, quick = office.scheduled("Slow."), office.scheduled("Quick.")
    with office.desk.write() as session:
        publications.get(session, office.publication(slow).id or 0).account = "other"
    thread = threading.Thread(target=Lane(office.desk, "other", hanging).step)
    thread.start()
    try:
        assert asked.wait(10)
        office.work()
        assert office.state(quick) is PublicationState.PUBLISHED
        assert office.state(slow) is PublicationState.PUBLISHING
    finally:
        answered.set()
        thread.join(10)
    assert office.state(slow) is PublicationState.PUBLISHED
