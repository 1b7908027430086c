"""Towns: one that many stories share, and one of one's own for stories that break things."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest

from bot.sandbox.server import running
from tests.e2e.town import Town, policy_with, town_at

Found = Callable[..., Town]


@pytest.fixture
def found(migrated: Path, tmp_path: Path) -> Iterator[Found]:
    """Found a town of one's own; its bot is not started yet."""
    with ExitStack() as held:
        address = held.enter_context(running())

        def found_one(policy: str | None = None, **waits: object) -> Town:
            making: AbstractContextManager[Town]
            making = town_at(address, tmp_path, migrated, policy_with(policy, **waits))
            town = held.enter_context(making)
            held.callback(town.check_discretion)
            return town

        yield found_one


@pytest.fixture
def town(found: Found) -> Town:
    """A town of one's own, at work."""
    town = found()
    town.open()
    return town


@pytest.fixture(scope="session")
def _shared(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("shared")
    with running() as address, town_at(address, folder, migrated, policy_with()) as town:
        town.open()
        yield town


@pytest.fixture
def shared(_shared: Town) -> Iterator[Town]:
    """A town that stories share which leave it as they found it."""
    yield _shared
    defaults = _shared.people.faults()
    for side in ("slack", "x"):
        knobs = {name: knob["default"] for name, knob in defaults[side].items()}
        _shared.people.set_faults(**{side: knobs})
    _shared.check_discretion()
