"""What the tests of the Slack front stand on."""

from collections.abc import Iterator

import pytest

from bot.desk import Desk
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import running
from handlers.slack import blocks
from handlers.slack.blocks import Drawn
from handlers.slack.elements import Block
from tests.slack.dispatching import Slack
from tests.slack.taken import assert_message_is_taken


@pytest.fixture(scope="session", autouse=True)
def _every_card_is_taken() -> Iterator[None]:
    """Whatever card any test draws is one that Slack takes."""

    def checked(text: str, rows: list[Block]) -> Drawn:
        assert_message_is_taken(text, rows)
        return Drawn(text, rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "Drawn", checked)
        yield


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
