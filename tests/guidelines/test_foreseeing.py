"""What is said of pictures before they are here."""

import pytest

from bot.domain.content import Content, Part, Poll
from bot.domain.media import MOST, PHOTOS
from bot.guidelines.fields import FormField, field_problems
from bot.guidelines.foreseeing import foreseen

THREAD = Content("clinic", (Part("One."), Part("Two."), Part("Three.", poll=Poll(("A", "B"), 60))))


def said(*parts: int) -> list[tuple[FormField, int]]:
    return [(one.field, one.part) for one in field_problems(foreseen(THREAD, parts))]


@pytest.mark.parametrize("parts", [(), (0,) * PHOTOS, (0, 0, 1, 1), (1,) * PHOTOS])
def test_a_few_in_each_part_are_fine(parts: tuple[int, ...]) -> None:
    assert said(*parts) == []


def test_too_many_in_a_part_are_said_there() -> None:
    assert said(*[1] * (PHOTOS + 1), 0) == [(FormField.PICTURES, 1)]


def test_a_part_with_a_poll_has_none() -> None:
    assert said(0, 2) == [(FormField.POLL_OPTIONS, 2)]


def test_the_last_part_hears_that_all_together_are_too_many() -> None:
    thread = Content("clinic", tuple(Part(str(n)) for n in range(5)))
    parts = [n % 5 for n in range(MOST + 1)]
    (problem,) = field_problems(foreseen(thread, parts))
    assert (problem.field, problem.part) == (FormField.PICTURES, 4)
    assert f"may have {MOST} pictures, this one has {MOST + 1}" in problem.words
