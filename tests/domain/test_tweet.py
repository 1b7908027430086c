# ruff: noqa: RUF001 - characters that look alike are what this is about
import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from bot.domain.tweet import LIMIT, Length, links, measure, normalise, weighted_length
from tests.domain.texts import texts

FAMILY = "👨‍👩‍👧‍👦"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

# twitter-text v3's configuration and rules, and what X's "Counting characters" says of them
WEIGHTS = {
    "": 0,
    "Flu jabs": 8,
    "é": 1,
    "e\u0301": 1,
    "اب": 2,
    "\u10ff": 1,
    "\u1100": 2,
    "\u2000\u200a\u200b\u200c\u200d": 5,
    "\u200e": 2,
    "\u200f": 2,
    "\u2010\u2013\u2014\u2018\u2019\u201c\u201d\u201f": 8,
    "\u2020\u2022\u2026": 6,
    "\u2031": 2,
    "\u2032\u2037": 2,
    "\u2038": 2,
    "→": 2,
    "€": 2,
    "™": 2,
    "©®": 4,
    "©\ufe0f": 2,
    "漢字": 4,
    "한": 2,
    "\u1112\u1161\u11ab": 2,
    "𝒳": 2,
    "\ud800": 2,
    "a\nb": 3,
    # emoji
    "😀": 2,
    "❤": 2,
    "❤️": 2,
    "❤\ufe0e": 4,
    "❤️\ufe0f": 4,
    "👍🏽": 2,
    "🚗🏽": 4,
    "🏽": 2,
    FAMILY: 2,
    "👩🏽‍⚕️": 2,
    "🧑🏻‍🤝‍🧑🏿": 2,
    "❤️‍🔥": 2,
    "👨‍👨‍👨": 8,
    "👨‍": 3,
    "‍👨": 3,
    "👨‍\ufe0f": 5,
    "🇩🇪": 2,
    "🇩🇪🇫🇷": 4,
    "🇽🇽": 4,
    "🇩": 2,
    "x🇩🇪": 3,
    "1️⃣": 2,
    "1⃣": 2,
    "1️": 3,
    "#️⃣ 42": 5,
    ENGLAND: 2,
    "🏴\U000e0067": 4,
    "\ufe0f🏽": 4,
    "🧑‍⚕️🙋🏽✅": 6,
    # links
    "example.com": 23,
    "http://example.com": 23,
    "https://www.twitter.com/aloha/with/a/long/path?and=a&query=too#fragment": 23,
    "example.com example.com": 47,
    "日本example.com": 27,
    "example.com/日本": 27,
    "a@example.com": 13,
    "-example.com": 12,
    "http://127.0.0.1": 16,
    "http://localhost/a": 18,
    "example.com?x=1": 27,
    "example.com/1⃣": 25,
    "😀https://t.co/abc😀": 27,
}


@pytest.mark.parametrize("text", WEIGHTS, ids=ascii)
def test_weighs_as_x_does(text: str) -> None:
    assert weighted_length(text) == WEIGHTS[text]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", Length(0, valid=False, fits=0)),
        ("x", Length(1, valid=True, fits=1)),
        ("x" * 280, Length(280, valid=True, fits=280)),
        ("x" * 281, Length(281, valid=False, fits=280)),
        ("漢" * 141, Length(282, valid=False, fits=140)),
        ("x" * 279 + "漢", Length(281, valid=False, fits=279)),
        ("x" * 279 + FAMILY, Length(281, valid=False, fits=279)),
        (FAMILY * 140 + "x", Length(281, valid=False, fits=140 * len(FAMILY))),
        ("x" * 256 + " example.com/a", Length(280, valid=True, fits=270)),
        ("x" * 257 + " example.com/a", Length(281, valid=False, fits=258)),
        ("example.com/a " + "x" * 257, Length(281, valid=False, fits=270)),
        ("ab\ufffec", Length(5, valid=False, fits=2)),
        ("ab\ufeffc", Length(5, valid=False, fits=2)),
        ("ab\uffffc", Length(5, valid=False, fits=2)),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_measures_what_fits(text: str, length: Length) -> None:
    assert measure(text) == length


