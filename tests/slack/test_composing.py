"""Drafts from a window: new ones, copies, and edits of what was written in one."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.desk import Desk
from bot.domain.card import DraftCard, Offer
from bot.domain.content import Poll
from bot.domain.draft import DraftState, MessageRef
from bot.domain.policy import Account, Template
from bot.domain.slot_words import read_slots
from bot.domain.slots import Calendar
from bot.workflow import intake
from bot.workflow.catching_up import catch_up
from tests.conftest import AUTHOR, CLINICIAN, COMPLIANCE
from tests.fakes.chat import FakeChat
from tests.slack import bodies
from tests.slack.dispatching import Slack
from tests.slack.windows import Window, composer

COPY_TS = "1790000500.000100"
LONG = "Flu jabs start on Monday at the clinic, and nobody needs an appointment for one. " * 6


@pytest.fixture(autouse=True)
def _posting(slack: Slack) -> None:
    slack.client.answers["chat.postMessage"] = {"ts": COPY_TS}
    slack.client.answers["users.info"] = {"user": {"tz": "America/New_York"}}


@pytest.fixture
def card(slack: Slack) -> DraftCard:
    slack.take(bodies.written())
    return slack.draft()


@pytest.fixture
def copy(slack: Slack, card: DraftCard) -> DraftCard:
    """A copy of a draft, made by a clinician."""
    slack.click("duplicate", card, CLINICIAN)
    Window(slack, CLINICIAN).write("Flu jabs end on Friday.").submit()
    return slack.drafts()[-1]


def posted(slack: Slack) -> list[str]:
    """The texts that were posted in the drafts channel."""
    calls = [args for method, args in slack.client.calls if method == "chat.postMessage"]
    assert all(args["channel"] == bodies.CHANNEL for args in calls)
    return [args["text"] for args in calls]


def edit(slack: Slack, copy: DraftCard, person: str, text: str) -> dict[str, str]:
    """Open the form of a draft, write another text, and send it."""
    slack.click("edit", copy, person)
    return Window(slack, person).write(text).submit()


def test_a_draft_is_written_in_a_window(slack: Slack) -> None:
    assert not composer(slack, AUTHOR).write("Flu jabs <start> & 🎉 soon").submit()
    draft = slack.draft()
    assert (draft.author, draft.state) == (AUTHOR, DraftState.IN_REVIEW)
    assert draft.source == MessageRef("slack", bodies.CHANNEL, COPY_TS)
    assert [part.text for part in draft.parts] == ["Flu jabs <start> & 🎉 soon"]
    assert posted(slack) == ["Flu jabs &lt;start&gt; &amp; 🎉 soon"]


def test_an_emoji_that_is_typed_as_a_word_counts_and_goes_out_as_one(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write(":syringe: " + "a" * 277).use("add_poll")
    assert not window.fill(poll=":+1: yes\n:clinic-logo:").submit()
    (part,) = slack.draft().parts
    assert (part.text[0], part.length) == ("💉", 280)
    assert part.poll == Poll(("👍 yes", ":clinic-logo:"), 1440)
    assert posted(slack) == ["💉 " + "a" * 277]


def test_a_name_that_no_emoji_has_goes_out_as_typed_if_reviewers_agree(slack: Slack) -> None:
    assert not composer(slack, AUTHOR).write("Meet :clinic-logo: on Monday.").submit()
    draft = slack.draft()
    assert draft.parts[0].text == "Meet :clinic-logo: on Monday."
    assert (draft.state, [f.rule for f in draft.findings]) == (DraftState.IN_REVIEW, ["chat:emoji"])
    edit(slack, draft, AUTHOR, "Meet :wave: on Monday.")
    assert (slack.draft().parts[0].text, slack.draft().findings) == ("Meet 👋 on Monday.", ())


def test_a_window_that_is_submitted_twice_makes_one_draft(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("Only once.")
    assert not window.submit()
    assert not window.submit()
    assert len(posted(slack)) == len(slack.drafts()) == 1


def test_the_window_begins_with_what_was_typed_behind_the_command(slack: Slack) -> None:
    assert composer(slack, AUTHOR, "Flu jabs &amp; more").texts() == ["Flu jabs & more"]


def test_a_shortcut_opens_it_anywhere_and_another_fills_it_from_a_message(slack: Slack) -> None:
    slack.take(bodies.shortcut("compose", AUTHOR))
    assert Window(slack, AUTHOR).texts() == [""]
    slack.take(bodies.shortcut("draft_this", AUTHOR, bodies.message("One.\n---\nTwo & three.")))
    assert Window(slack, AUTHOR).texts() == ["One.", "Two & three."]


def test_parts_come_and_go_and_what_was_typed_stays(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("One.").use("more_parts")
    assert window.texts() == ["One.", ""]
    window.write("Two.", 1).use("more_parts").write("Three.", 2).use("fewer_parts")
    assert window.texts() == ["One.", "Two."]
    assert not window.submit()
    assert [part.text for part in slack.draft().parts] == ["One.", "Two."]


def test_a_part_that_is_too_long_is_said_at_its_field_and_stays(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("Short.").use("more_parts").write(LONG, 1)
    errors = window.submit()
    assert list(errors) == [window.blocks("text:1")[0]["block_id"]]
    assert "too many" in errors["text:1:0"]
    assert slack.drafts() == []
    assert posted(slack) == []
    assert window.texts() == ["Short.", LONG]


def test_a_long_text_is_cut_into_numbered_parts_where_that_is_asked_for(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write(LONG).fill(long="numbered")
    assert not window.submit()
    first, second = (part.text for part in slack.draft().parts)
    assert first.endswith("one. 1/2")
    assert second.endswith("one. 2/2")


def test_an_empty_window_is_no_draft(slack: Slack) -> None:
    assert composer(slack, AUTHOR).write(" \n---\n ").submit() == {
        "text:0:0": "Please write something."
    }


def test_a_window_that_slack_does_not_post_stays(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("Once more.")
    slack.client.refusal = "fatal_error"
    assert "Please try again" in window.submit()["text:0:0"]
    slack.client.refusal = None
    assert not window.submit()
    assert len(slack.drafts()) == 1


def test_a_message_that_became_no_draft_is_taken_back(
    slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = composer(slack, AUTHOR).write("It fails behind the message.")
    monkeypatch.setattr(intake, "_create", _fail)
    assert "Something went wrong" in window.submit()["text:0:0"]
    assert slack.drafts() == []
    deleted = [args for method, args in slack.client.calls if method == "chat.delete"]
    assert [args["ts"] for args in deleted] == [COPY_TS]


def _account(desk: Desk) -> Account:
    """The only account, with a calendar."""
    calendar = Calendar(slots=read_slots("mon-fri 08:30"))
    return replace(desk.policy.accounts[0], calendar=calendar)


def _fail(*_: object) -> None:
    raise OSError


# When


def test_now_and_the_next_slot_are_chosen_in_the_window(slack: Slack) -> None:
    slack.desk.policy = replace(slack.desk.policy, accounts=(_account(slack.desk),))
    composer(slack, AUTHOR).write("Next.").fill(when="slot").submit()
    wish = slack.draft().wish
    assert wish
    assert wish.slot


def test_a_time_in_words_is_shown_with_its_zone_before_anything_is_made(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("In words.").fill(words="tomorrow 9am")
    assert not window.submit()
    assert slack.drafts() == []
    (meant,) = window.answers("settled")
    assert meant["text"]["text"] == "Tuesday, 3 March 2026, 09:00 (EST)"
    assert not window.submit()
    wish = slack.draft().wish
    assert wish
    assert wish.at
    assert wish.at.isoformat() == "2026-03-03T14:00:00+00:00"


def test_words_that_were_changed_meanwhile_are_shown_again(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("In words.").fill(words="tomorrow 9am")
    window.submit()
    window.fill(words="tomorrow 10am").submit()
    assert slack.drafts() == []
    assert "10:00" in window.answers("settled")[0]["text"]["text"]


def test_a_time_that_may_mean_two_is_the_authors_to_choose(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("Twice.").fill(words="2026-11-01 01:30")
    window.submit()
    first, second = window.answers("settled")
    assert "EDT" in first["text"]["text"]
    window.fill(settled=second["value"]).submit()
    wish = slack.draft().wish
    assert wish
    assert wish.at
    assert wish.at.isoformat() == "2026-11-01T06:30:00+00:00"


def test_words_that_mean_no_time_are_said_and_the_text_stays(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("Whenever.").fill(words="whenever")
    assert "do not understand" in window.submit()["words"]
    assert window.texts() == ["Whenever."]
    assert slack.drafts() == []


def test_a_time_that_cannot_be_is_told_and_the_draft_stands_without_one(slack: Slack) -> None:
    quiet = replace(_account(slack.desk), calendar=Calendar(gap=timedelta(hours=1)))
    slack.desk.policy = replace(slack.desk.policy, accounts=(quiet,))
    for text in ("First.", "Second."):
        slack.client.answers["chat.postMessage"] = {"ts": f"179000050{len(text)}.000100"}
        window = composer(slack, AUTHOR).write(text).fill(words="tomorrow 9am")
        window.submit()
        window.submit()
        for person in (CLINICIAN, COMPLIANCE):
            slack.click("approve", slack.drafts()[-1], person, stamp=f"{text}{person}")
    first, second = slack.drafts()
    assert first.wish
    assert second.wish is None
    assert any("without a time" in said for said in slack.told(AUTHOR))


# Accounts, templates, hashtags


def test_the_account_is_chosen_where_there_are_several(slack: Slack) -> None:
    other = Account("press", "RiversidePress", ZoneInfo("Europe/London"))
    accounts = (*slack.desk.policy.accounts, other)
    slack.desk.policy = replace(slack.desk.policy, accounts=accounts)
    composer(slack, AUTHOR).write("From the press office.").fill(account="press").submit()
    assert slack.draft().handle == "RiversidePress"


def test_a_template_begins_a_draft_and_what_was_typed_is_kept(slack: Slack) -> None:
    templates = (Template("Hours", "Open at 8."), Template("Ask us", "What would you ask?\n---\nB"))
    slack.desk.policy = replace(slack.desk.policy, templates=templates)
    window = composer(slack, AUTHOR).use("template", "1")
    assert window.texts() == ["What would you ask?", "B"]
    window.use("template", "0")
    assert window.texts() == ["What would you ask?", "B", "Open at 8."]
    assert not window.submit()
    assert len(slack.draft().parts) == 3


def test_hashtags_are_offered_and_end_the_last_part(slack: Slack) -> None:
    tagged = replace(slack.desk.policy.accounts[0], hashtags=("#FluJab", "#AskANurse"))
    slack.desk.policy = replace(slack.desk.policy, accounts=(tagged,))
    window = composer(slack, AUTHOR).write("Ask us. #askanurse")
    assert not window.fill(hashtags=["#FluJab", "#AskANurse"]).submit()
    assert slack.draft().parts[0].text == "Ask us. #askanurse #FluJab"


# Copies and edits


def test_a_copy_is_a_new_draft_of_whoever_asked(slack: Slack, card: DraftCard) -> None:
    slack.click("duplicate", card, CLINICIAN)
    window = Window(slack, CLINICIAN)
    assert window.texts() == ["Flu jabs start on Monday."]
    assert not window.write("Flu jabs <start> & end\n---\non Tuesday.").submit()
    old, new = slack.drafts()
    assert (old.state, new.state) == (DraftState.IN_REVIEW, DraftState.IN_REVIEW)
    assert (new.author, new.source.ts) == (CLINICIAN, COPY_TS)
    assert [part.text for part in new.parts] == ["Flu jabs <start> & end", "on Tuesday."]


def test_a_text_too_long_for_a_window_is_said(slack: Slack) -> None:
    slack.take(bodies.written("x" * 3_001))
    slack.click("duplicate", slack.draft(), AUTHOR)
    assert "too long for a window" in slack.told(AUTHOR)[-1]


def test_a_copy_is_edited_by_its_author_in_a_window(slack: Slack, copy: DraftCard) -> None:
    assert Offer.EDIT in copy.offers
    slack.click("approve", copy, COMPLIANCE)
    assert not edit(slack, copy, CLINICIAN, "Flu jabs end on Sunday.")
    edited = slack.drafts()[-1]
    assert (edited.revision, edited.parts[0].text) == (2, "Flu jabs end on Sunday.")
    assert [stage.people for stage in edited.verdict.stages] == [(), ()]
    (shown,) = [args for method, args in slack.client.calls if method == "chat.update"]
    assert (shown["ts"], shown["text"]) == (COPY_TS, "Flu jabs end on Sunday.")


def test_an_edit_asks_for_neither_account_nor_time(slack: Slack, copy: DraftCard) -> None:
    slack.click("edit", copy, CLINICIAN)
    window = Window(slack, CLINICIAN)
    assert not window.blocks("when")
    assert window.texts() == ["Flu jabs end on Friday."]


def test_an_edit_that_slack_does_not_show_counts(
    slack: Slack, copy: DraftCard, caplog: pytest.LogCaptureFixture
) -> None:
    slack.click("edit", copy, CLINICIAN)
    window = Window(slack, CLINICIAN).write("Quite another.")
    slack.client.refusal = "fatal_error"
    assert not window.submit()
    assert slack.drafts()[-1].parts[0].text == "Quite another."
    assert "shows its old text" in caplog.text
    assert "Quite" not in caplog.text


@pytest.mark.parametrize(
    ("user", "text", "words"),
    [(AUTHOR, "Mine.", "Only its author"), (CLINICIAN, "x" * 300, "too many")],
)
def test_a_refused_edit_stays_in_its_window(
    slack: Slack, copy: DraftCard, user: str, text: str, words: str
) -> None:
    assert words in edit(slack, copy, user, text)["text:0:0"]
    assert slack.drafts()[-1].revision == 1


def test_an_edit_of_what_was_changed_meanwhile_or_is_over_is_refused(
    slack: Slack, copy: DraftCard
) -> None:
    edit(slack, copy, CLINICIAN, "First.")
    assert "was changed since" in edit(slack, copy, CLINICIAN, "Second.")["text:0:0"]
    slack.click("withdraw", copy, CLINICIAN)
    assert "finished" in edit(slack, copy, CLINICIAN, "Third.")["text:0:0"]


def test_a_message_of_a_person_is_edited_in_the_channel_alone(
    slack: Slack, card: DraftCard
) -> None:
    assert Offer.EDIT not in card.offers
    assert "Only its author" in edit(slack, card, AUTHOR, "Mine.")["text:0:0"]


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


# Beside the text


def test_a_poll_a_reply_and_sources_are_given_in_the_window(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("Will you have the jab?")
    for extra in ("add_poll", "add_reply", "add_sources"):
        window.use(extra)
    window.fill(poll="Yes\nNot yet\n", poll_for="60", sources="https://who.int/flu\nhttps://a.org")
    assert not window.fill(reply="https://twitter.com/name/status/1234567890?s=20").submit()
    content = slack.draft().content
    assert content.parts[-1].poll == Poll(("Yes", "Not yet"), 60)
    assert content.reply_to == "1234567890"
    assert content.sources == ("https://who.int/flu", "https://a.org")


def test_what_is_wrong_beside_the_text_is_said_at_its_field(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("Which?")
    for extra in ("add_poll", "add_reply", "add_sources"):
        window.use(extra)
    errors = window.fill(poll="One", reply="the one of Monday", sources="who.int").submit()
    assert sorted(errors) == ["poll", "reply", "sources"]
    assert slack.drafts() == []


def test_copies_and_edits_begin_with_what_stands_beside_the_text(slack: Slack) -> None:
    window = composer(slack, AUTHOR).write("Which?").use("add_poll").use("add_sources")
    window.fill(poll="A\nB", poll_for="4320", sources="https://who.int").submit()
    draft = slack.draft()
    for action in ("edit", "duplicate"):
        slack.client.answers["chat.postMessage"] = {"ts": f"17900006{len(action)}.000100"}
        slack.click(action, draft, AUTHOR)
        assert not Window(slack, AUTHOR).write(f"Which one, to {action}?").submit()
    edited, copied = slack.drafts()
    assert edited.content.parts[-1].poll == copied.content.parts[-1].poll == Poll(("A", "B"), 4320)
    assert edited.content.sources == copied.content.sources == ("https://who.int",)


def test_a_source_alone_makes_a_new_revision(slack: Slack) -> None:
    composer(slack, AUTHOR).write("It is so.").submit()
    slack.click("edit", slack.draft(), AUTHOR)
    Window(slack, AUTHOR).use("add_sources").fill(sources="https://who.int").submit()
    assert slack.draft().revision == 2


def test_who_wrote_the_text_cannot_approve_a_copy_that_a_colleague_made(slack: Slack) -> None:
    composer(slack, CLINICIAN).write("Flu jabs for all.").submit()
    slack.client.answers["chat.postMessage"] = {"ts": "1790000600.000100"}
    slack.click("duplicate", slack.draft(), AUTHOR)
    Window(slack, AUTHOR).use("more_parts").write("And for you.", 1).submit()
    copied = slack.drafts()[-1]
    assert (copied.author, copied.writer) == (AUTHOR, CLINICIAN)
    slack.click("approve", copied, CLINICIAN, stamp="2.2")
    assert "You wrote this" in slack.told(CLINICIAN)[-1]
