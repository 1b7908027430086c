"""What a probe is told."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.e2e.town import Town, policy_with, town_in


def test_a_bot_at_work_is_healthy_in_every_respect(shared: Town) -> None:
    status, checks = shared.health()
    assert status == 200
    assert set(checks) == {"healthy", "slack_connected", "slack_read", "database", "heartbeat"}
    assert all(checks.values())


def test_a_bot_without_slack_is_not(shared: Town) -> None:
    shared.people.set_faults(slack={"api_down": True})
    shared.people.break_sockets("close")
    shared.wait(lambda: shared.health()[0] == 503, "bad health")
    assert shared.health()[1] | {"healthy": True, "slack_connected": True} == {
        "healthy": True,
        "slack_connected": True,
        "slack_read": True,
        "database": True,
        "heartbeat": True,
    }
    shared.people.set_faults(slack={"api_down": False})
    shared.wait(lambda: shared.health()[0] == 200, "good health")


def test_a_bot_that_slack_refuses_says_why(migrated: Path, tmp_path: Path) -> None:
    with town_in(tmp_path, migrated, policy_with(), SLACK_APP_TOKEN="xapp-revoked") as town:
        town.open(patiently=False)
        town.wait(lambda: "Slack does not let me connect (invalid_auth)" in town.log, "a reason")
        assert town.health()[0] == 503
        assert "xapp-revoked" not in town.log
        assert town.bot.stop() == 0


def test_nothing_else_is_served(shared: Town) -> None:
    port = shared.port
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5)
