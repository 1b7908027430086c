# ruff: noqa: RUF001 - characters that look alike are what this is about
import unicodedata

import pytest
from hypothesis import given

from bot.domain.marks import Mark, invisible, visible
from tests.domain.texts import texts

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
WALES = "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"

UNSEEN = {
    "\u200b": "ZERO WIDTH SPACE",
    "\u200c": "ZERO WIDTH NON-JOINER",
    "\u200d": "ZERO WIDTH JOINER",
    "\u2060": "WORD JOINER",
    "\u2063": "INVISIBLE SEPARATOR",
    "\u200e": "LEFT-TO-RIGHT MARK",
    "\u200f": "RIGHT-TO-LEFT MARK",
    "\u061c": "ARABIC LETTER MARK",
    "\u202a": "LEFT-TO-RIGHT EMBEDDING",
    "\u202e": "RIGHT-TO-LEFT OVERRIDE",
    "\u2066": "LEFT-TO-RIGHT ISOLATE",
    "\u2069": "POP DIRECTIONAL ISOLATE",
    "\u00ad": "SOFT HYPHEN",
    "\u034f": "COMBINING GRAPHEME JOINER",
    "\u115f": "HANGUL CHOSEONG FILLER",
    "\u3164": "HANGUL FILLER",
    "\uffa0": "HALFWIDTH HANGUL FILLER",
    "\u2800": "BRAILLE PATTERN BLANK",
    "\u17b4": "KHMER VOWEL INHERENT AQ",
    "\u180e": "MONGOLIAN VOWEL SEPARATOR",
    "\ufe0e": "VARIATION SELECTOR-15",
    "\ufe0f": "VARIATION SELECTOR-16",
    "\U000e0100": "VARIATION SELECTOR-17",
    "\u180b": "MONGOLIAN FREE VARIATION SELECTOR ONE",
    "\U000e0041": "TAG LATIN CAPITAL LETTER A",
    "\U000e0001": "LANGUAGE TAG",
    "\ufffc": "OBJECT REPLACEMENT CHARACTER",
    "\ufff9": "INTERLINEAR ANNOTATION ANCHOR",
    "\u2028": "LINE SEPARATOR",
    "\u2029": "PARAGRAPH SEPARATOR",
    "\ufeff": "ZERO WIDTH NO-BREAK SPACE",
    "\ufffe": "NONCHARACTER",
    "\uffff": "NONCHARACTER",
    "\ufdd0": "NONCHARACTER",
    "\U0010ffff": "NONCHARACTER",
    "\0": "CONTROL CHARACTER",
    "\r": "CONTROL CHARACTER",
    "\x1b": "CONTROL CHARACTER",
    "\x7f": "CONTROL CHARACTER",
    "\x85": "CONTROL CHARACTER",
    "\ud800": "LONE SURROGATE",
    "\ue000": "PRIVATE USE",
    "\U00050000": "UNASSIGNED",
}

SEEN = {
    "plain": "Flu jabs, 9–5:\n\t“free” – for all…",
    "accents": "Cafe\u0301 Zo\u00eb",
    "spaces everybody sees": "a\u00a0b\u2009c\u202fd\u3000e",
    "joined emoji": "👨‍👩‍👧‍👦 👩🏽‍⚕️ ❤️‍🔥 🏳️‍🌈",
    "keycap": "1️⃣ #⃣",
    "coloured and plain style": "❤️ ❤\ufe0e ©\ufe0f ☎\ufe0e",
    "flags": f"🇩🇪 {ENGLAND}{SCOTLAND}{WALES}",
    "emoji newer than Python 3.11": "\U0001fae9 \U0001fae8",
    "Persian plural": "کتاب\u200cها",
    "Persian verb": "می\u200cخواهم",
    "Persian, a vowel mark between": "می\u064e\u200cخواهم",
    "Arabic abbreviation": "سنة 1445 ه\u200d",
    "a joined form in front": "\u200dه",
    "Sinhala": "ශ්\u200dරී",
    "Hindi half form": "क्\u200dष",
    "Hindi with nukta": "क़्\u200dष",
    "Hindi without ligature": "क्\u200cष",
    "Malayalam chillu at the end": "ന്\u200d",
    "Bengali ya-phalaa": "র\u200d্যাম",
    "direction in right-to-left text": "اللغة C++\u200e ممتازة (\u200f1\u200f) \u061c2",
    "Hebrew": "שלום!\u200f hi",
    "ideograph's form": "葛\U000e0100城",
    "Mongolian form": "ᠠ\u180b ᠠ\u180e",
    "Arabic number sign": "\u0600123 \u06dd",
    "replacement character": "\ufffd",
}

