"""Weighted length and links, by the rules that twitter-text publishes."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.x import length, links

RUSSIAN = "\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444"
PIECES = [*"ab.-_/:@ ()?#$", "\u4e2d", "\u00e9", "\U0001f389", ".com", "http://", "e.org"]


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in links.find(text)]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("hello", 5),
        ("caf\u00e9", 4),
        ("cafe\u0301", 4),
        ("\u4e2d\u6587", 4),
        ("\u201cquoted\u201d \u2013 dash", 15),
        ("\u2026\u2022\u2192\u20ac\u2122\u200e", 12),
        ("\u00a9\u00ae", 4),
        ("\U0001f389", 2),
        ("\U0001f469\U0001f3fd\u200d\u2695\ufe0f", 2),
        ("\U0001f1e9\U0001f1ea", 2),
        ("1\ufe0f\u20e3 1", 4),
        ("a\r\nb", 4),
        ("\u4e2d\u6587example.com", 27),
        ("example.com/\u4e2d\u6587", 27),
        ("see https://example.com/" + "x" * 300, 27),
    ],
)
def test_weights(text: str, weight: int) -> None:
    assert length.weighted(text) == weight


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("example.com", ["example.com"]),
        ("EXAMPLE.COM/A, b.org!", ["EXAMPLE.COM/A", "b.org"]),
        ("http://a.b.example.co.uk:8080/x?y=1#z.", ["http://a.b.example.co.uk:8080/x?y=1#z"]),
        ("(see http://e.org/wiki/A_(b)_c).", ["http://e.org/wiki/A_(b)_c"]),
        ("http://e.org/a_(b_(c)_d)", ["http://e.org/a_(b_(c)_d)"]),
        ("http://e.org/(((", ["http://e.org/"]),
        ("http://\u4e2d\u6587.com/x", ["http://\u4e2d\u6587.com/x"]),
        ("\u4e2d\u6587.com", []),
        (f"http://{RUSSIAN}", [f"http://{RUSSIAN}"]),
        ("example.com\u4e2dexample.org/a", ["example.com", "example.org/a"]),
        ("#\u4e2dexample.com", ["example.com"]),
        ("example.com?a=b.org", ["example.com"]),
        ("example.com:80", ["example.com"]),
        ("example.com:80/?a=b", ["example.com:80/?a=b"]),
        ("http://example.com?a=b", ["http://example.com?a=b"]),
        ("\u00f6sterreich.at", ["\u00f6sterreich.at"]),
        ("example.com? Yes", ["example.com"]),
        (
            "https://example.com/\u0442\u0435\u043a\u0441\u0442",
            ["https://example.com/\u0442\u0435\u043a\u0441\u0442"],
        ),
        ("http://a_b.example.com", ["http://a_b.example.com"]),
        ("notes.md", ["notes.md"]),
        ("https://t.co/abcdefg/more", ["https://t.co/abcdefg"]),
        ("https://t.co/" + "a" * 41, []),
        ('"example.com"', ["example.com"]),
    ],
)
def test_links(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("a@example.com", "@example.com", "$example.com", "#example.com", "-example.com"),
        *("_example.com", "/example.com", "xhttp://example.com", "example.com@b", "example.coma"),
        *("1.2.3.4", "localhost", "http://localhost/x", "e.g. this", "this.That other", "..."),
        *("http://a_b.com", "http://-a.com", "http://" + "a" * 64 + ".com", "a" * 64 + ".com"),
        *("\u4e2d" * 63 + ".com", "http://e.org/" + "x" * 4090, "\ufeffexample.com"),
    ],
)
def test_what_is_no_link(text: str) -> None:
    assert found(text) == []


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_links_stand_in_the_text_in_order_and_apart(text: str) -> None:
    at = 0
    for span in links.find(text):
        assert at <= span.start < span.end <= len(text)
        assert span.bare != text[span.start : span.end].lower().startswith(("http://", "https://"))
        at = span.end


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_longer_text_of_words_weighs_as_much_as_its_words(one: str, other: str) -> None:
    apart = length.weighted(one + " ") + length.weighted(" " + other) - 1
    assert length.weighted(f"{one} {other}") == apart


HOSTILE = ["a.", "\u4e2d.", "a.com", "http://a.com/(", "-a.", "a.\u4e2d", "a_", "a.com.-", "b.c/?"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_are_counted_quickly(piece: str) -> None:
    began = time.process_time()
    length.weighted(piece * (100_000 // len(piece)))
    assert time.process_time() - began < 5


def reference() -> dict[str, Any]:
    folder = os.environ.get("COUNTERSIGN_REFERENCE")
    if not folder:
        pytest.skip("COUNTERSIGN_REFERENCE is not set: twitter-text's conformance data is not here")
    text = (Path(folder) / "data/twitter-text/validate.yml").read_text(encoding="utf-8")
    tests: dict[str, Any] = yaml.safe_load(text)["tests"]
    return tests


EMOJI_PARSING_OFF = {
    "Count a mix of single byte single word, and double word unicode characters",
    "Count unicode emoji chars outside the basic multilingual plane with skin tone modifiers",
}


@pytest.mark.reference
def test_the_published_conformance_cases_hold() -> None:
    cases = reference()
    checked = 0
    for group in (
        "WeightedTweetsCounterTest",
        "WeightedTweetsWithDiscountedEmojiCounterTest",
        "UnicodeDirectionalMarkerCounterTest",
    ):
        for case in cases[group]:
            if group == "WeightedTweetsCounterTest" and case["description"] in EMOJI_PARSING_OFF:
                continue
            expected = case["expected"]["weightedLength"]
            assert length.weighted(case["text"]) == expected, case["description"]
            checked += 1
    assert checked == 42
