"""The normalised form: nothing hides in it, and every place leads back to the original."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from bot.guidelines.privacy import private_spans
from bot.guidelines.privacy.folding import fold, straight

TEXT = "Lost: MRN 4471902, and Kevin Marsh was admitted"
TRACELESS = ("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\ufe0f")


@given(st.text())
def test_places_never_run_backwards_and_stay_inside(text: str) -> None:
    folded = fold(text)
    assert len(folded.places) == len(folded.text)
    assert list(folded.places) == sorted(folded.places)
    assert all(0 <= place < len(text) for place in folded.places)
    assert len(straight(text)) == len(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert fold(text).text == text == straight(text)


@given(st.text())
@example("\U0001d7d2" * 9)
@example("ﷺ" * 40)
def test_spans_are_places_of_the_original_and_do_not_overlap(text: str) -> None:
    spans = private_spans(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.sampled_from(TRACELESS)), max_size=8))
def test_what_leaves_no_trace_hides_nothing(marks: list[tuple[int, str]]) -> None:
    text = TEXT
    for at, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    seen = {fold(text[span.start : span.end]).text for span in private_spans(text)}
    assert seen == {"4471902", "Kevin Marsh"}


def styled(text: str, small: int, capital: int, digit: int) -> str:
    def change(character: str) -> str:
        if character.isdecimal():
            return chr(digit + ord(character) - ord("0"))
        if "a" <= character <= "z":
            return chr(small + ord(character) - ord("a"))
        return chr(capital + ord(character) - ord("A")) if character.isalpha() else character

    return "".join(map(change, text))


def test_styled_letters_and_digits_hide_nothing() -> None:
    for form in ((0x1D5EE, 0x1D5D4, 0x1D7EC), (0xFF41, 0xFF21, 0xFF10)):
        assert len(private_spans(styled(TEXT, *form))) == 2
