"""The slash command: each word, who may say it, and what the answer is."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.draft import DraftState, Wish
from bot.workflow import absence
from bot.workflow.looking import STRANGER
from bot.workflow.scheduling import set_wish
from handlers.slack import away, listing
from handlers.slack.commands import WORDS
from tests.conftest import AUTHOR, CLINICIAN, COLLEAGUE, COMPLIANCE, OUTSIDER, START
from tests.slack import bodies
from tests.slack.dispatching import Slack
from tests.slack.taken import assert_message_is_taken
from tests.slack.test_home import said

BEN = f"<@{COLLEAGUE}|ben>"


def answered(slack: Slack, text: str, user: str = CLINICIAN) -> dict[str, Any]:
    """The answer to a command that answers with blocks, which Slack takes."""
    answer = slack.take(bodies.command(text, user))
    assert isinstance(answer, dict), answer
    assert_message_is_taken(answer["text"], answer["blocks"])
    return answer


def words(slack: Slack, text: str, user: str = CLINICIAN) -> str:
    """The answer to a command that answers in words."""
    answer = slack.take(bodies.command(text, user))
    assert isinstance(answer, str), answer
    assert len(answer) <= 4_000
    return answer


def scheduled(slack: Slack, text: str, hours: int, ts: str) -> int:
    """Let a message become a draft that is approved and due in some hours; returns its id."""
    slack.take(bodies.written(text, ts=ts))
    draft = slack.drafts()[-1]
    for person in (CLINICIAN, COMPLIANCE):
        slack.click("approve", draft, person, stamp=ts)
    set_wish(slack.desk, draft.id, AUTHOR, Wish(START + timedelta(hours=hours)))
    return draft.id


def test_the_queue_shows_what_goes_out_next_soonest_first(slack: Slack) -> None:
    late = scheduled(slack, "In the evening.", 9, "1790000000.000100")
    soon = scheduled(slack, "At noon.", 3, "1790000001.000100")
    slack.take(bodies.command("pause for lunch"))
    answer = answered(slack, "queue", AUTHOR)
    told = said(answer)
    assert "Publishing is paused" in told
    assert told.index(f"draft {soon}") < told.index(f"draft {late}")
    assert "At noon." in told


def test_an_empty_queue_says_how_to_get_there(slack: Slack) -> None:
    assert said(answered(slack, "queue")).startswith(listing.NOTHING_COMES)


def test_mine_shows_what_waits_and_what_is_open(slack: Slack) -> None:
    assert "Write a message in" in said(answered(slack, "mine"))
    slack.take(bodies.written())
    assert "Waiting for you" in said(answered(slack, "mine", CLINICIAN))
    own = said(answered(slack, "mine", AUTHOR))
    assert "Your open drafts" in own
    assert "Waiting for you" not in own


def test_show_draws_the_card_with_its_buttons(slack: Slack) -> None:
    slack.take(bodies.written())
    draft = slack.draft()
    answer = answered(slack, f"show {draft.id}", CLINICIAN)
    assert "Flu jabs start on Monday." in said(answer)
    rows = [block for block in answer["blocks"] if block["type"] == "actions"]
    assert rows[0]["elements"][0]["action_id"] == "approve"


@pytest.mark.parametrize("rest", ["", "x", "12a", "-1", "9" * 20, "\u0661"])
def test_show_wants_a_number(slack: Slack, rest: str) -> None:
    assert words(slack, f"show {rest}") == listing.WHICH


def test_show_of_a_draft_that_is_none(slack: Slack) -> None:
    assert words(slack, "show #77") == "There is no draft 77."


@pytest.mark.parametrize("text", ["queue", "show 1"])
def test_drafts_are_not_shown_to_strangers(slack: Slack, text: str) -> None:
    slack.take(bodies.written())
    assert words(slack, text, OUTSIDER) == STRANGER
    assert said(answered(slack, text, AUTHOR))


def test_a_reviewer_names_who_covers(slack: Slack) -> None:
    answer = words(slack, f"away until Friday, {BEN} covers", CLINICIAN)
    assert "Until the end of Friday 6 March 2026 (Europe/London)" in answer
    assert f"<@{COLLEAGUE}> decides in your place" in answer
    slack.take(bodies.written())
    assert slack.draft().missing == (COLLEAGUE, COMPLIANCE)
    slack.click("approve", slack.draft(), COLLEAGUE)
    slack.click("approve", slack.draft(), COMPLIANCE)
    assert slack.draft().state is DraftState.APPROVED
    assert f"<@{CLINICIAN}> is away; <@{COLLEAGUE}> decides." in words(slack, "away", AUTHOR)
    assert words(slack, "back", CLINICIAN) == away.BACK
    assert slack.draft().state is DraftState.IN_REVIEW
    assert words(slack, "back", CLINICIAN) == absence.NOT_AWAY
    assert words(slack, "away", AUTHOR).startswith(away.NOBODY)


@pytest.mark.parametrize(
    "rest",
    [f"{BEN} until 2026-03-06", f"till 6 March {BEN}", f"until fri by <@{COLLEAGUE}>",
     f"{BEN} covers for me until Friday."],
)  # fmt: skip
def test_it_can_be_said_in_many_ways(slack: Slack, rest: str) -> None:
    assert "Friday 6 March 2026" in words(slack, f"away {rest}")


@pytest.mark.parametrize(
    ("rest", "answer"),
    [
        ("until Friday", away.WHO),
        ("until Friday, @ben covers", away.WHO),
        (f"until Friday, {BEN} and <@{OUTSIDER}|eve> cover", away.ONE),
        (f"until 04/03, {BEN} covers", away.WHEN),
        (f"{BEN} covers", away.HOW),
        (f"until 2026-03-01, {BEN} covers", absence.PAST),
        (f"until 2027-03-01, {BEN} covers", absence.TOO_LONG),
        (f"until Friday, <@{CLINICIAN}> covers", absence.NOT_ONESELF),
    ],
)
def test_what_is_not_clear_is_asked_for(slack: Slack, rest: str, answer: str) -> None:
    assert words(slack, f"away {rest}") == answer
    assert slack.notices() == []


def test_only_reviewers_have_stand_ins(slack: Slack) -> None:
    assert words(slack, f"away until Friday, {BEN} covers", AUTHOR) == absence.NOT_A_REVIEWER


def test_a_reason_reads_as_it_was_typed(slack: Slack) -> None:
    words(slack, f"pause {BEN} saw a &lt;wrong&gt; dose &amp; <https://x.example|a link> <#C1|ops>")
    told = said(answered(slack, "queue"))
    assert "@ben saw a &lt;wrong&gt; dose &amp; a link ops" in told


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("qeue", "queue"), ("mines", "mine"), ("hepl", "help"), ("paus", "pause"), ("Shwo 3", "show")],
)
def test_a_word_that_is_nearly_one_is_suggested(slack: Slack, typed: str, meant: str) -> None:
    assert f"Did you mean `/tweet {meant}`?" in words(slack, typed)


def test_a_word_like_no_other_is_answered_with_the_list(slack: Slack) -> None:
    answer = words(slack, "xyzzy")
    assert "Did you mean" not in answer
    for known in WORDS:
        assert f"`/tweet {known}" in answer


def test_help_teaches_how_to_begin(slack: Slack) -> None:
    answer = words(slack, "help")
    assert answer.startswith(f"*Write a message in <#{bodies.CHANNEL}>* and it becomes a draft")
