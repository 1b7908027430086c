"""Taking down: every live part goes, the newest first, and nothing is called gone before it is."""

from datetime import timedelta

import pytest

from bot.domain.audit import AuditAction
from bot.domain.card import Offer
from bot.domain.publication import NotLive, PublicationState, Reason
from bot.errors import AccountError, RefusedError
from bot.publishing.removal import take_down
from bot.workflow.scheduling import retry
from bot.workflow.settling import remove
from tests.conftest import AUTHOR, CLINICIAN, OUTSIDER
from tests.office import Office

THREAD = "Part one.\n---\nPart two."


def test_a_thread_is_taken_down_from_its_end(office: Office) -> None:
    draft = office.published(THREAD)
    ids = office.ids(draft)
    remove(office.desk, draft, CLINICIAN, "a wrong dose")
    office.work()
    assert office.x.tweets == []
    deleted = [call.argument for call in office.x.calls if call.method == "delete"]
    assert deleted == list(reversed(ids))
    row = office.publication(draft)
    assert (row.state, row.detail) == (PublicationState.REMOVED, f"<@{CLINICIAN}>: a wrong dose")
    assert "was taken down" in office.notices(AUTHOR)[-1]
    assert office.record().count(AuditAction.PUBLICATION_REMOVED) == 2
    assert office.card(draft).offers == (Offer.DUPLICATE,)


def test_what_was_deleted_by_hand_counts_as_gone(office: Office) -> None:
    draft = office.published()
    office.x.tweets.clear()
    remove(office.desk, draft, AUTHOR, "a wrong dose")
    office.work()
    assert office.state(draft) is PublicationState.REMOVED


def test_while_x_does_not_confirm_it_keeps_asking_and_says_so(office: Office) -> None:
    draft = office.published()
    office.x.trouble = AccountError("X is down.", permanent=False)
    remove(office.desk, draft, AUTHOR, "a wrong dose")
    office.work()
    row = office.publication(draft)
    assert row.state is PublicationState.REMOVING
    assert row.next_at == office.clock.now + timedelta(seconds=30)
    assert "has not confirmed the take-down yet (X is down.)" in office.notices(AUTHOR)[-1]
    office.wait_and_work(3, seconds=30)
    assert sum("not confirmed" in words for words in office.notices(AUTHOR)) == 1
    office.x.trouble = None
    office.wait_and_work(1, seconds=30)
    assert office.state(draft) is PublicationState.REMOVED


def test_a_take_down_does_not_wait_for_the_chat(office: Office) -> None:
    draft = office.published()
    waiting = office.scheduled("Waits.")
    remove(office.desk, draft, AUTHOR, "a wrong dose")
    office.desk.caught_up = False
    office.work()
    assert office.state(draft) is PublicationState.REMOVED
    assert office.state(waiting) is PublicationState.SCHEDULED


def test_the_public_part_of_a_failed_thread_can_be_taken_down(office: Office) -> None:
    office.x.script.extend([office.x.publish, NotLive(Reason.REFUSED, "No.")])
    draft = office.scheduled(THREAD)
    office.work()
    assert office.card(draft).offers == (
        Offer.RETRY,
        Offer.DUPLICATE,
        Offer.TAKE_DOWN,
        Offer.REPEAT,
    )
    remove(office.desk, draft, AUTHOR, "half a thought")
    office.work()
    assert office.state(draft) is PublicationState.REMOVED
    with pytest.raises(RefusedError):
        retry(office.desk, draft, AUTHOR)


def test_refusals_are_in_words(office: Office) -> None:
    draft = office.scheduled()
    with pytest.raises(RefusedError, match="Nothing of this draft is public"):
        remove(office.desk, draft, AUTHOR, "a wrong dose")
    with pytest.raises(RefusedError, match="say why"):
        remove(office.desk, draft, AUTHOR, "  ")
    with pytest.raises(RefusedError, match="Nothing of this draft is public"):
        remove(office.desk, office.draft("No plan."), AUTHOR, "a wrong dose")
    office.work()
    with pytest.raises(RefusedError, match="Only its author"):
        remove(office.desk, draft, OUTSIDER, "because")
    remove(office.desk, draft, AUTHOR, "a wrong dose")
    with pytest.raises(RefusedError, match="cannot be taken down now"):
        remove(office.desk, draft, AUTHOR, "a wrong dose")


def test_only_what_is_being_removed_is_removed(office: Office) -> None:
    draft = office.published()
    take_down(office.desk, office.x, office.publication(draft).id or 0)
    assert len(office.x.tweets) == 1
