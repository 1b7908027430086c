"""What people call the app by: what its manifest says, as at Slack."""

from pathlib import Path

import yaml

from bot.sandbox.client import SandboxClient
from bot.sandbox.slack.features import MANIFEST

ROOT = Path(__file__).parents[3]


def test_the_sandboxs_app_has_what_the_manifest_says() -> None:
    """Where this fails, copy the new words of slack-manifest.yaml into features.MANIFEST."""
    said = yaml.safe_load((ROOT / "slack-manifest.yaml").read_text("utf-8"))["features"]
    commands = [
        {key: row[key] for key in ("command", "description", "usage_hint")}
        for row in said["slash_commands"]
    ]
    assert list(MANIFEST.as_json()["commands"]) == commands
    assert list(MANIFEST.as_json()["shortcuts"]) == said.get("shortcuts", [])


def test_installing_a_list_leaves_the_other_as_it_is(people: SandboxClient) -> None:
    shortcut = {"name": "Draft", "type": "message", "callback_id": "d", "description": "Draft it"}
    people.install(shortcuts=[shortcut])
    app = people.ask("GET", "slack/app")
    assert app["shortcuts"] == [shortcut]
    assert [row["command"] for row in app["commands"]] == ["/tweet"]
    people.reset()
    names = [row["name"] for row in people.ask("GET", "slack/app")["shortcuts"]]
    assert names == [shortcut.name for shortcut in MANIFEST.shortcuts]
