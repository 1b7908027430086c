"""What the rows answer when they are asked for several at once."""

from datetime import timedelta

from bot.domain.publication import PublicationAction, Reason, Unknown
from bot.domain.quorum import Decision
from bot.workflow.stopping import pause_by
from storage import attempts, drafts, publications
from tests.conftest import CLINICIAN, COMPLIANCE, OPERATOR, START
from tests.fakes.chat import FRONT
from tests.office import Office


def test_the_messages_of_all_drafts_that_may_still_change_or_go_out(office: Office) -> None:
    texts = ("In review.", "On its way.", "Out.", "Over.")
    review, going = office.draft(texts[0]), office.scheduled(texts[1], START + timedelta(hours=1))
    office.published(texts[2])
    rejected = office.draft(texts[3])
    office.decide(rejected, CLINICIAN, Decision.REJECT)
    with office.desk.database.read() as session:
        found = drafts.open_sources(session, FRONT)
        assert drafts.open_sources(session, "discord") == []
    assert found == [office.sources[review].ref, office.sources[going].ref]


def test_a_thread_that_is_partly_out_is_still_read_though_its_draft_is_closed(
    office: Office,
) -> None:
    office.x.script.extend([office.x.publish, Unknown("lost")])
    draft = office.scheduled("One.\n---\nTwo.")
    office.work()
    with office.desk.database.read() as session:
        assert drafts.open_sources(session, FRONT) == [office.sources[draft].ref]


def test_the_approved_drafts_that_an_old_approval_holds_up(office: Office) -> None:
    old = office.approved("Old.")
    waiting = office.draft("Waiting.")
    office.decide(waiting, CLINICIAN)
    office.clock.forward(hours=1)
    office.approved("New.")
    with office.desk.database.read() as session:
        assert drafts.lapsing(session, START - timedelta(seconds=1)) == []
        assert drafts.lapsing(session, START) == [old]
        assert len(drafts.lapsing(session, office.clock.now)) == 2


def test_which_tweets_are_some_parts_already(office: Office) -> None:
    draft = office.published("One.\n---\nTwo.")
    ids = [tweet_id for tweet_id in office.ids(draft) if tweet_id]
    with office.desk.database.read() as session:
        assert publications.bound(session, [*ids, "77"]) == frozenset(ids)
        assert publications.bound(session, []) == frozenset()


def test_what_a_pause_holds_of_one_account_and_of_all(office: Office) -> None:
    pause_by(office.desk, office.desk.policy.actor(OPERATOR), "wait")
    draft = office.scheduled()
    office.work()
    assert office.publication(draft).reason is Reason.PAUSED
    with office.desk.database.read() as session:
        for account, count in ((None, 1), ("clinic", 1), ("other", 0)):
            assert len(publications.held_by_pause(session, account)) == count


def test_whether_a_call_may_be_under_way(office: Office) -> None:
    seen: list[bool] = []

    def look(*_: object) -> Unknown:
        with office.desk.database.read() as session:
            seen.append(attempts.account_in_flight(session, "clinic"))
            seen.append(attempts.account_in_flight(session, "other"))
        return Unknown("lost")

    office.x.script.append(look)
    draft = office.scheduled()
    office.work()
    with office.desk.database.read() as session:
        seen.append(attempts.account_in_flight(session, "clinic"))
        doubtful = publications.in_doubt(session, "clinic")
        assert publications.in_doubt(session, "other") == []
    assert seen == [True, False, False]
    assert [row.draft_id for row in doubtful] == [draft]


def test_everybody_who_wrote_counts_as_a_writer_and_reviews_come_in_order(office: Office) -> None:
    draft = office.approved()
    with office.desk.database.read() as session:
        reviewing = drafts.read_reviews(session, drafts.get(session, draft))
    assert [word.reviewer for word in reviewing.reviews] == [CLINICIAN, COMPLIANCE]
    assert reviewing.reviewed.writers == {office.card(draft).author}
    assert reviewing.reviewed.revision == office.card(draft).revision_id


def test_at_the_start_of_the_only_process_no_lease_holds_any_more(office: Office) -> None:
    claimed, waiting = office.scheduled("One."), office.scheduled("Two.")
    later = START + timedelta(hours=1)
    with office.desk.write() as session:
        row = publications.get(session, office.publication(claimed).id or 0)
        publications.move(session, row, PublicationAction.CLAIM)
        row.lease_until = later
    with office.desk.write() as session:
        assert publications.expired(session, "clinic", START) == []
        assert publications.void_leases(session, START) == 1
        assert [row.draft_id for row in publications.expired(session, "clinic", START)] == [claimed]
    assert office.publication(waiting).lease_until is None
