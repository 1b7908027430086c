"""Fifty people at once: one publication, and everybody gets an answer."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from bot.domain.draft import NOW, DraftState
from bot.domain.publication import PublicationState
from bot.domain.quorum import Decision, Quorum, Stage
from bot.errors import RefusedError
from bot.workflow.intake import submit
from bot.workflow.review import review
from bot.workflow.scheduling import cancel, set_wish
from storage import publications
from tests.conftest import AUTHOR
from tests.office import Office

CROWD = [f"U0CROWD{n:02}" for n in range(50)]


def test_fifty_approvals_at_once_make_one_publication(office: Office) -> None:
    everybody = (Stage("Everybody", 50, frozenset(CROWD)),)
    office.desk.policy = replace(
        office.desk.policy, quorum=Quorum(everybody, office.desk.policy.quorum.lapse)
    )
    draft = office.draft()
    set_wish(office.desk, draft, AUTHOR, NOW)
    seen, together = office.card(draft).revision_id, Barrier(len(CROWD))

    def click(person: str) -> None:
        together.wait(10)
        review(office.desk, draft, seen, person, Decision.APPROVE)

    with ThreadPoolExecutor(len(CROWD)) as people:
        list(people.map(click, CROWD))
    card = office.card(draft)
    assert card.state is DraftState.APPROVED
    assert sorted(card.verdict.stages[0].people) == CROWD
    office.work()
    assert office.x.posted == ["Sleep well."]
    assert office.publication(draft).id == 1


def test_the_same_message_by_many_deliveries_is_one_draft(office: Office) -> None:
    new, together = office.chat.write("Sleep well."), Barrier(20)

    def arrives(_: int) -> int | None:
        together.wait(10)
        return submit(office.desk, new)

    with ThreadPoolExecutor(20) as deliveries:
        made = [draft for draft in deliveries.map(arrives, range(20)) if draft is not None]
    assert len(made) == 1


def test_of_two_clicks_at_once_one_wins_and_the_other_is_told(office: Office) -> None:
    draft, together = office.scheduled(), Barrier(20)

    def click(_: int) -> str:
        together.wait(10)
        try:
            cancel(office.desk, draft, AUTHOR)
        except RefusedError as error:
            return str(error)
        return "won"

    with ThreadPoolExecutor(20) as people:
        answers = sorted(people.map(click, range(20)))
    assert answers == ["This draft is not on the schedule."] * 19 + ["won"]
    with office.desk.database.read() as session:
        assert publications.of_draft(session, draft) is None
    assert office.state(draft) is PublicationState.CANCELLED
