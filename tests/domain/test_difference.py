"""What changed, word by word: nothing is lost and nothing is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.difference import MOST, Change, Run, word_diff

TEXTS = st.lists(
    st.sampled_from(["flu", "jabs", "start", "on", "Monday", " ", " ", "\n---\n", ".", "é", "👩‍⚕️"]),
    max_size=40,
).map("".join) | st.text(max_size=60)


def side(runs: tuple[Run, ...], gone: Change) -> str:
    return "".join(run.text for run in runs if run.change is not gone)


@given(TEXTS, TEXTS)
def test_the_stretches_make_up_both_texts(before: str, after: str) -> None:
    runs = word_diff(before, after)
    if before == after:
        assert runs == ()
    else:
        assert (side(runs, Change.ADDED), side(runs, Change.REMOVED)) == (before, after)
        assert all(run.text for run in runs)
        assert any(run.change is not Change.KEPT for run in runs)


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("Start on Monday.", "Start on Tuesday.", ["Monday"], ["Tuesday"]),
        ("Two doses.", "Two doses daily.", [], [" daily"]),
        ("Take it now.", "Take it.", [" now"], []),
        ("10 mg", "100 mg", ["10"], ["100"]),
        ("", "New", [], ["New"]),
    ],
)
def test_whole_words_change(before: str, after: str, gone: list[str], new: list[str]) -> None:
    runs = word_diff(before, after)
    assert [run.text for run in runs if run.change is Change.REMOVED] == gone
    assert [run.text for run in runs if run.change is Change.ADDED] == new


def test_what_is_too_long_to_compare_is_one_for_the_other() -> None:
    before, after = "a " * MOST, "b " * MOST
    assert word_diff(before, after)[:2] == (
        Run(Change.REMOVED, before.rstrip()),
        Run(Change.ADDED, after.rstrip()),
    )
