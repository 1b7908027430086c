"""Alt texts through Slack: the button opens a modal, and saving makes a new version."""

from typing import Any

import pytest

from bot.checks import Checker
from bot.domain.card import DraftCard
from bot.domain.draft import DraftState
from bot.workflow.describing import NO_PICTURES, STALE
from bot.workflow.scheduling import STRANGER
from tests.conftest import AUTHOR, CLINICIAN, OUTSIDER
from tests.fakes.chat import FakeChat
from tests.pictures import png
from tests.slack import bodies
from tests.slack.dispatching import Slack

FILES: dict[str, Any] = {"subtype": "file_share", "files": [{"id": "F1"}, {"id": "F2"}]}


@pytest.fixture
def drawn(slack: Slack) -> DraftCard:
    """A draft with two pictures that nobody has described."""
    chat = FakeChat()
    chat.files = {"F1": png(width=3), "F2": png(width=4)}
    slack.take(bodies.written(**FILES))
    checker = Checker(slack.desk, chat)
    while checker.step():
        pass
    return slack.draft()


def entries(*alts: str) -> dict[str, bodies.Body]:
    return {f"alt_{number}": bodies.typed(alt) for number, alt in enumerate(alts)}


def test_the_button_asks_for_each_picture(slack: Slack, drawn: DraftCard) -> None:
    slack.click("alt_text", drawn, AUTHOR)
    (view,) = slack.opened()
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    assert [block["block_id"] for block in inputs] == ["alt_0", "alt_1"]
    shown = [block["slack_file"]["id"] for block in view["blocks"] if block["type"] == "image"]
    assert shown == ["F1", "F2"]


def test_saving_makes_it_reviewable(slack: Slack, drawn: DraftCard) -> None:
    assert not slack.submit("alt_text", drawn, AUTHOR, **entries("A bed.", "A door."))
    card = slack.draft()
    assert card.state is DraftState.IN_REVIEW
    assert [picture.alt for picture in card.pictures] == ["A bed.", "A door."]


def test_an_emoji_in_an_alt_text_is_one(slack: Slack, drawn: DraftCard) -> None:
    assert not slack.submit("alt_text", drawn, AUTHOR, **entries(":heart: A bed.", "A :door1:"))
    assert [picture.alt for picture in slack.draft().pictures] == ["❤️ A bed.", "A :door1:"]


def test_what_was_typed_stays_where_saving_is_refused(slack: Slack, drawn: DraftCard) -> None:
    slack.submit("alt_text", drawn, AUTHOR, **entries("A bed.", "A door."))
    answer = slack.submit("alt_text", drawn, AUTHOR, **entries("Late.", "Late."))
    assert answer == {"response_action": "errors", "errors": {"alt_0": STALE}}


def test_who_may_not_or_need_not_is_told(slack: Slack, drawn: DraftCard) -> None:
    slack.click("alt_text", drawn, OUTSIDER)
    assert slack.told(OUTSIDER) == [STRANGER]
    slack.take(bodies.written("No picture.", ts="1790000009.000100"))
    slack.click("alt_text", slack.drafts()[1], CLINICIAN)
    assert slack.told(CLINICIAN) == [NO_PICTURES]
    assert slack.opened() == []
