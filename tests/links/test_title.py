"""What a page calls itself: short, plain, and found in whatever a server sends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.destination import TITLE, Condition, Destination, bounded
from bot.links.title import title_of


@pytest.mark.parametrize(
    ("body", "charset", "title"),
    [
        (b"<html><head><TITLE lang='en'>Flu &amp; you</title>", "utf-8", "Flu & you"),
        (b"<title>One</title><title>Two</title>", "utf-8", "One"),
        ("<title>Übung</title>".encode("latin-1"), "iso-8859-1", "Übung"),
        ("<title>Übung</title>".encode(), "no-such-charset", "Übung"),
        (b"<title>cut", "utf-8", "cut"),
        (b"<title>\xff</title>", "utf-8", "\ufffd"),
        (b"<title>a</title>", "hex", "a"),
        (b"no title", "utf-8", ""),
        (b"", "utf-8", ""),
    ],
)
def test_the_title_of_a_page(body: bytes, charset: str, title: str) -> None:
    assert title_of(body, charset) == title


@given(st.text())
def test_a_title_is_kept_on_one_short_line_that_hides_nothing(text: str) -> None:
    title = bounded(Destination(Condition.ANSWERS, title=text)).title
    assert len(title) <= TITLE
    assert title.isprintable()


def test_a_title_cannot_turn_the_words_around_it() -> None:
    said = "Safe\u202e gnp.exe\u200b\n\x00 page"
    assert bounded(Destination(Condition.ANSWERS, title=said)).title == "Safe gnp.exe page"


@given(st.binary(max_size=400), st.text(max_size=12))
def test_no_body_and_no_charset_breaks_it(body: bytes, charset: str) -> None:
    assert isinstance(title_of(b"<title>" + body, charset), str)
