"""What the tests of the Slack front stand on."""

from collections.abc import Iterator

import pytest

from bot.desk import Desk
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import running
from tests.slack.dispatching import Slack


@pytest.fixture
def slack(desk: Desk) -> Slack:
    return Slack(desk)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture
def people(address: str) -> Iterator[SandboxClient]:
    """The people of the sandbox, everything as at the start."""
    with SandboxClient(address) as client:
        client.reset()
        yield client
