"""T1, T2, call, T3: what goes out, part by part, and what every kind of answer leads to."""

from datetime import timedelta

import pytest

from bot.domain.audit import AuditAction
from bot.domain.publication import AttemptState, NotLive, Outcome, PublicationState, Reason
from bot.domain.quorum import Decision
from bot.errors import AccountError
from bot.ports import Outgoing
from bot.workflow.intake import remove_source, revise
from bot.workflow.scheduling import retry
from bot.workflow.stopping import pause
from storage import publications
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OPERATOR, START
from tests.fakes.x import Late
from tests.office import Office

THREAD = "Part one.\n---\nPart two.\n---\nPart three."


def test_an_approved_text_goes_out_once_and_its_author_hears_of_it(office: Office) -> None:
    draft = office.published("Sleep well & long.")
    office.work()
    assert office.x.posted == ["Sleep well & long."]
    assert office.state(draft) is PublicationState.PUBLISHED
    [tweet] = office.x.tweets
    assert office.ids(draft) == [tweet.id]
    assert f"https://x.com/RiversideClinic/status/{tweet.id}" in office.notices(AUTHOR)[-1]
    assert office.record()[-3:] == [
        AuditAction.PUBLICATION_CLAIM,
        AuditAction.PUBLICATION_INTENT,
        AuditAction.PUBLICATION_OUTCOME,
    ]


def test_a_thread_goes_out_part_by_part_each_an_answer_to_the_one_before(office: Office) -> None:
    draft = office.published(THREAD)
    first, second, third = office.x.tweets
    assert [t.replied_to for t in (first, second, third)] == [None, first.id, second.id]
    assert office.ids(draft) == [first.id, second.id, third.id]
    assert [a.token for a in office.attempts(draft)] == [1, 1, 1]


def test_nothing_goes_out_before_its_time(office: Office) -> None:
    draft = office.scheduled(at=START + timedelta(minutes=10))
    office.wait_and_work(9, minutes=1)
    assert office.x.posted == []
    office.wait_and_work(1, minutes=1)
    assert office.state(draft) is PublicationState.PUBLISHED


def test_the_grace_is_the_last_moment_to_go_out_by_itself(office: Office) -> None:
    in_time = office.scheduled("In time.", START + timedelta(minutes=1))
    office.clock.forward(minutes=16)
    office.work()
    assert office.state(in_time) is PublicationState.PUBLISHED
    late = office.scheduled("Late.", office.clock.now + timedelta(minutes=1))
    office.clock.forward(minutes=16, seconds=1)
    office.work()
    assert office.state(late) is PublicationState.MISSED
    assert office.x.posted == ["In time."]
    assert "passed before I could publish it" in office.notices(AUTHOR)[-1]


def test_a_sure_refusal_for_now_is_tried_again_later_and_looked_up_before(office: Office) -> None:
    office.x.script.append(NotLive(Reason.REFUSED, "Busy.", retry=True))
    draft = office.scheduled()
    office.work()
    assert office.state(draft) is PublicationState.SCHEDULED
    assert office.publication(draft).next_at == START + timedelta(seconds=5)
    office.wait_and_work(1, seconds=5)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert [call.method for call in office.x.calls] == ["post", "timeline", "post"]


def test_x_says_when_the_next_try_may_be(office: Office) -> None:
    later = START + timedelta(minutes=10)
    office.x.script.append(NotLive(Reason.REFUSED, "Too many.", retry=True, retry_at=later))
    draft = office.scheduled()
    office.work()
    assert office.publication(draft).next_at == later


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (Reason.REFUSED, PublicationState.FAILED),
        (Reason.CREDITS, PublicationState.HELD),
        (Reason.ACCESS, PublicationState.HELD),
    ],
)
def test_a_sure_refusal_for_good_ends_or_holds_and_says_why(
    office: Office, reason: Reason, state: PublicationState
) -> None:
    office.x.script.append(NotLive(reason, "No."))
    draft = office.scheduled()
    office.work()
    row = office.publication(draft)
    assert (row.state, row.reason, row.detail) == (state, reason, "No.")
    assert "X refused your tweet: No." in office.notices(AUTHOR)[-1]
    told = "X does not let me publish: No." in office.notices(OPERATOR)
    assert told == (state is PublicationState.HELD)
    [attempt] = office.attempts(draft)
    assert (attempt.state, attempt.detail) == (AttemptState.REFUSED, "No.")


def test_access_lost_within_a_thread_fails_it_because_a_part_is_live(office: Office) -> None:
    office.x.script.extend([office.x.publish, NotLive(Reason.CREDITS, "No credits.")])
    draft = office.scheduled(THREAD)
    office.work()
    assert office.state(draft) is PublicationState.FAILED
    assert [tweet is not None for tweet in office.ids(draft)] == [True, False, False]


