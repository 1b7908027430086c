"""Whatever people, X, time and crashes do: only what was approved goes out, once, and on time."""

from pathlib import Path

import pytest

from tests.simulator.run import STEPS, run_many

SEEDS = range(20)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_unapproved_late_or_twice_goes_out(
    seed: int, migrated: Path, tmp_path: Path
) -> None:
    run_many(seed, STEPS // len(SEEDS), migrated, tmp_path)
