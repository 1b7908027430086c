"""Fetching files: the token goes to Slack alone, and a login page is no picture."""

from io import BytesIO
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.errors import ChatError
from bot.sandbox.client import SandboxClient
from handlers.slack import files
from handlers.slack.client import web_client
from handlers.slack.files import CUT, ELSEWHERE, GONE, LOGIN, SLOW, TOO_LARGE, fetch
from tests.conftest import AUTHOR
from tests.pictures import DOT
from tests.x.servers import bare

FILE = {"id": "F1", "mode": "hosted", "size": len(DOT)}


@pytest.fixture
def client(address: str) -> WebClient:
    return web_client("xoxb-sandbox", f"{address}/slack/api/")


@pytest.fixture
def file(people: SandboxClient) -> str:
    return people.upload(AUTHOR, "a.png", DOT)


def said_of(monkeypatch: pytest.MonkeyPatch, client: WebClient, **said: Any) -> None:
    """Let Slack say this of every file."""
    honest = client.files_info

    def info(**args: Any) -> Any:
        answer = honest(**args)
        answer["file"].update(said)
        return answer

    monkeypatch.setattr(client, "files_info", info)


def why_not(client: WebClient, file: str) -> tuple[str, bool]:
    with pytest.raises(ChatError) as caught:
        fetch(client, file, BytesIO())
    return str(caught.value), caught.value.permanent


def test_a_file_is_fetched_to_the_last_byte(client: WebClient, file: str) -> None:
    room = BytesIO()
    fetch(client, file, room)
    assert room.getvalue() == DOT


def test_a_file_that_is_gone_is_said_once_for_all(
    client: WebClient, file: str, people: SandboxClient
) -> None:
    assert why_not(client, "F0NOTHING") == (GONE, True)
    people.delete_file(AUTHOR, file)
    assert why_not(client, file) == (GONE, True)


def test_a_login_page_is_no_file_and_heals_with_the_token(
    client: WebClient, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = client.files_info
    monkeypatch.setattr(client, "files_info", lambda **args: _with(client, honest(**args)))
    assert why_not(client, file) == (LOGIN, False)


def _with(client: WebClient, answer: Any) -> Any:
    client.token = "xoxb-nobody"
    return answer


@pytest.mark.parametrize("said", [{"is_external": True}, {"mode": "external"}, {"mode": "snippet"}])
def test_what_is_only_linked_is_not_fetched(
    client: WebClient, file: str, monkeypatch: pytest.MonkeyPatch, said: dict[str, Any]
) -> None:
    said_of(monkeypatch, client, **said)
    assert why_not(client, file) == (ELSEWHERE, True)


@pytest.mark.parametrize(
    "where", ["https://evil.example/a.png", "http://127.0.0.1:1/a.png", "file:///etc/passwd", "x"]
)
def test_a_local_slack_is_the_only_one_that_sees_the_token(
    client: WebClient, file: str, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    said_of(monkeypatch, client, url_private_download=where)
    assert why_not(client, file) == (ELSEWHERE, True)


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.png", True),
        ("https://slack.com/a.png", True),
        ("http://files.slack.com/a.png", False),
        ("https://files.slack.com.evil.example/a.png", False),
        ("https://evilslack.com/a.png", False),
        ("https://drive.example/slack.com", False),
        ("https://files.slack.com@evil.example/a.png", False),
        ("//files.slack.com/a.png", False),
    ],
)
def test_the_real_slack_sees_the_token_over_tls_at_its_own_names(address: str, ours: bool) -> None:
    assert files._is_slack(address, WebClient.BASE_URL) is ours


def test_what_is_too_large_or_cut_off_is_not_taken(
    client: WebClient, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_of(monkeypatch, client, size=files.MOST + 1)
    assert why_not(client, file) == (TOO_LARGE, True)
    said_of(monkeypatch, client, size=len(DOT) + 1)
    assert why_not(client, file) == (CUT, False)
    monkeypatch.setattr(files, "MOST", len(DOT) - 1)
    said_of(monkeypatch, client, size=1)
    assert why_not(client, file) == (TOO_LARGE, True)
    monkeypatch.setattr(files, "MOST", len(DOT))
    monkeypatch.setattr(files, "WHOLE_S", -1)
    assert why_not(client, file) == (SLOW, False)


def test_no_token_follows_a_redirect(monkeypatch: pytest.MonkeyPatch) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    with bare(lambda connection: connection.sendall(head)) as server:
        client = web_client("xoxb-secret", f"http://{server.host}/api/")
        said = {"ok": True, "file": FILE | {"url_private_download": f"http://{server.host}/a"}}
        monkeypatch.setattr(files, "answer", lambda _: said)
        monkeypatch.setattr(client, "files_info", lambda **_: None)
        assert why_not(client, "F1") == (LOGIN, False)
        assert len(server.calls) == 1
