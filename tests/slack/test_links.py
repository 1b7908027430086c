"""Where links lead, on the card: what they say, what is behind them, and nobody's markup."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.card import DraftCard
from bot.domain.destination import Condition, Destination, LinkCard, Trust
from bot.domain.draft import DraftState
from bot.domain.finding import Finding, Severity
from bot.domain.publication import PublicationState, Reason
from handlers.slack.blocks import draw
from handlers.slack.links import SHOWN
from tests.fakes.links import DEAD, SLOW
from tests.slack.cards import card, publication
from tests.slack.test_blocks import assert_slack_takes, button_ids, said

SHORT = "https://bit.ly/3abc"
BEHIND = Destination(Condition.ANSWERS, "www.nhs.uk", "Flu <!channel> *now*")


def linked(url: str, found: Destination | None, trust: Trust = Trust.UNKNOWN) -> DraftCard:
    return card(f"See {url}", links=(LinkCard(url, found, trust),))


def test_a_shortened_link_is_shown_beside_where_it_leads() -> None:
    drawn = draw(linked(SHORT, BEHIND, Trust.HEALTH))
    assert_slack_takes(drawn)
    lines = said(drawn)
    assert "Where its links lead" in lines
    assert f"{SHORT}\n leads to \nwww.nhs.uk\n “Flu <!channel> *now*”" in lines
    assert "(a public health body)" in lines
    assert f"The link {SHORT} leads to www.nhs.uk." in drawn.text
    assert "<!channel>" not in drawn.text


def test_a_title_is_plain_words_in_which_nothing_is_markup() -> None:
    drawn = draw(
        linked("https://a.com", replace(BEHIND, title="<@U0AUTHOR1> ~x~ `y` <http://b|c>"))
    )
    (block,) = [b for b in drawn.blocks if "Where its links" in str(b)]
    (_, entries) = block["elements"]
    kinds = {element["type"] for entry in entries["elements"] for element in entry["elements"]}
    assert kinds == {"text"}


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (DEAD, "answers with an error (404)"),
        (SLOW, "did not answer in time"),
        (Destination(Condition.UNKNOWN, why="names no public site"), "names no public site"),
    ],
)
def test_it_is_said_what_is_wrong_with_a_link(found: Destination, words: str) -> None:
    assert words in said(draw(linked("https://a.com/b", found)))


def test_the_words_for_screen_readers_name_a_dead_link() -> None:
    text = draw(linked("https://gone.org/a", DEAD)).text
    assert "The link https://gone.org/a answers with an error (404)." in text
    assert "The link" not in draw(linked("https://www.nhs.uk/", BEHIND)).text


@pytest.mark.parametrize("trust", Trust)
def test_every_kind_of_site_has_its_words(trust: Trust) -> None:
    assert said(draw(linked(SHORT, BEHIND, trust))).count("(") >= 1


def test_while_somebody_looks_the_card_says_so() -> None:
    waiting = replace(linked(SHORT, None), state=DraftState.DRAFTING)
    drawn = draw(waiting)
    assert "*Checking links*" in said(drawn)
    assert "looking where its links lead" in said(drawn)
    assert "Where its links lead" not in said(drawn)
    assert button_ids(drawn) == ["withdraw"]
    blocked = replace(waiting, findings=(Finding("size:length", Severity.BLOCK, "Too long."),))
    assert "*Needs mending*" in said(draw(blocked))


def test_a_tweet_held_for_a_dead_link_says_what_can_be_done() -> None:
    held = publication(PublicationState.HELD, reason=Reason.DEAD_LINK)
    drawn = draw(replace(linked("https://gone.org/a", DEAD), publication=held))
    assert "It is on hold because one of its links leads nowhere now" in said(drawn)
    assert "*Publish now* sends it all the same" in said(drawn)
    assert "retry" in button_ids(drawn)
    assert_slack_takes(drawn)


def test_more_links_than_a_card_has_room_for_are_counted() -> None:
    many = tuple(LinkCard(f"https://a{n}.com", BEHIND, Trust.OWN) for n in range(SHOWN + 5))
    drawn = draw(card(links=many))
    assert "… and 5 more" in said(drawn)
    assert_slack_takes(drawn)


TEXTS = st.text(max_size=200)
LINKS = st.builds(
    LinkCard,
    TEXTS,
    st.none() | st.builds(Destination, st.sampled_from(Condition), TEXTS, TEXTS, TEXTS),
    st.sampled_from(Trust),
)


@given(st.lists(LINKS, max_size=30), st.text(max_size=9_000))
def test_slack_takes_a_card_whatever_sites_say(links: list[LinkCard], text: str) -> None:
    assert_slack_takes(draw(card(text, links=tuple(links))))
