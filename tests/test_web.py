"""Health is 200 only while everything works that publishing needs."""

from collections.abc import Iterator

import pytest
import requests

from bot.web import HealthServer

CHECKS = {"slack_connected": True, "database": True}


@pytest.fixture
def checks() -> dict[str, bool]:
    return dict(CHECKS)


@pytest.fixture
def address(checks: dict[str, bool]) -> Iterator[str]:
    server = HealthServer("127.0.0.1", 0, lambda: checks)
    server.start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()


def test_health_is_200_while_everything_works(address: str) -> None:
    answer = requests.get(f"{address}/health", timeout=5)
    assert (answer.status_code, answer.json()) == (200, {"healthy": True, **CHECKS})


def test_health_is_503_and_names_what_does_not_work(address: str, checks: dict[str, bool]) -> None:
    checks["database"] = False
    answer = requests.get(f"{address}/health", timeout=5)
    assert (answer.status_code, answer.json()["database"]) == (503, False)


def test_any_other_address_is_not_found(address: str) -> None:
    assert requests.get(f"{address}/metrics", timeout=5).status_code == 404
