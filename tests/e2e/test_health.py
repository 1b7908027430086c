"""What a probe is told."""

import urllib.error
import urllib.request

import pytest

from tests.e2e.town import Town


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


def test_nothing_else_is_served(shared: Town) -> None:
    port = shared.port
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5)
