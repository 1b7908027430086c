"""A few runs of the crash harness, and the proof that it finds a publisher out that is naive."""

from collections.abc import Iterator

import pytest

from tests.crash import steps
from tests.crash.plan import draw
from tests.crash.play import play
from tests.crash.stage import Stage, stage
from tests.crash.steps import Doom, Step
from tests.crash.verdict import Kind

TRIES = 5
"""So many runs at most until the naive publisher must have been found out."""


@pytest.fixture(scope="module")
def ground() -> Iterator[Stage]:
    with stage() as ground:
        yield ground


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_bot_that_is_killed_keeps_its_promise(ground: Stage, seed: int) -> None:
    result = play(ground, draw(seed, 0))
    assert [v.words for v in result.violations] == [], result.log
    assert result.drafts == 5


def test_the_naive_publisher_is_found_out(ground: Stage) -> None:
    runs = (play(ground, draw(1, number), naive=True, within_s=10) for number in range(TRIES))
    assert any(run.count(Kind.DUPLICATE) for run in runs)


def test_dooms_survive_the_way_through_an_environment() -> None:
    dooms = (Doom(Step.CLAIMED, 1), Doom(Step.ANYWHERE, 12))
    assert steps.read({steps.DOOMS: steps.written(dooms)}) == dooms
    assert steps.read({}) == ()


def test_a_run_is_drawn_from_its_seed_alone() -> None:
    assert draw(3, 14) == draw(3, 14)
    assert draw(3, 14) != draw(4, 14)


def test_every_text_of_a_run_is_its_own() -> None:
    drafts = draw(5, 0).drafts
    texts = {text for draft in drafts for parts in draft.versions for text in parts}
    assert len(texts) == sum(len(draft.versions[0]) + 1 for draft in drafts)
