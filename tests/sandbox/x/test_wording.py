"""What X makes of a text, and what a reader sees of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.x import length, links
from bot.sandbox.x.wording import shortened, worded

TEXTS = st.lists(
    st.sampled_from(["word", "&amp;", "<b>", "a & b", "www.example.com/a/long/path/to/it", "e.org"])
    | st.text(max_size=8)
).map(" ".join)


@given(TEXTS)
def test_entities_point_at_their_links_in_the_escaped_text(text: str) -> None:
    wording = worded(text, 1)
    assert len(wording.links) == len(links.find(text))
    for link in wording.links:
        assert wording.text[link.start : link.end] == link.url
        assert re.fullmatch("https://t.co/[A-Za-z0-9]{10}", link.url)


@given(TEXTS)
def test_undoing_it_gives_back_the_text(text: str) -> None:
    wording, undone, at = worded(text, 1), "", 0
    for link, span in zip(wording.links, links.find(text), strict=True):
        before = wording.text[at : link.start]
        expanded = link.expanded_url.removeprefix("http://") if span.bare else link.expanded_url
        undone += unescaped(before) + expanded
        at = link.end
    assert undone + unescaped(wording.text[at:]) == text


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@given(st.text())
def test_a_reader_sees_a_text_without_links_as_it_was_written(text: str) -> None:
    if not links.find(text):
        assert worded(text, 1).shown() == text


def test_only_three_characters_are_escaped() -> None:
    assert worded("\"quotes\" 'and' <tags> &amp; more", 1).text == (
        "\"quotes\" 'and' &lt;tags&gt; &amp;amp; more"
    )


@pytest.mark.parametrize(
    ("url", "expanded", "shown"),
    [
        ("example.com", "http://example.com", "example.com"),
        ("https://www.example.com/", "https://www.example.com/", "example.com"),
        ("https://e.org/a/b", "https://e.org/a/b", "e.org/a/b"),
        (
            "https://e.org/en/docs/twitter-api",
            "https://e.org/en/docs/twitter-api",
            "e.org/en/docs/twitte\u2026",
        ),
    ],
)
def test_links_expand_and_are_shown_short(url: str, expanded: str, shown: str) -> None:
    wording = worded(f"see {url}", 1)
    assert wording.links[0].expanded_url == expanded
    assert wording.shown() == f"see {shown}"


def test_a_link_twice_in_a_tweet_is_one_short_link_and_another_in_another_tweet() -> None:
    first, second = worded("e.org e.org", 1).links
    assert first.url == second.url != worded("e.org", 2).links[0].url


@pytest.mark.parametrize(
    "text", ["word " * 100, "\u4e2d" * 400, "https://e.org/a " * 20, "\u2026" * 300]
)
def test_a_long_text_is_cut_to_what_a_tweet_holds(text: str) -> None:
    wording = shortened(text, 1)
    assert length.weighted(wording.text) <= length.LIMIT
    assert wording.links[-1].expanded_url == "https://x.com/i/web/status/1"
    for link in wording.links:
        assert wording.text[link.start : link.end] == link.url
