"""Buttons, modals and commands, through Bolt's own dispatch."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest

from bot.domain.card import DraftCard
from bot.domain.draft import NOW, DraftState, Wish
from bot.domain.publication import PublicationState
from bot.workflow.review import STALE
from bot.workflow.stopping import NOT_KEPT
from handlers.slack import errors, front, pausing, review, schedule
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE, OUTSIDER, START, HandClock
from tests.slack import bodies
from tests.slack.dispatching import Slack

AT_ONCE_S = 0.1
"""Longer than a click takes that waits for nobody."""
SECRET = "what an unpublished draft says"


@pytest.fixture
def card(slack: Slack) -> DraftCard:
    slack.take(bodies.written())
    return slack.draft()


def approve(slack: Slack, card: DraftCard) -> None:
    for person in (CLINICIAN, COMPLIANCE):
        slack.click("approve", card, person)


def test_two_approvals_approve(slack: Slack, card: DraftCard) -> None:
    approve(slack, card)
    assert slack.draft().state is DraftState.APPROVED


def test_an_approval_can_be_revoked(slack: Slack, card: DraftCard) -> None:
    approve(slack, card)
    slack.click("revoke", card, CLINICIAN)
    assert slack.draft().state is DraftState.IN_REVIEW


@pytest.mark.parametrize(
    ("person", "words"), [(AUTHOR, "You wrote this"), (OUTSIDER, "not one of them")]
)
def test_a_refusal_reaches_the_person_in_words(
    slack: Slack, card: DraftCard, person: str, words: str
) -> None:
    slack.click("approve", card, person)
    (notice,) = slack.notices()
    assert notice.person == person
    assert words in notice.text
    assert (notice.channel, notice.thread_ts) == (bodies.CHANNEL, bodies.TS)
    assert slack.draft().state is DraftState.IN_REVIEW


def test_a_click_that_is_delivered_twice_is_told_once(slack: Slack, card: DraftCard) -> None:
    slack.click("approve", card, OUTSIDER)
    slack.click("approve", card, OUTSIDER)
    assert len(slack.notices()) == 1
    slack.click("approve", card, OUTSIDER, stamp="2.2")
    assert len(slack.notices()) == 2


def test_a_withdrawal_that_is_delivered_twice_is_no_refusal(slack: Slack, card: DraftCard) -> None:
    slack.click("withdraw", card, AUTHOR)
    slack.click("withdraw", card, AUTHOR)
    assert slack.draft().state is DraftState.WITHDRAWN
    assert slack.notices() == []


def test_no_copy_of_a_click_is_acknowledged_before_it_is_on_disk(
    slack: Slack, card: DraftCard
) -> None:
    with ThreadPoolExecutor(2) as pool, slack.desk.database.write():
        copies = [pool.submit(slack.click, "approve", card, CLINICIAN) for _ in range(2)]
        assert not wait(copies, AT_ONCE_S).done
    assert all(copy.result() == "" for copy in copies)
    assert slack.draft().verdict.stages[0].people == (CLINICIAN,)


def test_a_copy_tries_again_what_the_first_could_not_write_down(
    slack: Slack, card: DraftCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(errors, "tell", Mock(side_effect=errors.NotTakenError))
        body = bodies.click("approve", f"{card.id}:{card.revision_id}", OUTSIDER, "1.1")
        assert slack.send(body).status == 500
    slack.click("approve", card, OUTSIDER)
    assert len(slack.told(OUTSIDER)) == 1


def test_a_click_on_a_stale_card_is_refused(slack: Slack, card: DraftCard) -> None:
    slack.take(bodies.changed("New"))
    slack.click("approve", card, CLINICIAN)
    assert slack.told(CLINICIAN) == [STALE]


@pytest.mark.parametrize(
    ("action", "state"),
    [("request_changes", DraftState.CHANGES_REQUESTED), ("reject", DraftState.REJECTED)],
)
def test_a_decision_against_a_draft_has_a_reason(
    slack: Slack, card: DraftCard, action: str, state: DraftState
) -> None:
    slack.click(action, card, CLINICIAN)
    (view,) = slack.opened()
    assert view["private_metadata"] == f"{card.id}:{card.revision_id}:{action}"
    answer = slack.submit(action, card, CLINICIAN, reason=bodies.typed("Cite the source"))
    assert not answer
    assert slack.draft().state is state
    assert slack.draft().requests == ((CLINICIAN, "Cite the source"),)


def test_a_refused_modal_stays_open_with_what_was_typed(slack: Slack, card: DraftCard) -> None:
    answer = slack.submit("reject", card, OUTSIDER, reason=bodies.typed("No"))
    assert answer["response_action"] == "errors"
    assert "not one of them" in answer["errors"]["reason"]


@pytest.mark.parametrize("reason", ["", "  ", None])
def test_an_empty_reason_is_asked_for_again(
    slack: Slack, card: DraftCard, reason: str | None
) -> None:
    answer = slack.submit("reject", card, CLINICIAN, reason=bodies.typed(reason))
    assert "say why" in answer["errors"]["reason"]


def test_when_is_asked_and_kept(slack: Slack, card: DraftCard) -> None:
    slack.click("when", card, AUTHOR)
    assert slack.opened()[0]["callback_id"] == "when"
    due = START + timedelta(hours=3)
    at = bodies.picked(int(due.timestamp()))
    assert not slack.submit("when", card, AUTHOR, when=bodies.chosen("at"), at=at)
    assert slack.draft().wish == Wish(due)
    slack.click("when", card, AUTHOR, stamp="2.2")
    picker = slack.opened()[1]["blocks"][2]["element"]
    assert picker["initial_date_time"] == int(due.timestamp())
    approve(slack, card)
    publication = slack.draft().publication
    assert publication is not None
    assert (publication.state, publication.due_at) == (PublicationState.SCHEDULED, due)


def test_when_may_be_as_soon_as_approved(slack: Slack, card: DraftCard) -> None:
    entries = {"when": bodies.chosen("now"), "at": bodies.picked(None)}
    slack.submit("when", card, AUTHOR, **entries)
    assert slack.draft().wish == NOW


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, schedule.NO_TIME),
        (int(START.timestamp()) - 1, "That time has passed"),
        (2**53, schedule.NO_SUCH_TIME),
        (9_999_999_999, schedule.NO_SUCH_TIME),
    ],
)
def test_a_time_that_cannot_be_is_refused_at_its_field(
    slack: Slack, card: DraftCard, seconds: int | None, words: str
) -> None:
    entries = {"when": bodies.chosen("at"), "at": bodies.picked(seconds)}
    answer = slack.submit("when", card, AUTHOR, **entries)
    assert answer["errors"]["at"].startswith(words)
    assert slack.draft().wish is None


def test_a_draft_is_taken_off_the_schedule_and_missed_ones_go_out_after_all(
    slack: Slack, card: DraftCard, clock: HandClock
) -> None:
    at = bodies.picked(int(START.timestamp()) + 60)
    slack.submit("when", card, AUTHOR, when=bodies.chosen("at"), at=at)
    clock.forward(minutes=2)
    approve(slack, card)
    assert _state(slack) is PublicationState.MISSED
    slack.click("retry", card, AUTHOR)
    assert _state(slack) is PublicationState.SCHEDULED
    slack.click("cancel", card, AUTHOR)
    assert _state(slack) in (None, PublicationState.CANCELLED)


def _state(slack: Slack) -> PublicationState | None:
    publication = slack.draft().publication
    return publication.state if publication else None


@pytest.mark.parametrize("action", ["retry", "cancel", "settle_not_live"])
def test_what_cannot_be_done_now_is_refused_in_words(
    slack: Slack, card: DraftCard, action: str
) -> None:
    slack.click(action, card, AUTHOR)
    assert len(slack.told(AUTHOR)) == 1


@pytest.mark.parametrize(
    ("action", "field", "entry"),
    [("take_down", "reason", "wrong date"), ("settle_live", "address", "https://x.com/a/status/9")],
)
def test_modals_about_what_is_live_refuse_where_nothing_is(
    slack: Slack, card: DraftCard, action: str, field: str, entry: str
) -> None:
    slack.click(action, card, COMPLIANCE)
    assert slack.opened()[0]["callback_id"] == action
    answer = slack.submit(action, card, COMPLIANCE, **{field: bodies.typed(entry)})
    assert set(answer["errors"]) == {field}


def test_an_address_that_is_none_is_refused_at_its_field(slack: Slack, card: DraftCard) -> None:
    answer = slack.submit("settle_live", card, COMPLIANCE, address=bodies.typed("https://x.com"))
    assert "no address of a tweet" in answer["errors"]["address"]


@pytest.mark.parametrize("refusal", ["expired_trigger_id", "fatal_error"])
def test_a_modal_that_does_not_open_is_told(slack: Slack, card: DraftCard, refusal: str) -> None:
    slack.client.refusal = refusal
    slack.click("reject", card, CLINICIAN)
    assert slack.told(CLINICIAN) == [front.SLOW]


def test_a_draft_that_is_none_is_refused(slack: Slack, card: DraftCard) -> None:
    slack.take(bodies.click("approve", f"{card.id + 1}:1", CLINICIAN))
    assert len(slack.told(CLINICIAN)) == 1


def broken(*_: Any, **__: Any) -> None:
    raise RuntimeError(SECRET)


def test_a_fault_of_ours_has_a_reference_that_the_log_knows(
    slack: Slack, card: DraftCard, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(review, "review", broken)
    slack.click("approve", card, CLINICIAN)
    (words,) = slack.told(CLINICIAN)
    reference = words.split("reference ")[1][:8]
    assert f"fault {reference}: RuntimeError" in caplog.text
    assert SECRET not in caplog.text


def test_a_fault_in_a_modal_is_told_at_its_field(
    slack: Slack, card: DraftCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.workflow.settling.remove", broken)
    answer = slack.submit("take_down", card, COMPLIANCE, reason=bodies.typed("x"))
    assert "Something went wrong on our side" in answer["errors"]["reason"]


def test_a_fault_in_a_command_is_told(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.workflow.stopping.pause", broken)
    assert "Something went wrong on our side" in slack.take(bodies.command("pause"))


def test_where_not_even_word_can_be_left_slack_hears_nothing(
    slack: Slack, card: DraftCard, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(front, "leave_word", broken)
    body = bodies.click("approve", f"{card.id}:{card.revision_id}", OUTSIDER)
    assert slack.send(body).status == 500
    assert SECRET not in caplog.text
    monkeypatch.undo()
    slack.take(body)
    assert len(slack.told(OUTSIDER)) == 1


@pytest.mark.parametrize("text", ["help", "HELP me"])
def test_help_lists_the_commands(slack: Slack, text: str) -> None:
    assert "/tweet pause" in slack.take(bodies.command(text))


def test_an_unknown_command_is_answered_with_those_that_there_are(slack: Slack) -> None:
    answer = slack.take(bodies.command("publish <!channel> `now`"))
    assert answer.startswith("I do not know `/tweet publish`.")
    assert "/tweet pause" in answer


@pytest.mark.parametrize(
    "body",
    [
        bodies.click("unknown", "12:34"),
        bodies.submitted("unknown", "12:34"),
        bodies.submitted("reject", "12:34") | {"type": "view_closed", "is_cleared": False},
        bodies.command("x") | {"command": "/else"},
        {"type": "shortcut", "callback_id": "x", "user": {"id": "U1"}, "trigger_id": "1"},
        bodies.submitted("reject", "?"),
        bodies.command("x") | {"user_id": "?"},
    ],
)
def test_whatever_comes_is_acknowledged(slack: Slack, body: bodies.Body) -> None:
    slack.take(body)
    assert slack.notices() == []


def test_what_is_raised_past_the_listeners_is_logged_without_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert errors.on_error(ValueError(SECRET)).status == 200
    assert errors.on_error(errors.NotTakenError("1234")).status == 500
    assert [record.getMessage().split()[0] for record in caplog.records] == ["fault"]
    assert SECRET not in caplog.text


PRIVATE = "Kevin Marsh (MRN 4471902) had his knee surgery here."


@pytest.mark.parametrize("action", ["request_changes", "reject"])
def test_patient_data_in_a_reason_is_refused_at_its_field(
    slack: Slack, card: DraftCard, action: str
) -> None:
    answer = slack.submit(action, card, CLINICIAN, reason=bodies.typed(PRIVATE))
    assert "Medical record" in answer["errors"]["reason"]
    assert "Marsh" not in answer["errors"]["reason"]
    assert slack.draft().requests == ()


def test_a_pause_does_not_wait_for_better_words(slack: Slack) -> None:
    answer = slack.take(bodies.command(f"pause {PRIVATE}"))
    assert answer == f"{pausing.PAUSED.format(where='', which='')} {NOT_KEPT}"
    assert slack.take(bodies.command("resume", COMPLIANCE)).startswith("Resumed")
