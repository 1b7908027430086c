"""The methods and scopes of the sandbox against Slack's published lists."""

import json
from pathlib import Path

import pytest

from bot.sandbox.slack.api import METHODS

pytestmark = pytest.mark.reference


def test_every_method_is_one_that_slack_has(reference: Path) -> None:
    tiers = json.loads((reference / "data/slack/rate_limit_tiers.json").read_text("utf-8"))
    assert METHODS.keys() - {"blocks.validate"} <= tiers.keys()  # which is newer than the list
