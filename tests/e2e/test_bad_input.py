"""What people type and click that they should not: refused in words, and nothing is lost."""

import pytest

from bot.sandbox import world
from tests.e2e.town import ANA, BEN, CHANNEL, CHEN, DANA, EVE, Town


def test_an_unknown_command_is_answered_with_what_is_known(shared: Town) -> None:
    answer = shared.people.command(ANA, CHANNEL, "/tweet", "frobnicate `now`")
    assert answer["acked"]
    assert "I do not know `/tweet frobnicate`" in answer["text"]
    assert "/tweet pause" in answer["text"]


def test_an_outsider_can_neither_pause_nor_resume(shared: Town) -> None:
    for word in ("pause", "resume"):
        answer = shared.people.command(EVE, CHANNEL, "/tweet", word)
        assert "Please ask one of them" in answer["text"]


def test_forty_thousand_characters_get_a_card_that_says_what_is_too_much(shared: Town) -> None:
    ts = shared.draft("Wash your hands. " * 2_350)
    card = shared.shows(ts, "Needs mending")
    assert "approve" not in card.buttons


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Open on Mon\u200bday at nine.", "ZERO WIDTH SPACE"),
        ("Open on \u202eyadnoM at nine.", "RIGHT-TO-LEFT OVERRIDE"),
        ("Open on Monday\x07 at eight.", "CONTROL CHARACTER"),
    ],
)
def test_what_nobody_can_see_is_shown_and_blocks(shared: Town, text: str, name: str) -> None:
    card = shared.shows(shared.draft(text), "Needs mending")
    assert name in card.texts[0]
    assert "approve" not in card.buttons


def test_a_lone_surrogate_gets_a_card_and_never_goes_out_unseen(shared: Town) -> None:
    ts = shared.draft("Half an emoji \ud83d is not one.")
    card = shared.wait(lambda: shared.card(ts), "a card")
    assert "\ud83d" not in card.texts[0]


def test_emoji_alone_may_be_a_tweet(shared: Town) -> None:
    text = "💉🩺👩🏽‍⚕️"
    ts = shared.publish(text)
    shared.shows(ts, "Published")
    assert len(shared.public(text)) == 1


def test_html_is_text_like_any_other(shared: Town) -> None:
    text = "<b>Free</b> & <script>alert('flu')</script> jabs"
    ts = shared.publish(text)
    assert shared.shows(ts, "Published").texts == (text,)
    assert len(shared.public(text)) == 1


def test_a_click_on_a_stale_card_approves_nothing(shared: Town) -> None:
    ts = shared.draft("The clinic opens at nine o'clock.")
    before = shared.wait(lambda: shared.card(ts), "a card")
    shared.edit(ts, "The clinic opens at ten o'clock.")
    shared.wait(lambda: (c := shared.card(ts)) and c.texts != before.texts, "the new text")
    shared.press(CHEN, ts, "approve", stale=True)
    shared.hears(CHEN, "The text was changed since you saw it")
    card = shared.card(ts)
    assert card is not None
    assert card.approved_by == frozenset()


@pytest.mark.parametrize(
    ("who", "words"), [(EVE, "you are not one of them"), (ANA, "You wrote this")]
)
def test_who_may_not_approve_is_told_so(shared: Town, who: str, words: str) -> None:
    ts = shared.draft(f"Visiting hours are from two to four, says {who}.")
    shared.press(who, ts, "approve")
    shared.hears(who, words)
    card = shared.card(ts)
    assert card is not None
    assert card.approved_by == frozenset()


def test_a_stranger_can_neither_time_nor_withdraw_a_draft(shared: Town) -> None:
    ts = shared.draft("The car park is closed on Tuesday.")
    answer = shared.fill_in(EVE, ts, "when", {"when": {"when": "now"}})
    assert "Only its author" in answer["errors"]["at"]
    shared.press(EVE, ts, "withdraw")
    shared.hears(EVE, "Only its author or an operator can withdraw")
    shared.shows(ts, "In review")


def test_a_rejection_without_a_reason_and_a_time_without_a_time_are_asked_again(
    shared: Town,
) -> None:
    ts = shared.draft("The lift is out of order again.")
    answer = shared.fill_in(CHEN, ts, "reject", {"reason": {"reason": "   "}})
    assert "Please say why" in answer["errors"]["reason"]
    answer = shared.fill_in(ANA, ts, "when", {"when": {"when": "at"}})
    assert "choose a date and a time" in answer["errors"]["at"]
    answer = shared.fill_in(ANA, ts, "when", {"when": {"when": "at"}, "at": {"at": 1_000_000_000}})
    assert "That time has passed" in answer["errors"]["at"]
    shared.shows(ts, "In review")


def test_a_message_with_files_is_refused_in_words(shared: Town) -> None:
    ts = shared.write("Look at this leaflet of ours.", BEN, files=[{"name": "leaflet.png"}])
    shared.hears(BEN, "I cannot take files yet")
    assert shared.card(ts) is None


def test_what_is_no_draft_gets_no_card(shared: Town) -> None:
    parent = shared.draft("Our new leaflet is out today.")
    others = [
        shared.write("I like this leaflet.", BEN, thread_ts=parent),
        shared.write("Shared with the channel, too.", BEN, thread_ts=parent,
                     subtype="thread_broadcast"),
        shared.write("A bot of somebody else.", BEN, subtype="bot_message"),
        shared.write("", BEN, subtype="channel_join"),
        shared.write("// just among us", BEN),
    ]  # fmt: skip
    shared.draft("And here is what came after all that.")
    assert [ts for ts in others if shared.card(ts)] == []


def test_an_edit_into_chat_withdraws_and_an_edit_out_of_it_makes_a_draft(shared: Town) -> None:
    ts = shared.draft("The vending machine is broken.")
    shared.edit(ts, "// The vending machine is broken.")
    shared.shows(ts, "Withdrawn")
    talk = shared.write("// The vending machine works again.")
    shared.edit(talk, "The vending machine works again.")
    shared.shows(talk, "In review")


def test_the_deletion_of_a_message_with_replies_withdraws_its_draft(shared: Town) -> None:
    ts = shared.draft("We are looking for volunteers.")
    shared.people.delete(ANA, CHANNEL, ts)
    assert any(m["ts"] == ts and m["deleted"] for m in shared.people.messages(CHANNEL, ANA))
    assert shared.shows(ts, "Withdrawn").buttons == {"duplicate"}


def test_a_draft_is_only_taken_from_its_channel(shared: Town) -> None:
    shared.typed.append("Lunch is at noon today.")
    other = shared.people.write(ANA, world.OTHER.id, "Lunch is at noon today.")
    shared.draft("Dinner is at seven today.")
    assert shared.people.thread(world.OTHER.id, other, ANA) == []


def test_the_reviewers_are_called_once_and_nobody_else_is(shared: Town) -> None:
    ts = shared.draft("<!channel> @here: Ben, <@U0OUTSIDE> and all the others are welcome.")
    shared.shows(ts, "Needs mending")
    said = [m for m in shared.people.thread(CHANNEL, ts, DANA) if m.get("bot")]
    calls = [m["text"] for m in said if f"<@{EVE}>" in m["text"] or "<!" in m["text"]]
    assert calls == []
