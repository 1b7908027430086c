"""What the doctor finds at Slack."""

import pytest

from bot.domain.checkup import Check
from bot.sandbox.client import SandboxClient
from handlers.slack.checkup import check_slack
from handlers.slack.client import web_client
from tests.slack.bodies import CHANNEL

NAMES = ["Slack identity", "Slack scopes", "Slack channel", "Slack Socket Mode"]


def checks(people: SandboxClient, token: str = "xoxb-sandbox", app: str = "xapp-sandbox",
           channel: str = CHANNEL) -> dict[str, Check]:  # fmt: skip
    client = web_client(token, f"{people.address}/slack/api/")
    return {check.name: check for check in check_slack(client, app, [channel])}


def test_a_sound_slack_works(people: SandboxClient) -> None:
    found = checks(people)
    assert list(found) == NAMES
    assert all(check.works for check in found.values())


def test_a_missing_scope_is_named(people: SandboxClient) -> None:
    people.grant(["chat:write", "commands", "channels:read", "im:write"])
    scopes = checks(people)["Slack scopes"]
    assert not scopes.works
    assert "channels:history" in scopes.words


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"archived": True}, "is archived"), ({"bot_member": False}, "invite the bot")],
)
def test_a_channel_that_cannot_be_used_says_why(
    people: SandboxClient, changes: dict[str, bool], words: str
) -> None:
    people.change_channel(CHANNEL, **changes)
    channel = checks(people)["Slack channel"]
    assert not channel.works
    assert words in channel.words


def test_an_unknown_channel_is_named(people: SandboxClient) -> None:
    assert "channel_not_found" in checks(people, channel="C0NOWHERE")["Slack channel"].words


def test_wrong_tokens_are_told_apart(people: SandboxClient) -> None:
    found = checks(people, token="xoxb-wrong", app="xoxb-sandbox")
    assert "invalid_auth" in found["Slack identity"].words
    assert not found["Slack Socket Mode"].works
    assert "Slack scopes" not in found


def test_a_slack_that_does_not_answer_is_told(people: SandboxClient) -> None:
    people.set_faults(slack={"api_down": True})
    found = checks(people)
    assert "does not answer" in found["Slack identity"].words
    assert not any(check.works for check in found.values())
