"""Whether two texts say nearly the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.similarity import alike

FLU = "Flu clinics open on Monday at nine. Bring your card, no appointment needed."


@pytest.mark.parametrize(
    "other",
    [
        FLU,
        FLU.upper(),
        FLU.replace(".", " !"),
        f"{FLU} https://example.com/flu",
        FLU.replace("Monday", "Tuesday"),
        FLU.replace(" no appointment needed", ""),
    ],
)
def test_nearly_the_same(other: str) -> None:
    assert alike(FLU, other)


@pytest.mark.parametrize(
    "other",
    [
        "",
        "Flu clinics",
        "How are you sleeping? Tell us what helps you.",
        "The clinic is closed on Monday. Call 111 if you need help at night.",
    ],
)
def test_something_else(other: str) -> None:
    assert not alike(FLU, other)


def test_texts_without_words_are_compared_as_they_are() -> None:
    assert alike("🎉 ", "🎉")
    assert not alike("🎉", "😴")
    assert not alike("🎉", "party")


@given(st.text(max_size=200), st.text(max_size=200))
def test_it_does_not_matter_which_came_first(one: str, other: str) -> None:
    assert alike(one, one)
    if alike(one, other):
        assert alike(one, other) == alike(one.swapcase().swapcase(), other)
