"""Copies of drafts as new ones, and edits of copies: drafts that are written in a form."""

import pytest

from bot.domain.card import DraftCard, Offer
from bot.domain.draft import DraftState, MessageRef
from bot.workflow.catching_up import catch_up
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE
from tests.fakes.chat import FakeChat
from tests.slack import bodies
from tests.slack.dispatching import Slack

COPY_TS = "1790000500.000100"


@pytest.fixture
def card(slack: Slack) -> DraftCard:
    slack.take(bodies.written())
    return slack.draft()


@pytest.fixture
def copy(slack: Slack, card: DraftCard) -> DraftCard:
    """A copy of a draft, made by a clinician."""
    slack.client.answers["chat.postMessage"] = {"ts": COPY_TS}
    slack.submit("duplicate", card, CLINICIAN, text=bodies.typed("Flu jabs end on Friday."))
    return slack.drafts()[-1]


def test_a_copy_is_a_new_draft_of_whoever_asked(slack: Slack, card: DraftCard) -> None:
    slack.client.answers["chat.postMessage"] = {"ts": "1790000500.000100"}
    slack.click("duplicate", card, CLINICIAN)
    entry = slack.opened()[0]["blocks"][0]["element"]
    assert entry["initial_value"] == "Flu jabs start on Monday."
    text = "Flu jabs <start> & end\n---\non Tuesday."
    for _ in range(2):  # delivered twice, posted once
        assert not slack.submit("duplicate", card, CLINICIAN, text=bodies.typed(text))
    posted = [args for method, args in slack.client.calls if method == "chat.postMessage"]
    assert len(posted) == 1
    assert posted[0]["channel"] == bodies.CHANNEL
    old, new = slack.drafts()
    assert (old.state, new.state) == (DraftState.IN_REVIEW, DraftState.IN_REVIEW)
    assert (new.author, new.source.ts) == (CLINICIAN, "1790000500.000100")
    assert [part.text for part in new.parts] == ["Flu jabs <start> & end", "on Tuesday."]


def test_a_blocked_copy_stays_in_its_window(slack: Slack, card: DraftCard) -> None:
    answer = slack.submit("duplicate", card, AUTHOR, text=bodies.typed("x" * 300))
    assert "too many" in answer["errors"]["text"]
    assert slack.client.calls == []
    assert len(slack.drafts()) == 1


def test_a_copy_that_slack_does_not_take_stays_in_its_window(slack: Slack, card: DraftCard) -> None:
    slack.client.refusal = "fatal_error"
    answer = slack.submit("duplicate", card, AUTHOR, text=bodies.typed("Once more."))
    assert "Please try again" in answer["errors"]["text"]
    slack.client.refusal = None
    slack.client.answers["chat.postMessage"] = {"ts": "1790000500.000100"}
    assert not slack.submit("duplicate", card, AUTHOR, text=bodies.typed("Once more."))
    assert len(slack.drafts()) == 2


def test_a_text_too_long_for_a_window_is_said(slack: Slack) -> None:
    slack.take(bodies.written("\n---\n".join(f"{n} " + "x" * 250 for n in range(13))))
    slack.click("duplicate", slack.draft(), AUTHOR)
    assert "too long for a window" in slack.told(AUTHOR)[0]


def test_a_copy_is_edited_by_its_author_in_a_form(slack: Slack, copy: DraftCard) -> None:
    assert Offer.EDIT in copy.offers
    slack.click("edit", copy, CLINICIAN)
    entry = slack.opened()[0]["blocks"][0]["element"]
    assert entry["initial_value"] == "Flu jabs end on Friday."
    slack.click("approve", copy, COMPLIANCE)
    assert not slack.submit("edit", copy, CLINICIAN, text=bodies.typed("Flu jabs end on Sunday."))
    edited = slack.drafts()[-1]
    assert (edited.revision, edited.parts[0].text) == (2, "Flu jabs end on Sunday.")
    assert [stage.people for stage in edited.verdict.stages] == [(), ()]
    (shown,) = [args for method, args in slack.client.calls if method == "chat.update"]
    assert (shown["ts"], shown["text"]) == (COPY_TS, "Flu jabs end on Sunday.")


def test_an_edit_that_slack_does_not_show_counts(
    slack: Slack, copy: DraftCard, caplog: pytest.LogCaptureFixture
) -> None:
    slack.client.refusal = "fatal_error"
    assert not slack.submit("edit", copy, CLINICIAN, text=bodies.typed("Quite another."))
    assert slack.drafts()[-1].parts[0].text == "Quite another."
    assert "shows its old text" in caplog.text
    assert "Quite" not in caplog.text


@pytest.mark.parametrize(
    ("user", "text", "words"),
    [
        (AUTHOR, "Mine.", "Only its author"),
        (CLINICIAN, "x" * 300, "too many"),
    ],
)
def test_a_refused_edit_stays_in_its_window(
    slack: Slack, copy: DraftCard, user: str, text: str, words: str
) -> None:
    answer = slack.submit("edit", copy, user, text=bodies.typed(text))
    assert words in answer["errors"]["text"]
    assert slack.drafts()[-1].revision == 1


def test_an_edit_of_what_was_changed_meanwhile_or_is_over_is_refused(
    slack: Slack, copy: DraftCard
) -> None:
    slack.submit("edit", copy, CLINICIAN, text=bodies.typed("First."))
    answer = slack.submit("edit", copy, CLINICIAN, text=bodies.typed("Second."))
    assert "was changed since" in answer["errors"]["text"]
    slack.click("withdraw", copy, CLINICIAN)
    answer = slack.submit("edit", copy, CLINICIAN, text=bodies.typed("Third."))
    assert "finished" in answer["errors"]["text"]


def test_a_message_of_a_person_is_edited_in_the_channel_alone(
    slack: Slack, card: DraftCard
) -> None:
    assert Offer.EDIT not in card.offers
    answer = slack.submit("edit", card, AUTHOR, text=bodies.typed("Mine."))
    assert "Only its author" in answer["errors"]["text"]


@pytest.mark.parametrize("text", ["Something else.", "// Something else."])
def test_reading_again_what_the_bot_posted_changes_nothing(
    slack: Slack, copy: DraftCard, text: str
) -> None:
    chat = FakeChat()
    for draft in slack.drafts():
        chat.messages[draft.source] = chat.write(text)
    changed = chat.edit(copy.source, text)
    assert changed.ref == copy.source
    catch_up(slack.desk, chat, "slack", bodies.CHANNEL)
    assert (slack.drafts()[1].revision, slack.drafts()[1].state) == (1, copy.state)


def test_deleting_what_the_bot_posted_withdraws_the_draft(slack: Slack, copy: DraftCard) -> None:
    slack.take(bodies.deleted(COPY_TS, bot_id="B0BOT"))
    assert slack.drafts()[-1].state is DraftState.WITHDRAWN
    assert copy.source == MessageRef("slack", bodies.CHANNEL, COPY_TS)