def test_a_retried_thread_goes_on_at_the_first_part_without_an_id(office: Office) -> None:
    office.x.script.extend([office.x.publish, NotLive(Reason.REFUSED, "No.")])
    draft = office.scheduled(THREAD)
    office.work()
    office.clock.forward(hours=3)
    retry(office.desk, draft, AUTHOR)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert [t.text for t in office.x.tweets] == ["Part one.", "Part two.", "Part three."]
    assert office.x.tweets[1].replied_to == office.x.tweets[0].id


def test_a_paused_account_holds_what_is_due(office: Office) -> None:
    draft = office.scheduled()
    pause(office.desk, CLINICIAN, "a complaint")
    office.work()
    row = office.publication(draft)
    assert (row.state, row.reason, office.x.posted) == (PublicationState.HELD, Reason.PAUSED, [])


def test_a_pause_between_two_parts_stops_the_thread(office: Office) -> None:
    def publish_and_pause(outgoing: Outgoing, late: Late) -> Outcome:
        pause(office.desk, CLINICIAN, "a complaint")
        return office.x.publish(outgoing, late)

    office.x.script.append(publish_and_pause)
    draft = office.scheduled(THREAD)
    office.work()
    assert office.x.posted == ["Part one."]
    assert office.publication(draft).reason is Reason.PAUSED
    assert office.state(draft) is PublicationState.FAILED
    assert "Only a part of your thread is public" in office.notices(AUTHOR)[-1]


def test_an_edit_between_two_parts_stops_the_thread(office: Office) -> None:
    draft = office.scheduled(THREAD)
    source = office.sources[draft]

    def publish_and_edit(outgoing: Outgoing, late: Late) -> Outcome:
        revise(office.desk, office.chat.edit(source.ref, "Never mind."))
        return office.x.publish(outgoing, late)

    office.x.script.append(publish_and_edit)
    office.work()
    assert office.x.posted == ["Part one."]
    assert office.publication(draft).reason is Reason.STOP_ASKED
    told = " ".join(office.notices(AUTHOR))
    assert "its message was edited. 0 of 3 parts are public" in told


def test_a_message_deleted_during_a_call_that_fails_withdraws_the_draft(office: Office) -> None:
    draft = office.scheduled()
    source = office.sources[draft]

    def delete_and_refuse(_: Outgoing, __: Late) -> Outcome:
        remove_source(office.desk, source.ref)
        return NotLive(Reason.REFUSED, "Busy.", retry=True)

    office.x.script.append(delete_and_refuse)
    office.work()
    assert office.state(draft) is PublicationState.CANCELLED
    assert office.card(draft).state == "withdrawn"


def test_a_revocation_during_the_first_part_keeps_the_second_in(office: Office) -> None:
    draft = office.scheduled(THREAD)

    def publish_and_revoke(outgoing: Outgoing, late: Late) -> Outcome:
        office.decide(draft, COMPLIANCE, Decision.REVOKE)
        return office.x.publish(outgoing, late)

    office.x.script.append(publish_and_revoke)
    office.work()
    assert office.x.posted == ["Part one."]
    assert office.publication(draft).reason is Reason.NOT_APPROVED


def test_when_x_cannot_be_looked_at_before_a_second_try_it_waits(office: Office) -> None:
    office.x.script.append(NotLive(Reason.REFUSED, "Busy.", retry=True))
    draft = office.scheduled()
    office.work()
    office.x.trouble = AccountError("X is down.", permanent=False)
    office.wait_and_work(1, seconds=5)
    row = office.publication(draft)
    assert (row.state, row.detail) == (PublicationState.SCHEDULED, "X is down.")
    assert row.next_at == office.clock.now + timedelta(seconds=15)
    assert office.x.posted == ["Sleep well."]


def test_while_the_chat_was_not_read_again_nothing_is_claimed(office: Office) -> None:
    draft = office.scheduled()
    office.desk.caught_up = False
    assert not office.lane.step()
    office.desk.caught_up = True
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED


def test_a_row_that_nobody_foresaw_rests_and_does_not_stop_the_lane(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    poisoned, well = office.scheduled("Poison."), office.scheduled("Well.")
    told = publications.parts

    def parts(session: object, publication_id: int) -> object:
        if publication_id == office.publication(poisoned).id:
            raise ZeroDivisionError
        return told(session, publication_id)  # type: ignore[arg-type]

    monkeypatch.setattr(publications, "parts", parts)
    office.work()
    monkeypatch.undo()
    assert office.state(well) is PublicationState.PUBLISHED
    assert office.state(poisoned) is PublicationState.SCHEDULED
    assert "rests a minute" in caplog.text
    assert "Poison" not in caplog.text
    office.wait_and_work(1, minutes=1)
    assert office.state(poisoned) is PublicationState.PUBLISHED
