"""Approving in Slack: at once where nothing was found, with a modal where something was."""

from slack_sdk.models.views import View as SlackView

from bot.domain.card import DraftCard, Offer
from bot.domain.draft import DraftState
from bot.domain.finding import Citation, Finding, Severity
from bot.guidelines.loading import standard
from bot.guidelines.tweet import Tweet
from bot.sandbox.slack.views import view_problems
from bot.workflow.review import STALE, UNANSWERED
from handlers.slack import modals
from handlers.slack.arrivals import Subject
from handlers.slack.blocks import draw
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE
from tests.slack import bodies
from tests.slack.cards import card
from tests.slack.dispatching import Slack
from tests.slack.test_blocks import assert_slack_takes, said

TEXT = "9 in 10 patients are cured. https://sleep.example.net/a"
NUMBER = "9 in 10 patients are cured."


def drafted(slack: Slack, text: str = NUMBER) -> DraftCard:
    slack.take(bodies.written(text))
    return slack.draft()


def labels(view: modals.View) -> list[str]:
    return [b["label"]["text"] for b in view["blocks"] if b["type"] == "input"]


def test_where_nothing_was_found_a_click_approves(slack: Slack) -> None:
    draft = drafted(slack, "Flu jabs start on Monday.")
    slack.click("approve", draft, CLINICIAN)
    assert slack.opened() == []
    assert slack.draft().verdict.stages[0].people == (CLINICIAN,)


def test_a_click_asks_for_exactly_what_was_found(slack: Slack) -> None:
    draft = drafted(slack)
    slack.click("approve", draft, CLINICIAN)
    (view,) = slack.opened()
    assert view["callback_id"] == "approve"
    assert view["private_metadata"] == f"{draft.id}:{draft.revision_id}:approve"
    finding, note = labels(view)
    assert finding.startswith("Number about health with no source link: Give the source")
    assert note == "Why may it go out as it is?"
    assert slack.draft().verdict.stages[0].people == ()


def test_the_answers_are_the_approval(slack: Slack) -> None:
    draft = drafted(slack)
    entries = {"finding:EVD-01": bodies.ticked("EVD-01"), "note": bodies.typed("Our own audit")}
    for person in (CLINICIAN, COMPLIANCE):
        assert not slack.submit("approve", draft, person, **entries)
    assert slack.draft().state is DraftState.APPROVED


def test_answers_that_leave_something_open_are_refused_in_words(slack: Slack) -> None:
    draft = drafted(slack)
    answer = slack.submit("approve", draft, CLINICIAN, note=bodies.typed("Our own audit"))
    assert answer == {"response_action": "errors", "errors": {"note": UNANSWERED}}


def test_answers_to_an_old_text_are_refused(slack: Slack) -> None:
    draft = drafted(slack)
    slack.take(bodies.changed("8 in 10 patients are cured."))
    entries = {"finding:EVD-01": bodies.ticked("EVD-01"), "note": bodies.typed("Our own audit")}
    answer = slack.submit("approve", draft, CLINICIAN, **entries)
    assert answer["errors"] == {"note": STALE}


def test_nobody_is_asked_who_may_not_approve(slack: Slack) -> None:
    slack.click("approve", drafted(slack), AUTHOR)
    assert slack.opened() == []
    assert "You wrote this" in slack.told(AUTHOR)[0]


def test_a_malformed_tick_is_left_alone(slack: Slack) -> None:
    draft = drafted(slack)
    broken = {"type": "checkboxes", "selected_options": [{"value": 3}]}
    assert not slack.submit("approve", draft, CLINICIAN, **{"finding:EVD-01": broken})
    assert slack.draft().verdict.stages[0].people == ()


def test_slack_takes_the_modal_of_every_finding_that_there_is() -> None:
    rules = [standing.rule for standing in standard().rules]
    findings = [
        Finding(r.id, severity, r.message, title=r.title, citation=r.citation, wants_note=True)
        for r in rules
        for severity in (Severity.WARN,)
    ]
    view = modals.approval(Subject(12, 34), findings)
    assert list(view_problems(view)) == []
    SlackView(**view).validate_json()
    assert len(labels(view)) == len(rules) + 1
    assert view["private_metadata"] == f"12:34:{Offer.APPROVE}"


def test_a_rule_is_asked_once_warnings_before_statements() -> None:
    statement = Finding("B-1", Severity.ATTEST, "I opened each link.")
    warning = Finding("A-1", Severity.WARN, "X has no bold.")
    view = modals.approval(Subject(12, 34), [statement, warning, warning])
    assert labels(view) == ["X has no bold.", "I opened each link.", "A note"]


def test_a_card_says_what_was_found_where_and_on_whose_authority() -> None:
    findings = tuple(standard().judge(Tweet(TEXT), 0))
    drawn = draw(card(TEXT, findings=findings))
    text = said(drawn)
    assert_slack_takes(drawn)
    assert "Link is not on the trusted list" in text
    assert "“https://sleep.example.net/a”" in text
    assert "(LNK-04)" in text
    assert "https://pmc.ncbi.nlm.nih.gov/articles/PMC10617996" in text


def test_findings_of_one_rule_stand_together_on_the_card() -> None:
    cited = Citation("CDC", "https://www.cdc.gov/ccindex/", "items 9")
    findings = tuple(
        Finding("EVD-01", Severity.WARN, "Give it.", n, 0, 9, title="Number", citation=cited)
        for n in range(2)
    )
    text = said(draw(card("1 in 9 do", "2 in 9 do", findings=findings)))
    assert text.count("Give it.") == 1
    assert "“1 in 9 do”, “2 in 9 do”" in text
