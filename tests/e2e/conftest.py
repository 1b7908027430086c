"""Towns: one that all stories share, one for each module, and one of one's own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.town import Town, policy_with, town_in

Found = Callable[..., Town]


@pytest.fixture(scope="session")
def _session_town(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town_in(tmp_path_factory.mktemp("shared"), migrated, policy_with()) as town:
        yield town


@pytest.fixture
def shared(_session_town: Town) -> Iterator[Town]:
    """A town at work that stories share which leave it as they found it."""
    yield from _visited(_session_town)


@pytest.fixture(scope="module")
def _module_town(
    request: pytest.FixtureRequest, migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    policy = getattr(request.module, "POLICY", policy_with())
    with town_in(tmp_path_factory.mktemp("module"), migrated, policy) as town:
        yield town


@pytest.fixture
def town(_module_town: Town) -> Iterator[Town]:
    """A town at work, with its module's POLICY, whose bot may be stopped and started."""
    yield from _visited(_module_town)


@pytest.fixture
def found(migrated: Path, tmp_path: Path) -> Iterator[Found]:
    """Found a town of one's own, with its environment; it is at work already."""
    with ExitStack() as held:

        def found_one(policy: str | None = None, **environment: str) -> Town:
            making = town_in(tmp_path, migrated, policy or policy_with(), **environment)
            town = held.enter_context(making)
            held.callback(town.check_discretion)
            town.open()
            return town

        yield found_one


def _visited(town: Town) -> Iterator[Town]:
    """A town at work, nothing wrong with it; afterwards, nothing private is in its log."""
    town.mend()
    if not town.at_work:
        town.open()
    yield town
    town.mend()
    town.check_discretion()
