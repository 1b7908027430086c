"""The simulator is worth something: it finds every bug that is put into the core on purpose."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.simulator.bugs import BUGS, Patch
from tests.simulator.run import WorldError, run, run_many

BUDGET = 10_000
"""Steps in which a bug must be found, by default those of one test run."""


def search(seed: int, steps: int, empty: Path, folder: Path) -> None:
    """Look where it showed last, and then everywhere."""
    run(seed, steps, Path(shutil.copy(empty, folder / "where-it-showed.db")))
    run_many(0, BUDGET, empty, folder)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("bug", BUGS, ids=[bug.__name__ for bug in BUGS])
def test_a_bug_is_found(
    bug: Callable[[Patch], None], migrated: Path, tmp_path: Path, monkeypatch: Patch
) -> None:
    bug(monkeypatch)
    with pytest.raises(WorldError):
        search(*BUGS[bug], migrated, tmp_path)
