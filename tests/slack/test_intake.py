"""From messages to drafts, through Bolt's own dispatch."""

import logging
from typing import Any

import pytest

from bot.domain.card_parts import Fetching
from bot.domain.draft import DraftState, MessageRef
from bot.domain.finding import Severity
from handlers.slack import errors, intake
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE
from tests.slack import bodies
from tests.slack.bodies import TS
from tests.slack.dispatching import Slack

SECRET = "what an unpublished draft says"


def test_a_message_becomes_a_draft(slack: Slack) -> None:
    slack.take(bodies.written("Flu jabs start.\n---\nBook at nhs.uk"))
    card = slack.draft()
    assert [part.text for part in card.parts] == ["Flu jabs start.", "Book at nhs.uk"]
    assert (card.author, card.state) == (AUTHOR, DraftState.IN_REVIEW)
    assert card.source == MessageRef("slack", bodies.CHANNEL, TS)


def test_a_message_that_is_delivered_twice_is_one_draft(slack: Slack) -> None:
    slack.take(bodies.written())
    slack.take(bodies.written(), retry=1)
    slack.take(bodies.written() | {"event_id": "Ev2"})
    assert len(slack.drafts()) == 1


@pytest.mark.parametrize(
    "body",
    [
        bodies.written(channel="C0OTHER"),
        bodies.written(bot_id="B0BOT", user=None),
        bodies.written(bot_id="B0OTHER", subtype="bot_message", user=None),
        bodies.written(thread_ts="1780000000.000100"),
        bodies.written(thread_ts="1780000000.000100", subtype="thread_broadcast"),
        bodies.written(subtype="channel_join"),
        bodies.written(subtype="me_message"),
        bodies.written("// shall we tweet about flu?"),
        bodies.written("  //lunch?"),
        bodies.event({"type": "reaction_added", "user": AUTHOR, "reaction": "eyes"}),
        bodies.event({"type": "app_mention", "user": AUTHOR, "channel": bodies.CHANNEL}),
        bodies.event({"type": "something_new"}),
        {"type": "event_callback", "event": {"type": "message", "channel": 7}},
        {"type": "event_callback", "event": "?"},
        {"type": "event_callback"},
    ],
)
def test_what_is_no_draft_is_acknowledged_and_left_alone(slack: Slack, body: bodies.Body) -> None:
    slack.take(body)
    assert slack.drafts() == []
    assert slack.notices() == []


FILES: dict[str, Any] = {"subtype": "file_share", "files": [{"id": "F1"}, {"id": "F2"}]}


def test_a_message_with_files_waits_for_them(slack: Slack) -> None:
    slack.take(bodies.written(**FILES))
    slack.take(bodies.written(**FILES), retry=1)
    card = slack.draft()
    assert card.fetching == Fetching(files=2, stuck=False)
    assert card.state is DraftState.DRAFTING
    assert card.content.parts[0].text == "Flu jabs start on Monday."


def test_a_message_of_only_a_file_is_a_draft(slack: Slack) -> None:
    slack.take(bodies.written("", blocks=None, **FILES))
    assert slack.draft().fetching == Fetching(files=2, stuck=False)
    assert slack.draft().findings == ()


def test_a_deleted_file_counts_though_it_is_no_edit(slack: Slack) -> None:
    slack.take(bodies.written(**FILES))
    gone = [{"id": "F1", "mode": "tombstone"}, {"id": "F2"}]
    change = bodies.changed("Flu jabs start on Monday.", None, files=gone)
    change["event"]["previous_message"]["files"] = FILES["files"]
    slack.take(change)
    assert slack.draft().fetching == Fetching(files=1, stuck=False)
    late = bodies.changed("Flu jabs on Monday.", "1790000200.000000", "1790000200.5", **FILES)
    slack.take(late)
    card = slack.draft()
    assert card.fetching == Fetching(files=1, stuck=False)
    assert card.content.parts[0].text == "Flu jabs on Monday."


def test_what_a_tweet_cannot_have_blocks_the_draft(slack: Slack) -> None:
    mention = {"type": "user", "user_id": CLINICIAN}
    line = {"type": "rich_text_section", "elements": [mention]}
    slack.take(bodies.written(blocks=[{"type": "rich_text", "elements": [line]}]))
    card = slack.draft()
    assert card.state is DraftState.DRAFTING
    assert [f.rule for f in card.findings if f.severity is Severity.BLOCK] == ["chat:mention"]


def test_an_edit_is_a_new_revision(slack: Slack) -> None:
    slack.take(bodies.written("One"))
    slack.take(bodies.changed("Two"))
    card = slack.draft()
    assert (card.revision, card.parts[0].text) == (2, "Two")


def test_two_edits_in_one_second_are_two(slack: Slack) -> None:
    slack.take(bodies.written("One"))
    slack.take(bodies.changed("Two", event_ts="1790000100.200000"))
    slack.take(bodies.changed("Three", event_ts="1790000100.700000"))
    slack.take(bodies.changed("Two", event_ts="1790000100.200000"), retry=1)
    assert slack.draft().parts[0].text == "Three"


def test_an_unfurled_link_is_no_edit(slack: Slack) -> None:
    slack.take(bodies.written("One"))
    slack.take(bodies.changed("Two", edited_ts=None))
    assert (slack.draft().revision, slack.draft().parts[0].text) == (1, "One")


def test_an_edit_that_comes_before_its_message_wins(slack: Slack) -> None:
    slack.take(bodies.changed("Two"))
    slack.take(bodies.written("One"), retry=1)
    assert slack.draft().parts[0].text == "Two"


