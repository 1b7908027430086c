"""The manifest asks Slack for what the front uses, and for nothing else."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from slack_sdk import WebClient

import handlers.slack
from handlers.slack.checkup import SCOPES
from handlers.slack.ids import COMMAND, COMPOSE, DRAFT_THIS

ROOT = Path(__file__).parents[2]
SOURCES = sorted(Path(handlers.slack.__path__[0]).glob("*.py"))

# docs.slack.dev: the scopes that each method needs, for public and private channels.
NEEDED = {
    "apps_connections_open": set[str](),  # the app-level token's own
    "auth_test": set[str](),
    "chat_delete": {"chat:write"},
    "chat_getPermalink": set[str](),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history"},
    "users_info": {"users:read"},
    "views_open": set[str](),
    "views_publish": set[str](),
    "views_update": set[str](),
}
WITHOUT_SCOPE = ("app_home_opened",)
OF_EVENTS = {"message.channels": "channels:history", "message.groups": "groups:history"}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "slack-manifest.yaml").read_text("utf-8"))
    return found


def called() -> set[str]:
    """Every method of Slack's Web API that the front calls on a client."""
    names = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value)
                if owner == "client" or owner.endswith(".client"):
                    names.add(node.func.attr)
    return {name for name in names if hasattr(WebClient, name)}


def registered(kind: str) -> set[str]:
    """What the stories register with `app.event` or another method, where it is spelled out."""
    names = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == f"app.{kind}":
                names.add(ast.unparse(node.args[0]).strip("'"))
    return names


def test_every_method_that_is_called_is_known_here() -> None:
    assert called() == set(NEEDED)


def test_the_scopes_are_those_that_are_used(manifest: dict[str, Any]) -> None:
    used = {scope for method in called() for scope in NEEDED[method]}
    used |= {
        OF_EVENTS[event]
        for event in manifest["settings"]["event_subscriptions"]["bot_events"]
        if event not in WITHOUT_SCOPE
    }
    used |= {"commands"}
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    assert sorted(scopes) == scopes
    assert set(scopes) == used
    assert set(SCOPES) <= used


def test_the_events_are_those_that_are_listened_to(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in events} == registered("event")


def test_the_command_is_the_one_that_is_listened_to(manifest: dict[str, Any]) -> None:
    commands = [command["command"] for command in manifest["features"]["slash_commands"]]
    assert commands == [COMMAND]
    assert registered("command") == {"COMMAND"}


def test_the_shortcuts_are_those_that_are_listened_to(manifest: dict[str, Any]) -> None:
    shortcuts = {one["callback_id"]: one["type"] for one in manifest["features"]["shortcuts"]}
    assert shortcuts == {COMPOSE: "global", DRAFT_THIS: "message"}
    assert registered("shortcut") == {"shortcut"}  # a loop over both


def test_clicks_and_socket_mode_are_on(manifest: dict[str, Any]) -> None:
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert manifest["settings"]["socket_mode_enabled"]


@pytest.mark.reference
def test_slacks_schema_takes_the_manifest(manifest: dict[str, Any], reference: Path) -> None:
    schema = json.loads((reference / "data/slack/manifest.schema.json").read_text("utf-8"))
    assert [error.message for error in Draft7Validator(schema).iter_errors(manifest)] == []