MARKED = {
    "joiners between Latin letters": ("a\u200db\u200cc", 2),
    "joiner at an end of a text": ("\u200da\u200d", 2),
    "joiner left over from an emoji": ("👨\u200d", 1),
    "joiners in a family that is none": ("👨‍👨‍👨", 2),
    "selector behind a letter": ("x\ufe0f", 1),
    "selector behind a digit": ("1\ufe0f", 1),
    "text style behind a letter": ("x\ufe0e", 1),
    "text style behind nothing": ("\ufe0e", 1),
    "second selector": ("❤\ufe0f\ufe0e", 1),
    "ideograph's form behind a letter": ("x\U000e0100", 1),
    "ideograph's form behind kana": ("あ\U000e0100", 1),
    "hidden bytes behind an emoji": ("😀\U000e0101\U000e0102\U000e0103", 3),
    "Mongolian form behind kana": ("あ\u180b", 1),
    "tags without a flag": ("\U000e0068\U000e0069", 2),
    "tags of no known flag": ("🏴\U000e0067\U000e0062\U000e007f", 3),
    "tags behind a flag": (f"{ENGLAND}\U000e0068", 1),
    "Persian joiner where nothing joins": ("کار\u200cها", 1),
    "Persian joiner at a word's end": ("می\u200c ", 1),
    "Arabic joiner where all join anyway": ("ب\u200dب", 1),
    "Hindi joiner before a vowel sign": ("क्\u200dि", 1),
    "Hindi non-joiner at the end": ("क्\u200c", 1),
    "Hindi joiner without a virama": ("क\u200dष", 1),
    "virama without a letter": ("्\u200dष", 1),
    "direction in left-to-right text": ("a\u200eb", 1),
    "direction in another line": ("שלום\na\u200eb", 1),
    "direction twice": ("שלום\u200e\u200f", 1),
    "override in right-to-left text": ("שלום\u202eabc\u202c", 2),
}


@pytest.mark.parametrize("character", UNSEEN, ids=ascii)
def test_names_what_cannot_be_seen(character: str) -> None:
    assert invisible(f"a{character}b") == (Mark(1, 2, UNSEEN[character]),)
    assert visible(f"a{character}b") == f"a⟦U+{ord(character):04X} {UNSEEN[character]}⟧b"


@pytest.mark.parametrize("text", SEEN.values(), ids=SEEN.keys())
def test_leaves_alone_what_readers_see(text: str) -> None:
    assert invisible(text) == ()
    assert visible(text) == text


@pytest.mark.parametrize(("text", "count"), MARKED.values(), ids=MARKED.keys())
def test_marks_what_serves_no_reader(text: str, count: int) -> None:
    assert sum(mark.end - mark.start for mark in invisible(text)) == count


def test_a_repeated_character_is_one_mark() -> None:
    assert invisible("a\u200b\u200b\u200bb\u200b") == (
        Mark(1, 4, "ZERO WIDTH SPACE"),
        Mark(5, 6, "ZERO WIDTH SPACE"),
    )
    assert visible("\u200b\u200b") == "⟦U+200B ZERO WIDTH SPACE \u00d72⟧"


def test_places_count_from_the_start_of_the_whole_text() -> None:
    assert invisible("one\ntwo\u200b\n\u200bthree") == (
        Mark(7, 8, "ZERO WIDTH SPACE"),
        Mark(9, 10, "ZERO WIDTH SPACE"),
    )


@given(texts)
def test_a_text_made_visible_has_no_marks(text: str) -> None:
    assert invisible(visible(text)) == ()
    visible(text).encode()


@given(texts)
def test_only_marks_change(text: str) -> None:
    marks = invisible(text)
    assert (visible(text) == text) is (not marks)
    at = 0
    for mark in marks:
        assert at <= mark.start < mark.end <= len(text)
        assert len(set(text[mark.start : mark.end])) == 1
        at = mark.end


@given(texts)
def test_what_prints_in_every_script_is_no_mark(text: str) -> None:
    letters = "".join(c for c in text if unicodedata.category(c) in {"Lu", "Ll", "Nd", "Po", "Zs"})
    assert invisible(letters) == ()