def test_accounts_with_long_posts_have_another_limit() -> None:
    assert measure("x" * 25_000, limit=25_000).valid
    assert not measure("x" * 25_001, limit=25_000).valid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" \n text \u3000\n", "text"),
        ("a\r\nb\rc\n\nd", "a\nb\nc\n\nd"),
        ("two  spaces\tinside", "two  spaces\tinside"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("zero\u200bwidth\u200b", "zero\u200bwidth\u200b"),
        ("lone \ud800", "lone \ud800"),
    ],
    ids=ascii,
)
def test_normalises_without_changing_what_was_meant(typed: str, kept: str) -> None:
    assert normalise(typed) == kept


# --- the conformance suite of twitter-text ---

REFERENCE = os.environ.get("COUNTERSIGN_REFERENCE")

COUNTED_WITHOUT_EMOJI = {
    "Count a mix of single byte single word, and double word unicode characters": (
        "a family of four counts 11 there, 2 with emoji parsing"
    ),
    "Count unicode emoji chars outside the basic multilingual plane with skin tone modifiers": (
        "a skin tone counts 2 more there, a joined occupation 3 more"
    ),
}
"""Cases of the group that assumes emoji parsing off which differ where it is on, as it is at X."""


def conformance(group: str) -> list[dict[str, Any]]:
    """Return the cases of a group of twitter-text's validate.yml."""
    if REFERENCE is None:
        pytest.skip("COUNTERSIGN_REFERENCE names no folder with data/twitter-text/validate.yml")
    path = Path(REFERENCE, "data", "twitter-text", "validate.yml")
    cases: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["tests"][group]
    return cases


def utf16(text: str) -> int:
    """Return the length in UTF-16 units, which the suite's ranges count in."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parsed(text: str) -> dict[str, int | bool]:
    """Return our measure in the suite's terms: inclusive ends, of the text before NFC."""
    length = measure(text)
    kept = unicodedata.normalize("NFC", text)
    return {
        "weightedLength": length.weighted,
        "valid": length.valid,
        "permillage": length.weighted * 1000 // LIMIT,
        "displayRangeStart": 0,
        "displayRangeEnd": utf16(text) - 1,
        "validRangeStart": 0,
        "validRangeEnd": utf16(kept[: length.fits]) - 1 + utf16(text) - utf16(kept),
    }


@pytest.mark.reference
@pytest.mark.parametrize(
    ("group", "count"),
    [
        ("WeightedTweetsWithDiscountedEmojiCounterTest", 22),
        ("UnicodeDirectionalMarkerCounterTest", 2),
        ("WeightedTweetsCounterTest", 20),
    ],
)
def test_conforms_to_twitter_text(group: str, count: int) -> None:
    cases = conformance(group)
    assert len(cases) == count
    excepted = COUNTED_WITHOUT_EMOJI if group == "WeightedTweetsCounterTest" else {}
    wrong = {
        case["description"]: parsed(case["text"])
        for case in cases
        if parsed(case["text"]) != case["expected"]
    }
    assert {name: found for name, found in wrong.items() if name not in excepted} == {}
    assert wrong.keys() == excepted.keys()


# --- properties ---


@given(texts)
def test_normal_form_does_not_matter(text: str) -> None:
    weights = {weighted_length(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert weights == {weighted_length(text)}


@given(texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "\r" not in once


@given(texts, texts)
def test_lines_add_up(one: str, other: str) -> None:
    together = weighted_length(f"{one}\n{other}")
    assert together == weighted_length(one) + weighted_length("\n" + other)


@given(texts)
def test_a_weight_has_bounds(text: str) -> None:
    kept = unicodedata.normalize("NFC", text)
    assert 0 <= weighted_length(text) <= 2 * len(kept) + 23 * len(links(kept))
    assert (weighted_length(text) == 0) is (kept == "")


@given(texts)
def test_everything_fits_exactly_where_it_is_valid(text: str) -> None:
    kept = unicodedata.normalize("NFC", text)
    length = measure(text)
    assert length.weighted == weighted_length(text)
    assert length.valid is (
        0 < length.weighted <= LIMIT and not {"\ufffe", "\ufeff", "\uffff"} & set(kept)
    )
    assert (length.fits == len(kept)) is (length.valid or not kept)


@given(texts)
def test_the_slow_way_weighs_the_same(text: str) -> None:
    """What fits is found unit by unit, and their weights must add up to the quick count."""
    if {"\ufffe", "\ufeff", "\uffff"} & set(text):
        return
    length = measure(text, limit=weighted_length(text) - 1)
    assert length.fits < len(unicodedata.normalize("NFC", text)) or text == ""
    assert measure(text, limit=length.weighted).fits == len(unicodedata.normalize("NFC", text))
