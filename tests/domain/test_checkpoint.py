"""A checkpoint is a line that can be kept anywhere and read again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkpoint import Checkpoint, Head, checkpoints_in
from tests.conftest import START

CHECKPOINT = Checkpoint(Head(12, "a" * 64, START), "k" * 43, "s" * 86)


def test_a_line_can_be_checked_by_hand() -> None:
    """The form is a promise to whoever keeps old lines."""
    assert CHECKPOINT.line == (
        f"countersign-checkpoint/1 entry=12 head={'a' * 64} at=2026-03-02T09:00:00Z "
        f"key={'k' * 43} signature={'s' * 86}"
    )


@given(st.text(st.characters(exclude_characters="-_"), max_size=40))
def test_it_is_found_whatever_stands_around_it(around: str) -> None:
    assert checkpoints_in(f"{around}`{CHECKPOINT.line}` {around}") == (CHECKPOINT,)


def test_line_breaks_of_a_mail_do_no_harm() -> None:
    assert checkpoints_in(CHECKPOINT.line.replace(" ", "\n  ")) == (CHECKPOINT,)


def test_several_are_found() -> None:
    later = replace(CHECKPOINT, head=Head(13, "b" * 64, START + timedelta(days=1)))
    assert checkpoints_in(f"{CHECKPOINT.line}\nand\n{later.line}") == (CHECKPOINT, later)


@pytest.mark.parametrize("length", range(30, len(CHECKPOINT.line), 10))
def test_half_a_checkpoint_is_not_passed_over(length: int) -> None:
    with pytest.raises(ValueError, match="from the first word to the last"):
        checkpoints_in(f"{CHECKPOINT.line} {CHECKPOINT.line[:length]}")


def test_a_moment_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        checkpoints_in(CHECKPOINT.line.replace("2026-03", "2026-13"))


def test_where_there_is_none_none_is_found() -> None:
    assert checkpoints_in("entry=12") == ()
