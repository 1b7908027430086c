"""The simulator is worth something: it finds every bug that is put into the core on purpose."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.simulator.bugs import BUGS, Patch
from tests.simulator.run import WorldError, run_many

BUDGET = 10_000
"""Steps in which a bug must be found, by default those of one test run."""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("bug", BUGS, ids=[bug.__name__ for bug in BUGS])
def test_a_bug_is_found(
    bug: Callable[[Patch], None], migrated: Path, tmp_path: Path, monkeypatch: Patch
) -> None:
    bug(monkeypatch)
    with pytest.raises(WorldError):
        run_many(0, BUDGET, migrated, tmp_path)
