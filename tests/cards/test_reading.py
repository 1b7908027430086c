"""A card says what the rows say."""

from dataclasses import replace

from bot.domain.card import Offer
from bot.domain.changes import Fate
from bot.domain.draft import DraftState
from bot.domain.publication import PublicationState, Unknown
from bot.domain.quorum import Decision
from bot.workflow.intake import revise
from bot.workflow.settling import settle_not_live
from bot.workflow.stopping import withdraw
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE
from tests.office import Office


def test_a_draft_in_review(office: Office) -> None:
    card = office.card(office.draft("One.\n---\nTwo, https://who.int/news"))
    assert card.handle == "RiversideClinic"
    assert [(part.text[:4], part.length, part.tweet_id) for part in card.parts] == [
        ("One.", 4, None),
        ("Two,", 28, None),
    ]
    assert [(p.stage, p.need, p.people) for p in card.verdict.stages] == [
        ("Clinical", 1, ()),
        ("Compliance", 1, ()),
    ]
    assert (card.publication, card.card, card.live) == (None, None, False)
    assert Offer.APPROVE in card.offers


def test_whoever_has_said_yes_is_not_waited_for(office: Office) -> None:
    draft = office.draft()
    office.decide(draft, CLINICIAN)
    card = office.card(draft)
    assert card.verdict.stages[0].people == (CLINICIAN,)
    assert card.missing == (COMPLIANCE,)


def test_the_newest_reason_of_whoever_is_against_it_is_shown(office: Office) -> None:
    draft = office.draft()
    office.decide(draft, CLINICIAN, Decision.REQUEST_CHANGES, "Dose?")
    office.decide(draft, COMPLIANCE)
    card = office.card(draft)
    assert card.requests == ((CLINICIAN, "Dose?"),)
    assert card.state is DraftState.CHANGES_REQUESTED
    assert card.missing == ()


def test_a_question_is_on_the_card_until_it_is_answered(office: Office) -> None:
    draft = office.in_question()
    shown = office.card(draft)
    assert shown.publication is not None
    assert (shown.publication.state, shown.publication.asks) == (PublicationState.IN_DOUBT, True)
    assert shown.offers == (Offer.SETTLE_LIVE, Offer.SETTLE_NOT_LIVE)
    settle_not_live(office.desk, draft, AUTHOR)
    assert office.card(draft).offers == ()


def test_an_account_that_the_team_gave_up_is_shown_by_its_name(office: Office) -> None:
    draft = office.published()
    office.desk.policy = replace(office.desk.policy, accounts=())
    card = office.card(draft)
    assert card.handle == "clinic"
    assert card.parts[0].tweet_id == office.x.tweets[0].id


def test_the_news_of_an_account_that_the_team_gave_up_still_has_a_link(office: Office) -> None:
    office.x.script.append(Unknown("lost"))
    draft = office.scheduled()
    office.work()
    office.x.say("Sleep well.")
    office.desk.policy = replace(office.desk.policy, accounts=())
    office.wait_and_work(1, seconds=2)
    assert office.state(draft) is PublicationState.PUBLISHED
    assert "https://x.com/clinic/status/" in office.notices(AUTHOR)[-1]


def test_what_changed_since_somebody_reviewed_is_told_until_it_is_over(office: Office) -> None:
    draft = office.draft("Start on Monday.")
    ref = office.sources[draft].ref
    revise(office.desk, office.chat.edit(ref, "Start on Tuesday."))
    assert office.card(draft).changes == ()
    office.decide(draft, CLINICIAN)
    revise(office.desk, office.chat.edit(ref, "Start on Wednesday."))
    revise(office.desk, office.chat.edit(ref, "Start on Friday."))
    shown = office.card(draft)
    assert (shown.revision, shown.reviewed_revision) == (4, 2)
    assert [change.text for change in shown.changes if change.fate is not Fate.KEPT] == [
        "Tuesday",
        "Friday",
    ]
    withdraw(office.desk, draft, AUTHOR)
    assert office.card(draft).changes == ()