def test_an_edit_into_chat_withdraws_the_draft(slack: Slack) -> None:
    slack.take(bodies.written("One"))
    slack.take(bodies.changed("// never mind"))
    assert slack.draft().state is DraftState.WITHDRAWN


def test_chat_that_is_edited_into_a_tweet_becomes_a_draft(slack: Slack) -> None:
    slack.take(bodies.written("// One"))
    slack.take(bodies.changed("One"))
    assert slack.draft().parts[0].text == "One"


def test_a_deletion_withdraws_the_draft(slack: Slack) -> None:
    slack.take(bodies.written())
    slack.take(bodies.deleted())
    assert slack.draft().state is DraftState.WITHDRAWN


def test_a_tombstone_is_a_deletion(slack: Slack) -> None:
    slack.take(bodies.written())
    slack.take(
        bodies.changed(
            "This message was deleted.",
            edited_ts=None,
            subtype="tombstone",
            user="USLACKBOT",
            thread_ts=TS,
        )
    )
    assert slack.draft().state is DraftState.WITHDRAWN


def test_a_deletion_that_comes_first_keeps_its_message_out(slack: Slack) -> None:
    slack.take(bodies.deleted())
    slack.take(bodies.written(), retry=1)
    assert slack.drafts() == []


def test_the_bots_own_changes_are_no_edits(slack: Slack) -> None:
    slack.take(bodies.changed("Card", bot_id="B0BOT"))
    slack.take(bodies.deleted(bot_id="B0BOT"))
    slack.take(bodies.written())
    assert slack.draft().state is DraftState.IN_REVIEW


@pytest.mark.parametrize(
    "text",
    ["x" * 100_000, "\ud83d", "a\u202eb", "\0", "<script>", "🎉" * 100, "\u200b", "---\n---"],
    ids=["100 kB", "surrogate", "bidi", "NUL", "HTML", "emoji", "invisible", "separators"],
)
def test_strange_texts_become_drafts_that_say_what_is_wrong(slack: Slack, text: str) -> None:
    slack.take(bodies.written(text))
    card = slack.draft()
    assert (card.state is DraftState.DRAFTING) == (text != "<script>" and "🎉" not in text)


def _broken(*_: object) -> None:
    raise RuntimeError(SECRET)


def test_an_event_that_fails_comes_again(
    slack: Slack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(intake, "submit", _broken)
    assert slack.send(bodies.written()).status == 500
    assert slack.send(bodies.written(), retry=1).status == 500
    monkeypatch.undo()
    slack.take(bodies.written(), retry=2)
    assert len(slack.drafts()) == 1
    assert caplog.text.count(": RuntimeError") == 1
    assert SECRET not in caplog.text


def test_a_message_that_fails_for_the_last_time_is_told_to_its_author(
    slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "submit", _broken)
    slack.take(bodies.written(), retry=errors.LAST_DELIVERY)
    (words,) = slack.told(AUTHOR)
    assert "did not become a draft" in words
    assert slack.desk.caught_up


def test_an_edit_that_fails_for_the_last_time_stops_what_goes_out(
    slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.take(bodies.written())
    monkeypatch.setattr(intake, "revise", _broken)
    slack.take(bodies.changed("New"), retry=errors.LAST_DELIVERY)
    assert not slack.desk.caught_up


def test_no_log_line_holds_a_text(slack: Slack, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    slack.take(bodies.written("confidential"))
    slack.take(bodies.changed("confidential too", ts="?"))
    slack.take(bodies.click("approve", "confidential"))
    assert "confidential" not in caplog.text


def test_reviewers_are_shown_who_is_waited_for(slack: Slack) -> None:
    slack.take(bodies.written())
    assert slack.draft().missing == (CLINICIAN, COMPLIANCE)


REPLY_TS = "1790000050.000100"


def reply(text: str = "Which dose?", **more: Any) -> bodies.Body:
    """Somebody writes in the thread of the draft."""
    return bodies.written(text, **({"ts": REPLY_TS, "thread_ts": TS, "user": CLINICIAN} | more))


def test_replies_in_its_thread_are_kept_with_the_draft(slack: Slack) -> None:
    slack.take(bodies.written())
    slack.take(reply())
    slack.take(reply(), retry=1)
    slack.take(reply(bot_id="B0BOT", user=None))
    assert slack.draft().replies == 1
    slack.take(bodies.deleted(REPLY_TS, thread_ts=TS, user=CLINICIAN))
    assert slack.draft().replies == 0
    assert slack.draft().state is DraftState.IN_REVIEW


def test_replies_of_other_channels_are_nobodys_business(slack: Slack) -> None:
    slack.take(bodies.written())
    slack.take(reply(channel="C0OTHER"))
    assert slack.draft().replies == 0


PRIVATE = "Kevin Marsh (MRN 4471902) had his knee surgery here."


def test_patient_data_is_refused_in_the_thread_of_its_message(slack: Slack) -> None:
    slack.take(bodies.written(PRIVATE))
    slack.take(bodies.written(PRIVATE), retry=1)
    assert slack.drafts() == []
    (notice,) = slack.notices()
    assert (notice.person, notice.channel, notice.thread_ts) == (AUTHOR, bodies.CHANNEL, TS)
    assert "patient data" in notice.text
    assert "Marsh" not in notice.text
    slack.take(bodies.changed("Knees, explained."))
    assert slack.draft().state is DraftState.IN_REVIEW
