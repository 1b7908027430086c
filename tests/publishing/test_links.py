"""Links looked at once more before a tweet goes out: what died meanwhile holds it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.beside import Beside
from bot.domain.card import Offer
from bot.domain.destination import Condition, Destination, host_in
from bot.domain.draft import Wish
from bot.domain.publication import NotLive, PublicationState, Reason
from bot.errors import RefusedError
from bot.ports import Outgoing
from bot.publishing import links as of_publishing
from bot.workflow.scheduling import retry, set_wish
from bot.workflow.stopping import pause
from storage import links
from storage.models import AuditEntry
from tests.conftest import AUTHOR, CLINICIAN, OPERATOR
from tests.fakes.links import DEAD, SLOW, FakeWeb
from tests.office import Office

NHS, OTHER = "https://www.nhs.uk/flu", "https://www.cdc.gov/flu"
BUSY = NotLive(Reason.REFUSED, "busy", retry=True)


@pytest.fixture
def web(office: Office) -> FakeWeb:
    web = FakeWeb()
    office.desk.follow = web
    return web


def drafted(office: Office, text: str = f"See {NHS}") -> int:
    """Write a draft whose links were looked at."""
    draft = office.draft(text)
    office.check()
    return draft


def ready(office: Office, text: str = f"See {NHS}", hours: float = 1) -> int:
    """Let a draft be approved for later."""
    draft = drafted(office, text)
    office.scheduled(draft=draft, at=office.clock.now + timedelta(hours=hours))
    return draft


def due(office: Office, hours: float = 1) -> None:
    office.clock.forward(hours=hours)
    office.work()


def sent(office: Office) -> list[str]:
    outgoing = [call.argument for call in office.x.calls]
    return [one.text for one in outgoing if isinstance(one, Outgoing)]


def assert_says_despite(office: Office, reason: Reason) -> None:
    """See in the record that somebody published all the same."""
    with office.desk.database.read() as session:
        details = session.exec(select(AuditEntry.detail)).all()
    assert any(f'"despite": "{reason}"' in detail for detail in details)


def test_a_link_that_still_answers_goes_out(office: Office, web: FakeWeb) -> None:
    draft = ready(office)
    due(office)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert web.looks == [NHS, NHS]


def test_a_link_that_died_holds_the_tweet_and_people_are_told(office: Office, web: FakeWeb) -> None:
    draft = ready(office)
    web.leads[NHS] = DEAD
    due(office)
    assert office.state(draft) is PublicationState.HELD
    assert office.publication(draft).reason is Reason.DEAD_LINK
    assert sent(office) == []
    assert "held" in office.notices(AUTHOR)[-1]
    assert "leads nowhere" in office.notices(OPERATOR)[-1]
    card = office.card(draft)
    assert card.links[0].destination == DEAD
    assert {Offer.RETRY, Offer.WHEN, Offer.CANCEL} <= {*card.offers}


@pytest.mark.parametrize("person", [AUTHOR, CLINICIAN, OPERATOR])
def test_a_person_may_publish_after_all_and_the_record_says_so(
    office: Office, web: FakeWeb, person: str
) -> None:
    draft = ready(office)
    web.leads[NHS] = DEAD
    due(office)
    retry(office.desk, draft, person)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert_says_despite(office, Reason.DEAD_LINK)


def test_whoever_chooses_a_new_time_instead_has_it_looked_at_again(
    office: Office, web: FakeWeb
) -> None:
    draft = ready(office)
    web.leads[NHS] = DEAD
    due(office)
    set_wish(office.desk, draft, AUTHOR, Wish(office.clock.now + timedelta(hours=1)))
    due(office)
    assert office.state(draft) is PublicationState.HELD
    del web.leads[NHS]
    set_wish(office.desk, draft, AUTHOR, Wish(office.clock.now + timedelta(hours=1)))
    due(office)
    assert office.state(draft) is PublicationState.PUBLISHED


def test_what_reviewers_knew_to_be_dead_does_not_hold_it(office: Office, web: FakeWeb) -> None:
    web.leads[NHS] = DEAD
    draft = ready(office)
    assert "LNK-06" in [finding.rule for finding in office.card(draft).findings]
    due(office)
    assert office.state(draft) is PublicationState.PUBLISHED


def test_another_link_than_the_known_one_holds_it(office: Office, web: FakeWeb) -> None:
    web.leads[NHS] = DEAD
    draft = ready(office, f"See {NHS} and {OTHER}")
    web.leads[OTHER] = DEAD
    due(office)
    assert office.state(draft) is PublicationState.HELD


def test_a_link_that_recovered_and_died_again_holds_it(office: Office, web: FakeWeb) -> None:
    web.leads[NHS] = DEAD
    draft = ready(office)
    del web.leads[NHS]
    office.x.script.append(BUSY)
    due(office)
    web.leads[NHS] = DEAD
    office.wait_and_work(2, minutes=1)
    assert office.publication(draft).reason is Reason.DEAD_LINK


def test_a_site_that_is_slow_holds_nothing(office: Office, web: FakeWeb) -> None:
    draft = ready(office)
    web.leads[NHS] = SLOW
    due(office)
    assert office.state(draft) is PublicationState.PUBLISHED


def test_a_thread_is_looked_at_whole_before_its_first_part(office: Office, web: FakeWeb) -> None:
    draft = ready(office, f"One.\n---\nSee {NHS}")
    web.leads[NHS] = DEAD
    due(office)
    assert office.state(draft) is PublicationState.HELD
    assert sent(office) == []


def test_the_rest_of_a_thread_follows_whatever_died(office: Office, web: FakeWeb) -> None:
    draft = ready(office, f"One.\n---\nSee {NHS}")
    office.x.script.extend([office.x.publish, BUSY])
    due(office)
    web.leads[NHS] = DEAD
    office.wait_and_work(2, minutes=1)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert web.looks == [NHS, NHS]


def test_sources_are_nobodys_reading_and_hold_nothing(office: Office, web: FakeWeb) -> None:
    draft = office.draft("Sleep well.", beside=Beside(sources=(NHS,)))
    office.check()
    office.scheduled(draft=draft)
    web.leads[NHS] = DEAD
    looks = len(web.looks)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert len(web.looks) == looks


def test_where_it_is_off_nobody_looks(office: Office) -> None:
    draft = office.scheduled(f"See {NHS}")
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED


def test_what_was_approved_before_it_was_switched_on_is_looked_at(office: Office) -> None:
    draft = office.scheduled(f"See {NHS}", at=office.clock.now + timedelta(hours=1))
    office.desk.follow = FakeWeb({NHS: DEAD})
    due(office)
    assert office.state(draft) is PublicationState.HELD


# -- what happens meanwhile --


def during(web: FakeWeb, happens: Callable[[], object]) -> None:
    """Let something happen during the next look."""

    def once() -> None:
        web.during = lambda: None
        happens()

    web.during = once


def test_no_transaction_is_open_while_somebody_looks(office: Office, web: FakeWeb) -> None:
    draft = ready(office)
    other: list[int] = []
    during(web, lambda: other.append(office.draft("Written meanwhile.")))
    due(office)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert len(other) == 1


def test_a_pause_meanwhile_holds_the_tweet(office: Office, web: FakeWeb) -> None:
    draft = ready(office)
    during(web, lambda: pause(office.desk, OPERATOR, "wait"))
    due(office)
    assert office.publication(draft).reason is Reason.PAUSED
    assert sent(office) == []


def test_the_lease_is_renewed_before_each_look(office: Office, web: FakeWeb) -> None:
    draft = ready(office, f"See {NHS} and {OTHER}")
    almost = office.desk.policy.waits.lease - timedelta(seconds=5)
    web.during = lambda: office.clock.forward(seconds=almost.total_seconds())
    due(office)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert office.publication(draft).token == 1


def test_who_lost_the_lease_meanwhile_sends_and_holds_nothing(office: Office, web: FakeWeb) -> None:
    draft = ready(office)

    def somebody_else() -> None:
        office.clock.forward(minutes=4)
        office.lane.step()  # takes over
        office.lane.step()  # and publishes
        web.leads[NHS] = DEAD

    during(web, somebody_else)
    due(office)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert sent(office) == [f"See {NHS}"]


def test_a_tweet_waits_for_its_links_only_so_long(
    office: Office, web: FakeWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = ready(office, f"See {NHS} and {OTHER}")
    web.leads[OTHER] = DEAD
    monkeypatch.setattr(of_publishing, "PATIENCE_S", -1.0)
    due(office)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert web.looks == [NHS, OTHER]


def test_a_link_that_was_not_reached_in_time_does_not_hide_a_dead_one(
    office: Office, web: FakeWeb
) -> None:
    draft = ready(office, f"See {NHS} and {OTHER}")
    web.leads |= {NHS: SLOW, OTHER: DEAD}
    due(office)
    assert office.state(draft) is PublicationState.HELD


# -- links that lead elsewhere by then --

UNKNOWN, ANOTHER = "https://sleep.example.net/a", "https://dreams.example.org/b"
PORTAL = "https://www.nhs.uk/results?patient_id=88213"


def leading(url: str) -> Destination:
    return Destination(Condition.ANSWERS, host_in(url), "A page", address=url)


def test_a_link_that_strayed_holds_the_tweet_and_people_are_told(
    office: Office, web: FakeWeb
) -> None:
    draft = ready(office)
    web.leads[NHS] = leading(UNKNOWN)
    due(office)
    assert office.state(draft) is PublicationState.HELD
    assert office.publication(draft).reason is Reason.STRAY_LINK
    assert sent(office) == []
    assert "leads elsewhere now" in office.notices(OPERATOR)[-1]
    (link,) = office.card(draft).links
    assert link.destination == leading(UNKNOWN)
    retry(office.desk, draft, CLINICIAN)
    office.work()
    assert office.state(draft) is PublicationState.PUBLISHED
    assert_says_despite(office, Reason.STRAY_LINK)


def test_where_it_led_when_people_approved_it_does_not_hold_it(
    office: Office, web: FakeWeb
) -> None:
    web.leads[NHS] = leading(UNKNOWN)
    draft = ready(office)
    assert "LNK-04:led" in [finding.rule for finding in office.card(draft).findings]
    due(office)
    assert office.state(draft) is PublicationState.PUBLISHED


@pytest.mark.parametrize("before", [UNKNOWN, "http://www.nhs.uk/flu"])
def test_another_site_or_rule_than_people_answered_for_holds_it(
    office: Office, web: FakeWeb, before: str
) -> None:
    web.leads[NHS] = leading(before)
    draft = ready(office)
    web.leads[NHS] = leading(ANOTHER)
    due(office)
    assert office.publication(draft).reason is Reason.STRAY_LINK


@pytest.mark.parametrize("now", [OTHER, "https://www.nhs.uk/jab"])
def test_another_address_to_which_no_rule_objects_goes_out(
    office: Office, web: FakeWeb, now: str
) -> None:
    draft = ready(office)
    web.leads[NHS] = leading(now)
    due(office)
    assert office.state(draft) is PublicationState.PUBLISHED
    with office.desk.database.read() as session:
        kept = links.looks_of(session, office.publication(draft).revision_id)
        assert [row.host for row in kept] == ["www.nhs.uk", host_in(now)]
        assert kept[0].looked_at < kept[1].looked_at


def test_what_a_rule_lets_nobody_publish_nobody_can_let_by(office: Office, web: FakeWeb) -> None:
    draft = ready(office)
    web.leads[NHS] = leading(PORTAL)
    due(office)
    assert office.state(draft) is PublicationState.HELD
    with pytest.raises(RefusedError, match="PHI-15"):
        retry(office.desk, draft, OPERATOR)
    set_wish(office.desk, draft, AUTHOR, Wish(office.clock.now + timedelta(hours=1)))
    due(office)
    assert office.state(draft) is PublicationState.HELD
    with office.desk.database.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert "88213" not in dump
    del web.leads[NHS]
    set_wish(office.desk, draft, AUTHOR, Wish(office.clock.now + timedelta(hours=1)))
    due(office)
    assert office.state(draft) is PublicationState.PUBLISHED
