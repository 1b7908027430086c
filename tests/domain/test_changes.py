"""A comparison of two texts loses no character of either."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import changes as module
from bot.domain.changes import Change, Fate, changes

TEXTS = st.text(st.sampled_from("ab .\n#é\u200b"), max_size=30)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_it(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(c.text for c in found if c.fate is not Fate.ADDED) == before
    assert "".join(c.text for c in found if c.fate is not Fate.REMOVED) == after


@given(TEXTS)
def test_in_the_same_text_nothing_changed(text: str) -> None:
    assert {change.fate for change in changes(text, text)} <= {Fate.KEPT}


def test_words_are_compared_and_not_letters() -> None:
    assert changes("Sleep eight hours.", "Sleep seven hours.") == (
        Change(Fate.KEPT, "Sleep "),
        Change(Fate.REMOVED, "eight"),
        Change(Fate.ADDED, "seven"),
        Change(Fate.KEPT, " hours."),
    )


def test_texts_that_are_too_long_for_words_are_compared_by_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST", 10)
    assert changes("One.\nTwo words.\n", "One.\nTwo other words.\n") == (
        Change(Fate.KEPT, "One.\n"),
        Change(Fate.REMOVED, "Two words.\n"),
        Change(Fate.ADDED, "Two other words.\n"),
    )
