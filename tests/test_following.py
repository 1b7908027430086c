"""Links of drafts: looked at by the checking loop, and people decide when all are seen."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from bot.domain.audit import AuditAction
from bot.domain.beside import Beside
from bot.domain.card import DraftCard, Offer
from bot.domain.destination import MOST, Condition, Destination, Trust, host_in
from bot.domain.draft import DraftState
from bot.domain.finding import Severity, is_led
from bot.domain.quorum import Decision
from bot.errors import RefusedError
from bot.following import AGAIN
from bot.guidelines.judging import Choices
from bot.guidelines.loading import load
from bot.revising import FRESH, REFUSED
from bot.workflow.describing import describe
from bot.workflow.intake import revise
from bot.workflow.review import review
from bot.workflow.stopping import withdraw
from storage import links, purges
from storage.models import Draft, LinkRow, LookRow
from tests.conftest import AUTHOR, CLINICIAN
from tests.fakes.links import DEAD, SLOW, FakeWeb
from tests.office import Office, office
from tests.pictures import png

__all__ = ["office"]

NHS, GONE = "https://www.nhs.uk/flu", "https://gone.org/a"
MIXED = f"Flu: {NHS} and {GONE}"


@pytest.fixture
def web(office: Office) -> FakeWeb:
    web = FakeWeb({GONE: DEAD})
    office.desk.follow = web
    return web


def found(card: DraftCard) -> list[str]:
    return [finding.rule for finding in card.findings if finding.rule == "LNK-06"]


def strict(office: Office) -> None:
    """Let a dead link stop a draft, as a team may decide."""
    severity = {"LNK-06": Severity.BLOCK}
    office.desk.guidelines = load(Choices(severities=severity), None, [], [])


def test_until_somebody_has_looked_nobody_can_decide(office: Office, web: FakeWeb) -> None:
    draft = office.draft(MIXED)
    card = office.card(draft)
    assert card.looking
    assert (card.state, card.offers) == (DraftState.DRAFTING, (Offer.WITHDRAW,))
    assert web.looks == []  # a listener asks nobody
    with pytest.raises(RefusedError):
        office.decide(draft, CLINICIAN)


def test_then_the_card_knows_where_each_link_leads(office: Office, web: FakeWeb) -> None:
    draft = office.draft(MIXED)
    office.check()
    card = office.card(draft)
    assert not card.looking
    assert [(link.url, link.trust) for link in card.links] == [
        (NHS, Trust.HEALTH),
        (GONE, Trust.UNKNOWN),
    ]
    first, second = (link.destination for link in card.links)
    assert first is not None
    assert (first.condition, first.host) == (Condition.ANSWERS, "www.nhs.uk")
    assert second == DEAD
    assert web.looks == [NHS, GONE]


@pytest.mark.usefixtures("web")
def test_a_dead_link_is_a_finding_that_reviewers_answer_for(office: Office) -> None:
    draft = office.draft(MIXED)
    office.check()
    card = office.card(draft)
    (finding,) = [one for one in card.findings if one.rule == "LNK-06"]
    assert finding.start is not None
    assert MIXED[finding.start : finding.end] == GONE
    assert (finding.severity, finding.wants_note) == (Severity.WARN, True)
    assert card.state is DraftState.IN_REVIEW
    with pytest.raises(RefusedError):
        office.decide(draft, CLINICIAN)
    office.confirm(draft, CLINICIAN)
    assert office.card(draft).verdict.stages[0].people == (CLINICIAN,)


@pytest.mark.usefixtures("web")
def test_with_links_that_answer_the_draft_is_as_any_other(office: Office) -> None:
    draft = office.draft(f"See {NHS}")
    office.check()
    card = office.card(draft)
    assert (card.state, found(card)) == (DraftState.IN_REVIEW, [])
    assert office.record() == [AuditAction.DRAFT_SUBMIT, AuditAction.DRAFT_REVISE]


def test_a_link_that_takes_too_long_stops_nobody(office: Office, web: FakeWeb) -> None:
    web.leads[NHS] = SLOW
    draft = office.draft(f"See {NHS}")
    office.check()
    assert (office.card(draft).state, found(office.card(draft))) == (DraftState.IN_REVIEW, [])


@pytest.mark.usefixtures("web")
def test_a_draft_without_links_waits_for_nobody(office: Office) -> None:
    assert office.card(office.draft("Sleep well.")).state is DraftState.IN_REVIEW


def test_where_it_is_off_nobody_looks_and_nobody_waits(office: Office) -> None:
    draft = office.draft(MIXED)
    office.check()
    card = office.card(draft)
    assert (card.state, card.links, found(card)) == (DraftState.IN_REVIEW, (), [])


def test_a_draft_that_waited_when_it_was_switched_off_goes_on(office: Office, web: FakeWeb) -> None:
    draft = office.draft(MIXED)
    office.desk.follow = None
    office.check()
    assert (office.card(draft).state, web.looks) == (DraftState.IN_REVIEW, [])


def test_a_dead_source_is_found_as_well(office: Office, web: FakeWeb) -> None:
    draft = office.draft("One in five sleeps badly.", beside=Beside(sources=(GONE, NHS)))
    office.check()
    (finding,) = [one for one in office.card(draft).findings if one.rule == "LNK-06"]
    assert finding.message.startswith("In its sources: ")
    assert web.looks == [GONE, NHS]


def test_a_link_that_was_seen_a_moment_ago_is_not_looked_at_again(
    office: Office, web: FakeWeb
) -> None:
    draft = office.draft(f"See {NHS}")
    office.check()
    office.edit(draft, f"Please see {NHS}")
    assert (office.card(draft).state, web.looks) == (DraftState.IN_REVIEW, [NHS])
    office.clock.forward(seconds=FRESH.total_seconds())
    office.edit(draft, f"Do see {NHS}")
    assert office.card(draft).looking
    office.check()
    assert (office.card(draft).state, web.looks) == (DraftState.IN_REVIEW, [NHS, NHS])


def test_a_dead_link_is_looked_at_again_when_its_author_writes_again(
    office: Office, web: FakeWeb
) -> None:
    draft = office.draft(MIXED)
    office.check()
    del web.leads[GONE]
    office.edit(draft, f"{MIXED}.")
    office.check()
    assert (found(office.card(draft)), web.looks) == ([], [NHS, GONE, GONE])


@pytest.mark.usefixtures("web")
def test_the_same_message_again_changes_nothing(office: Office) -> None:
    draft = office.draft(MIXED)
    office.check()
    before = office.card(draft)
    revise(office.desk, replace(office.sources[draft], edited_ts="9999999999.000100"))
    assert office.card(draft) == before


def test_a_link_that_is_taken_out_is_forgotten(office: Office, web: FakeWeb) -> None:
    draft = office.draft(MIXED)
    office.edit(draft, f"See {NHS}")
    office.check()
    card = office.card(draft)
    assert [link.url for link in card.links] == web.looks == [NHS]
    assert card.state is DraftState.IN_REVIEW


def meanwhile(web: FakeWeb, happens: Callable[[], object]) -> None:
    """Let something happen during the next look."""

    def once() -> None:
        web.during = lambda: None
        happens()

    web.during = once


def test_an_answer_for_a_link_that_is_gone_meanwhile_is_dropped(
    office: Office, web: FakeWeb
) -> None:
    draft = office.draft(f"See {GONE}")
    meanwhile(web, lambda: office.edit(draft, f"See {NHS}"))
    office.check()
    card = office.card(draft)
    assert (found(card), card.state) == ([], DraftState.IN_REVIEW)
    assert web.looks == [GONE, NHS]


def test_a_draft_that_ends_meanwhile_stays_ended(office: Office, web: FakeWeb) -> None:
    draft = office.draft(MIXED)
    meanwhile(web, lambda: withdraw(office.desk, draft, AUTHOR))
    office.check()
    assert office.card(draft).state is DraftState.WITHDRAWN
    assert web.looks == [NHS]


@pytest.mark.usefixtures("web")
def test_what_an_edit_with_patient_data_voids_no_link_brings_back(office: Office) -> None:
    draft = office.draft(f"See {NHS}")
    office.edit(draft, "Kevin Marsh (MRN 4471902) had his knee surgery")
    office.check()
    card = office.card(draft)
    assert (card.state, card.findings) == (DraftState.DRAFTING, (REFUSED,))


@pytest.mark.usefixtures("web")
def test_pictures_and_links_are_both_waited_for(office: Office) -> None:
    draft = office.draft(MIXED, pictures=[png()])
    office.check()
    card = office.card(draft)
    assert card.state is DraftState.DRAFTING  # it has no alt text yet
    describe(office.desk, draft, card.revision_id, AUTHOR, ["A bed."])
    office.check()
    card = office.card(draft)
    assert (card.state, found(card)) == (DraftState.IN_REVIEW, ["LNK-06"])
    assert [picture.alt for picture in card.pictures] == ["A bed."]


@pytest.mark.usefixtures("web")
def test_a_team_may_let_a_dead_link_stop_a_draft_until_it_is_mended(office: Office) -> None:
    strict(office)
    draft = office.draft(MIXED)
    office.check()
    assert office.card(draft).state is DraftState.DRAFTING
    office.edit(draft, f"Flu: {NHS}")
    office.check()
    assert office.card(draft).state is DraftState.IN_REVIEW


def test_a_stopped_draft_goes_on_by_itself_when_its_link_answers_again(
    office: Office, web: FakeWeb
) -> None:
    strict(office)
    draft = office.draft(MIXED)
    office.check()
    del web.leads[GONE]
    office.check()
    assert office.card(draft).state is DraftState.DRAFTING  # nobody is asked all the time
    office.clock.forward(seconds=AGAIN.total_seconds())
    office.check()
    assert (office.card(draft).state, found(office.card(draft))) == (DraftState.IN_REVIEW, [])


def test_a_stopped_draft_that_everybody_forgot_is_not_looked_at_for_ever(
    office: Office, web: FakeWeb
) -> None:
    strict(office)
    office.draft(f"See {GONE}")
    for _ in range(100):
        office.check()
        office.clock.forward(seconds=AGAIN.total_seconds())
    assert len(web.looks) == 50


def test_what_else_was_found_stays_found(office: Office, web: FakeWeb) -> None:
    text = f"Studies show that 30 % sleep badly!!! http://clinic.example {GONE}"
    office.desk.follow = None
    before = {finding.rule for finding in office.card(office.draft(text)).findings}
    office.desk.follow = web
    draft = office.draft(text)
    office.check()
    rules = [finding.rule for finding in office.card(draft).findings]
    assert {*rules} - {"slot:repeat", "LNK-06"} >= before
    assert len(rules) == len({*rules})


def test_a_thousand_links_are_not_all_asked_for(office: Office, web: FakeWeb) -> None:
    text = "\n---\n".join(" ".join(f"a{n}-{m}.com" for m in range(10)) for n in range(10))
    draft = office.draft(text)
    office.check()
    assert len(web.looks) == MOST
    assert office.card(draft).state is DraftState.IN_REVIEW


@pytest.mark.usefixtures("web")
def test_the_rows_of_links_go_with_the_contents(office: Office) -> None:
    draft = office.draft(MIXED)
    office.check()
    withdraw(office.desk, draft, AUTHOR)
    later = office.clock.now.replace(year=office.clock.now.year + 10)
    with office.desk.write() as session:
        purges.empty(session, draft, later, "operator", later)
        assert session.exec(select(LinkRow)).all() == []


# -- what rules say of where a link leads --

SHORT = "https://bit.ly/3abc"
UNKNOWN = "https://sleep.example.net/a"
PORTAL = "https://www.nhs.uk/results?patient_id=88213&name=Kevin+Marsh"


def leading(url: str, title: str = "A page") -> Destination:
    return Destination(Condition.ANSWERS, host_in(url), title, address=url)


def led(card: DraftCard) -> list[str]:
    return [finding.rule for finding in card.findings if is_led(finding.rule)]


def everything(office: Office) -> str:
    with office.desk.database.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    return f"{dump} {office.chat.told} {office.chat.drawn}"


def test_rules_judge_where_a_shortener_leads(office: Office, web: FakeWeb) -> None:
    web.leads[SHORT] = leading("http://www.naturalnews.com/x.html")
    draft = office.draft(f"See {SHORT}")
    assert led(office.card(draft)) == []
    office.check()
    card = office.card(draft)
    assert led(card) == ["LNK-02:led", "LNK-03:led", "LNK-04:led"]
    assert card.state is DraftState.DRAFTING  # a site of the list of low credibility
    web.leads[SHORT] = leading("https://www.cdc.gov/flu")
    office.edit(draft, f"Please see {SHORT}")
    office.check()
    card = office.card(draft)
    assert (card.state, led(card)) == (DraftState.IN_REVIEW, [])


def test_reviewers_answer_for_where_it_leads_beside_what_it_says(
    office: Office, web: FakeWeb
) -> None:
    web.leads[NHS] = leading(UNKNOWN)
    draft = office.draft(f"See {NHS}")
    office.check()
    card = office.card(draft)
    (finding,) = [one for one in card.findings if one.rule == "LNK-04:led"]
    assert (finding.severity, f"See {NHS}"[finding.start : finding.end]) == (Severity.ATTEST, NHS)
    with pytest.raises(RefusedError):
        review(office.desk, draft, card.revision_id, CLINICIAN, Decision.APPROVE, "", ["LNK-04"])
    office.confirm(draft, CLINICIAN)
    assert office.card(draft).verdict.stages[0].people == (CLINICIAN,)


def test_an_address_with_an_identifier_stops_it_and_is_kept_nowhere(
    office: Office, web: FakeWeb
) -> None:
    web.leads[SHORT] = leading(PORTAL, "Results of Kevin Marsh")
    draft = office.draft(f"See {SHORT}")
    office.check()
    office.deliver()
    card = office.card(draft)
    assert (card.state, led(card)) == (DraftState.DRAFTING, ["PHI-15:led"])
    assert card.links[0].destination == Destination(Condition.ANSWERS, "www.nhs.uk")
    kept = everything(office)
    assert "bit.ly/3abc" in kept
    for secret in ("88213", "patient_id", "Kevin", "Marsh"):
        assert secret not in kept


def test_a_title_that_names_a_patient_is_not_kept(office: Office, web: FakeWeb) -> None:
    web.leads[NHS] = leading(NHS, "Kevin Marsh (MRN 4471902) had his knee surgery")
    draft = office.draft(f"See {NHS}")
    office.check()
    office.deliver()
    card = office.card(draft)
    assert card.state is DraftState.IN_REVIEW
    assert card.links[0].destination == Destination(Condition.ANSWERS, "www.nhs.uk")
    assert "Kevin" not in everything(office)


def test_who_writes_again_has_it_looked_at_again_and_said_once(
    office: Office, web: FakeWeb
) -> None:
    web.leads[NHS] = leading(UNKNOWN)
    draft = office.draft(f"See {NHS}")
    office.check()
    office.edit(draft, f"Please see {NHS}")
    assert office.card(draft).looking
    office.check()
    assert (led(office.card(draft)), web.looks) == (["LNK-04:led"], [NHS, NHS])
    revise(office.desk, replace(office.sources[draft], text=f"Please see {NHS}", edited_ts="9e9"))
    assert led(office.card(draft)) == ["LNK-04:led"]


# -- what is kept of it --


def looks(office: Office, draft: int) -> list[tuple[str, str, str]]:
    """Where the links of the current revision led, and what rules said of that."""
    with office.desk.database.read() as session:
        found = links.looks_of(session, session.get_one(Draft, draft).revision_id)
        return [(row.url, row.host, row.breaks) for row in found]


def test_the_revision_that_people_review_keeps_where_its_links_led(
    office: Office, web: FakeWeb
) -> None:
    web.leads[NHS] = leading(UNKNOWN)
    draft = office.draft(MIXED)
    assert looks(office, draft) == []
    office.check()
    kept = [(NHS, "sleep.example.net", "LNK-04"), (GONE, "gone.org", "")]
    assert looks(office, draft) == kept


@pytest.mark.usefixtures("web")
def test_a_revision_whose_links_were_seen_a_moment_ago_keeps_it_too(office: Office) -> None:
    draft = office.draft(f"See {NHS}")
    office.check()
    office.edit(draft, f"Please see {NHS}")
    assert looks(office, draft) == [(NHS, "www.nhs.uk", "")]


@pytest.mark.usefixtures("web")
def test_what_is_kept_goes_with_the_contents_and_not_before(office: Office) -> None:
    draft = office.draft(MIXED)
    office.check()
    for sql in ("DELETE FROM look", "UPDATE look SET host = 'a'"):
        with pytest.raises(IntegrityError, match="immutable"), office.desk.write() as session:
            session.connection().exec_driver_sql(sql)
    withdraw(office.desk, draft, AUTHOR)
    later = office.clock.now.replace(year=office.clock.now.year + 10)
    with office.desk.write() as session:
        purges.empty(session, draft, later, "operator", later)
        assert session.exec(select(LookRow)).all() == []
