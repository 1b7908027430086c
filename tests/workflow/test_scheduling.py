"""When: wishes, the schedule, trying again."""

from datetime import timedelta

import pytest

from bot.domain.audit import AuditAction
from bot.domain.draft import NOW, DraftState, Wish
from bot.domain.publication import NotLive, PublicationState, Reason, Unknown
from bot.errors import NotAllowedError, RefusedError
from bot.workflow.intake import revise
from bot.workflow.scheduling import cancel, retry, set_wish
from bot.workflow.settling import settle_not_live
from tests.conftest import AUTHOR, CLINICIAN, OUTSIDER, START
from tests.office import Office

IN_AN_HOUR = START + timedelta(hours=1)


def test_a_wish_for_an_approved_draft_schedules_it_and_a_new_one_moves_it(office: Office) -> None:
    draft = office.approved()
    set_wish(office.desk, draft, AUTHOR, Wish(IN_AN_HOUR))
    first = office.publication(draft)
    assert (first.due_at, first.next_at) == (IN_AN_HOUR, IN_AN_HOUR)
    set_wish(office.desk, draft, CLINICIAN, NOW)
    row = office.publication(draft)
    assert (row.id, row.due_at) == (first.id, START)
    assert office.record()[-2:] == [AuditAction.DRAFT_WISH, AuditAction.PUBLICATION_SCHEDULE]


def test_a_wish_before_the_approval_is_kept(office: Office) -> None:
    draft = office.draft()
    set_wish(office.desk, draft, AUTHOR, Wish(IN_AN_HOUR))
    assert office.card(draft).wish == Wish(IN_AN_HOUR)
    assert office.card(draft).publication is None


def test_refused_wishes_are_refused_in_words(office: Office) -> None:
    draft = office.draft()
    with pytest.raises(RefusedError, match="Only its author"):
        set_wish(office.desk, draft, OUTSIDER, NOW)
    with pytest.raises(RefusedError, match="has passed"):
        set_wish(office.desk, draft, AUTHOR, Wish(START))
    live = office.published("Live.")
    with pytest.raises(RefusedError, match="finished"):
        set_wish(office.desk, live, AUTHOR, NOW)
    office.x.script.append(Unknown("lost"))
    flying = office.scheduled("Flying.")
    office.work()
    with pytest.raises(RefusedError, match="at this moment"):
        set_wish(office.desk, flying, AUTHOR, NOW)


def test_a_cancelled_draft_stays_approved_and_waits_for_a_time(office: Office) -> None:
    draft = office.scheduled(at=IN_AN_HOUR)
    cancel(office.desk, draft, AUTHOR)
    card = office.card(draft)
    assert (card.state, card.publication, card.wish) == (DraftState.APPROVED, None, None)
    with pytest.raises(RefusedError, match="not on the schedule"):
        cancel(office.desk, draft, AUTHOR)
    set_wish(office.desk, draft, AUTHOR, NOW)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED


def test_refused_cancellations_are_refused_in_words(office: Office) -> None:
    with pytest.raises(RefusedError, match="Only its author"):
        cancel(office.desk, office.scheduled(at=IN_AN_HOUR), OUTSIDER)
    office.x.script.append(Unknown("lost"))
    flying = office.scheduled("Flying.")
    office.work()
    with pytest.raises(RefusedError, match="at this moment"):
        cancel(office.desk, flying, AUTHOR)
    assert office.state(flying) is PublicationState.IN_DOUBT


def test_what_was_missed_goes_out_when_a_person_says_so(office: Office) -> None:
    draft = office.scheduled(at=START + timedelta(minutes=1))
    office.clock.forward(hours=1)
    office.work()
    assert office.state(draft) is PublicationState.MISSED
    retry(office.desk, draft, AUTHOR)
    assert office.publication(draft).due_at == office.clock.now
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert AuditAction.PUBLICATION_RETRY in office.record()


def test_what_failed_may_get_a_new_time(office: Office) -> None:
    office.x.script.append(NotLive(Reason.REFUSED, "No."))
    draft = office.scheduled()
    office.work()
    later = office.clock.now + timedelta(hours=1)
    set_wish(office.desk, draft, AUTHOR, Wish(later))
    row = office.publication(draft)
    assert (row.state, row.due_at, row.refusals) == (PublicationState.SCHEDULED, later, 0)


def test_refused_retries_are_refused_in_words(office: Office) -> None:
    fresh = office.approved("Fresh.")
    with pytest.raises(RefusedError, match="nothing to try again"):
        retry(office.desk, fresh, AUTHOR)
    scheduled = office.scheduled("Scheduled.", at=IN_AN_HOUR)
    with pytest.raises(RefusedError, match="on the schedule already"):
        retry(office.desk, scheduled, AUTHOR)
    with pytest.raises(RefusedError, match="Only its author"):
        retry(office.desk, scheduled, OUTSIDER)
    live = office.published("Live.")
    with pytest.raises(NotAllowedError, match="This publication is published"):
        retry(office.desk, live, AUTHOR)


def test_a_thread_whose_message_was_changed_is_not_tried_again(office: Office) -> None:
    office.x.script.extend([office.x.publish, NotLive(Reason.REFUSED, "No.")])
    draft = office.scheduled("One.\n---\nTwo.")
    office.work()
    revise(office.desk, office.chat.edit(office.sources[draft].ref, "Other."))
    with pytest.raises(RefusedError, match="Please write a new message"):
        retry(office.desk, draft, AUTHOR)


def test_what_was_asked_to_stop_cannot_be_put_on_the_schedule_again(office: Office) -> None:
    office.x.script.append(NotLive(Reason.REFUSED, "Busy.", retry=True))
    draft = office.scheduled()
    office.x.script[0] = Unknown("lost")
    office.work()
    revise(office.desk, office.chat.edit(office.sources[draft].ref, "Other."))
    with pytest.raises(RefusedError, match="Please write a new message"):
        set_wish(office.desk, draft, AUTHOR, NOW)
    office.wait_and_work(8, minutes=2)
    settle_not_live(office.desk, draft, AUTHOR)
    office.work()
    with pytest.raises(RefusedError, match="finished"):
        set_wish(office.desk, draft, AUTHOR, NOW)
