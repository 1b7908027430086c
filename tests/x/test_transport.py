"""Where calls go, and where nothing ever goes: redirects, proxies, logs."""

import json
import logging
from pathlib import Path

import pytest
import requests

from bot.domain.publication import Duplicate, Live, Outcome, Unknown
from bot.ports import Outgoing
from bot.sandbox.knobs import Hostile
from bot.x.publisher import XPublisher
from bot.x.transport import connected
from tests.x.conftest import KEYS, TEXT, At, LocalX
from tests.x.servers import bare, json_answer, saying

CREATED = json_answer(b'{"data": {"id": "7", "text": "a"}}')
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
CODES = (301, 302, 303, 307, 308)


def never(outcome: Outcome) -> None:
    raise AssertionError(f"this came late: {outcome}")


def post(publisher: XPublisher) -> Outcome:
    return publisher.post(Outgoing(TEXT, None), never)


def test_the_base_may_have_a_path(at: At) -> None:
    with bare(saying(CREATED)) as server:
        assert post(at(f"http://{server.host}/x/")) == Live("7", "a")
    head, body = server.calls[0].split(b"\r\n\r\n")
    assert head.startswith(b"POST /x/2/tweets HTTP/1.1\r\n")
    assert json.loads(body) == {"text": TEXT}


@pytest.mark.parametrize("code", CODES)
def test_a_redirect_is_never_followed(at: At, code: int) -> None:
    with bare(saying(CREATED)) as elsewhere:
        moved = f"HTTP/1.1 {code} Moved\r\nLocation: http://{elsewhere.host}/2/tweets\r\n"
        with bare(saying(f"{moved}Content-Length: 0\r\n\r\n".encode())) as server:
            assert isinstance(post(at(f"http://{server.host}")), Unknown)
    assert (len(server.calls), len(elsewhere.calls)) == (1, 0)


def test_a_redirect_to_x_itself_is_not_followed_either(at: At) -> None:
    moved = b"HTTP/1.1 307 Moved\r\nLocation: https://api.x.com/2/tweets\r\n\r\n"
    with bare(saying(moved)) as server:
        assert isinstance(post(at(f"http://{server.host}")), Unknown)
    assert len(server.calls) == 1


def test_proxies_of_the_environment_are_ignored(
    at: At, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with bare(saying(CREATED)) as server, bare(saying(CREATED)) as proxy:
        for name in (*PROXIES, *map(str.lower, PROXIES)):
            monkeypatch.setenv(name, f"http://{proxy.host}")
        assert post(at(f"http://{server.host}")) == Live("7", "a")
    assert (len(server.calls), len(proxy.calls)) == (1, 0)
    assert b"Authorization: OAuth " in server.calls[0]


def test_nothing_but_x_can_be_reached() -> None:
    with (
        connected(KEYS, "http://127.0.0.1:9", 1, 1) as client,
        pytest.raises(requests.exceptions.InvalidSchema),
    ):
        client.session.get("http://127.0.0.1:9/")


def test_each_call_has_a_connection_of_its_own(at: At) -> None:
    kept = CREATED.replace(b"Connection: close", b"Connection: keep-alive")
    with bare(saying(kept)) as server:
        publisher = at(f"http://{server.host}")
        assert [post(publisher), post(publisher)] == [Live("7", "a")] * 2
    assert len(server.calls) == 2


@pytest.mark.parametrize(
    "hostile", [None, "reset_after", "401", "403_duplicate", "301", "html_201"]
)
def test_logs_at_debug_hold_no_key_and_no_text(
    local_x: LocalX,
    publisher: XPublisher,
    caplog: pytest.LogCaptureFixture,
    hostile: Hostile | None,
) -> None:
    caplog.set_level(logging.DEBUG)
    local_x.turn(next=[hostile] if hostile else [])
    outcome = post(publisher)
    assert isinstance(outcome, Live | Duplicate) or TEXT not in repr(outcome)
    publisher.timeline("0")
    publisher.identity()
    logged = caplog.text
    assert not [word for word in ("oauth", "OAuth", TEXT, *KEYS.all()) if word in logged]


def test_loggers_that_are_quieter_already_stay_so(at: At) -> None:
    logger = logging.getLogger("urllib3")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with bare(saying(CREATED)) as server:
            post(at(f"http://{server.host}"))
        assert logger.level == logging.ERROR
    finally:
        logger.setLevel(before)


def test_keys_are_never_shown() -> None:
    shown = repr(KEYS) + repr(XPublisher(KEYS))
    assert not [key for key in KEYS.all() if key in shown]
