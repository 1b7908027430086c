"""What stands beside a text on its card: everything is shown, and Slack takes it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.beside import Beside
from bot.domain.content import Poll
from bot.domain.marks import visible
from bot.guidelines.beside import LONGEST_REFERENCE, LONGEST_SOURCE
from bot.guidelines.examine import SHOWABLE, structure
from handlers.slack import beside as shown
from handlers.slack.blocks import draw
from handlers.slack.lines import whole
from tests.slack.cards import beside, card
from tests.slack.test_blocks import assert_slack_takes, button_ids, said

POLL = Poll(("Every <night>", "*Never*"), 26 * 60)
WHOLE = Beside(POLL, "12", ("https://www.nhs.uk/sleep?a=b", "http://who.int"), "Binder *3* <tab>")


def test_a_card_shows_all_that_stands_beside_the_text() -> None:
    drawn = draw(beside(WHOLE))
    assert_slack_takes(drawn)
    order = [
        "In answer to \nhttps://x.com/i/status/12",
        "Do you sleep well?",
        "Poll\n, open for 1 day 2 hours\nEvery <night>\n*Never*",
        "Sources, for reviewers alone",
        "www.nhs.uk: \nhttps://www.nhs.uk/sleep?a=b",
        "who.int: \nhttp://who.int",
        "Signed authorization, as its author states: \nBinder *3* <tab>",
    ]
    places = [said(drawn).index(words) for words in order]
    assert places == sorted(places)
    assert "about $0.01 " not in said(drawn)
    assert "approve" in button_ids(drawn)


def test_the_words_for_screen_readers_hold_it_and_interpret_nothing() -> None:
    text = draw(beside(WHOLE)).text
    assert "It answers https://x.com/i/status/12." in text
    assert "Poll, open for 1 day 2 hours: Every &lt;night&gt;, *Never*." in text
    assert "Sources at www.nhs.uk, who.int." in text
    assert "Its author states a signed authorization: Binder *3* &lt;tab&gt;." in text


def test_a_card_without_any_of_it_says_nothing_of_it() -> None:
    drawn = draw(card())
    assert not [word for word in ("Poll", "answer", "ources") if word in said(drawn) + drawn.text]


def test_an_answer_is_cheap_and_a_link_makes_it_dear() -> None:
    assert "Posting costs about $0.01" in said(draw(beside(Beside(reply_to="12"), "At eight.")))
    assert "about $0.20" in said(draw(beside(Beside(reply_to="12"), "See nhs.uk.")))


@pytest.mark.parametrize(
    "given_",
    [Beside(POLL), Beside(reply_to="12"), Beside(sources=("x",)), Beside(authorization="AUTH-17")],
)
def test_who_decides_in_a_list_has_seen_all_of_it(given_: Beside) -> None:
    assert whole(card()) is not None
    assert whole(beside(given_)) is None


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (5, "5 minutes"),
        (61, "1 hour 1 minute"),
        (1_440, "1 day"),
        (10_080, "7 days"),
        (1_565, "1 day 2 hours 5 minutes"),
        (0, "no time"),
    ],
)
def test_how_long_a_poll_is_open_is_told_in_words(minutes: int, words: str) -> None:
    assert shown.lasting(minutes) == words


def test_a_host_is_named_whatever_an_address_pretends() -> None:
    pretender = "https://nhs.uk@evil.example/nhs.uk"
    drawn = draw(beside(Beside(sources=(pretender, "https://[", "no link\u200b"))))
    assert_slack_takes(drawn)
    assert f"evil.example: \n{pretender}" in said(drawn)
    assert "no link: \nno link⟦U+200B ZERO WIDTH SPACE⟧" in said(drawn)


def test_the_fullest_draft_that_may_be_approved_is_shown_whole() -> None:
    poll = Poll(tuple(f"{n}" * 25 for n in range(4)), 10_079)
    sources = tuple(f"https://{n}".ljust(64, "o") + ".int/" + "x" * 200 for n in range(10))
    texts, reference = ["y" * 280] * 20, "z" * LONGEST_REFERENCE
    drawn = beside(Beside(poll, "1" * 19, sources, reference), *texts)
    assert sum(map(len, (*texts, *poll.options, *sources, reference))) <= SHOWABLE
    assert structure(drawn.content) == ()
    assert_slack_takes(draw(drawn))
    assert "approve" in button_ids(draw(drawn))
    longest = Beside(sources=("https://who.int/".ljust(LONGEST_SOURCE, "x"),) * 10)
    assert_slack_takes(draw(beside(longest)))


OPTIONS = st.lists(st.text(max_size=200), max_size=6).map(tuple)
POLLS = st.builds(Poll, OPTIONS, st.integers(-5, 99_999))
SOURCES = st.lists(st.text() | st.text().map("https://a.b/".__add__), max_size=12).map(tuple)
REFERENCES = st.text(max_size=300)
BESIDES = st.builds(Beside, st.none() | POLLS, st.text(max_size=30), SOURCES, REFERENCES)


@settings(deadline=None, max_examples=60)
@given(BESIDES, st.lists(st.text(max_size=300), min_size=1, max_size=30), st.booleans())
def test_slack_takes_whatever_it_is_and_what_is_cut_cannot_be_approved(
    given_: Beside, texts: list[str], found: bool
) -> None:
    drawn = beside(given_, *texts)
    findings = structure(drawn.content) if found else ()
    taken = draw(replace(drawn, findings=findings))
    assert_slack_takes(taken)
    many = given_.poll is not None and len(given_.poll.options) > 4
    cut = len(visible(given_.authorization)) > 200
    if many or cut or len(given_.sources) > shown.SOURCES:
        assert "approve" not in button_ids(taken)
