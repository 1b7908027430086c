"""The server: a process that starts and stops, a page for this machine alone, a live stream."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from bot.sandbox.client import RefusedError, SandboxClient
from bot.sandbox.server import SandboxThread, running
from tests.sandbox.slack.scenario import ANA, DRAFTS

SHORTCUT = {"name": "x", "callback_id": "x"}


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_the_process_says_where_it_is_and_stops_cleanly(tmp_path: Path, stop: int) -> None:
    ready = tmp_path / "address"
    command = [sys.executable, "-m", "bot.sandbox", "--port", "0", "--ready-file", str(ready)]
    with subprocess.Popen([*command, "--seed", "7"], stdout=subprocess.PIPE, text=True) as process:
        try:
            deadline = time.monotonic() + 20
            while not ready.exists():
                assert time.monotonic() < deadline
                time.sleep(0.01)
            address = ready.read_text().strip()
            with SandboxClient(address) as people:
                assert people.faults()["x"]["seed"]["value"] == 7
                stream = requests.get(f"{address}/sandbox/stream", stream=True, timeout=5)
                process.send_signal(stop)
                assert process.wait(5) == 0
                stream.close()
            assert process.stdout is not None
            assert process.stdout.read().strip() == address
        finally:
            process.kill()


def test_a_busy_port_is_one_clear_line() -> None:
    with running() as address:
        port = address.rpartition(":")[2]
        command = [sys.executable, "-m", "bot.sandbox", "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"The sandbox cannot listen on port {port}: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_thread_on_a_busy_port_raises() -> None:
    with running() as address:
        thread = SandboxThread(port=int(address.rpartition(":")[2]))
        with pytest.raises(OSError, match="address already in use"):
            thread.start()
        thread.stop()


@pytest.mark.parametrize("path", ["/", "/page/main.js", "/sandbox/world", "/sandbox/slack/traffic"])
def test_the_page_answers_to_this_machines_names_alone(address: str, path: str) -> None:
    assert requests.get(address + path, timeout=5).status_code == 200
    by_name = {"Host": "localhost:80"}
    assert requests.get(address + path, headers=by_name, timeout=5).status_code == 200
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"},
                    {"Host": "127.0.0.1.evil.example"}, {"Origin": "null"}):  # fmt: skip
        refused = requests.get(address + path, headers=headers, timeout=5)
        assert refused.status_code == 403, headers


def test_the_page_is_served_with_a_policy(address: str) -> None:
    page = requests.get(address, timeout=5)
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Content-Type"].startswith("text/html")
    assert requests.get(f"{address}/page/../server.py", timeout=5).status_code == 404


def test_the_stream_tells_what_changed_and_gathers_what_comes_at_once(
    people: SandboxClient, address: str
) -> None:
    with requests.get(f"{address}/sandbox/stream", stream=True, timeout=5) as stream:
        lines = stream.iter_lines(decode_unicode=True)
        assert next(lines) == ": here"
        for number in range(20):
            people.write(ANA, DRAFTS, str(number))
        people.set_faults({"drop_ack": 0.5})
        told = []
        for line in lines:
            if line.startswith("data: "):
                told.append(json.loads(line.removeprefix("data: ")))
                if told[-1]["changed"] == "faults":
                    break
    messages = [change for change in told if change["changed"] == "slack"]
    assert messages[0] == {"changed": "slack", "channel": DRAFTS}
    assert len(messages) <= 20


def test_a_reset_puts_everything_back(people: SandboxClient) -> None:
    people.write(ANA, DRAFTS, "hello")
    people.set_faults({"drop_ack": 1})
    people.change_person(ANA, deleted=True)
    people.change_channel(DRAFTS, archived=True)
    people.grant(["users:read"])
    people.tweet_by_hand("2244994945", "by hand")
    people.reset()
    assert people.messages(DRAFTS, ANA) == []
    assert people.faults()["slack"]["drop_ack"]["value"] == 0
    assert people.timeline("2244994945") == []
    assert people.traffic()["envelopes"] == []
    people.write(ANA, DRAFTS, "hello again")


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("slack/messages", {"user": ANA}, "missing: channel"),
        ("slack/messages", {"user": ANA, "channel": DRAFTS}, "there is nothing to send"),
        ("slack/messages", {"user": ANA, "channel": DRAFTS, "txt": "x"}, "unknown: txt"),
        ("slack/messages", {"user": ANA, "channel": DRAFTS, "text": 5}, "text must be text"),
        ("slack/messages", {"user": "U0NOPE", "channel": DRAFTS, "text": "x"}, "there is nobody"),
        ("slack/messages", {"user": ANA, "channel": "C0NOPE", "text": "x"}, "there is no channel"),
        ("slack/messages", {"user": ANA, "channel": DRAFTS, "text": "x" * 40_001}, "at most"),
        ("slack/commands", {"user": ANA, "channel": DRAFTS, "command": "tweet"}, "begins with /"),
        ("slack/people/U0NOPE", {"deleted": True}, "no such person"),
        (f"slack/people/{ANA}", {"tz": "Mars/Base"}, "no time zone"),
        ("slack/channels/C0NOPE", {"archived": True}, "no such channel"),
        ("slack/app", {"scopes": ["root"]}, "unknown scopes: root"),
        ("slack/app", {"commands": [{"command": "/x"}]}, "each needs command, description"),
        ("slack/app", {"commands": ["/x"]}, "lists of objects"),
        ("slack/app", {"shortcuts": [{"what": "x"}]}, "unknown: what"),
        ("slack/app", {"shortcuts": [SHORTCUT | {"type": "view"}]}, "global or message, not view"),
        (
            "slack/commands",
            {"user": ANA, "channel": DRAFTS, "command": "/x"},
            "not a valid command",
        ),
        ("slack/shortcuts", {"user": ANA, "callback_id": "x"}, "no global shortcut x"),
        ("faults/socket", {"do": "explode"}, "must be one of"),
        ("burst", {"channel": DRAFTS, "users": [], "count": 1, "text": "x"}, "at least one"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    people: SandboxClient, path: str, body: dict[str, object], words: str
) -> None:
    with pytest.raises(RefusedError, match=words):
        people.ask("POST", path, body)


def test_waiting_gives_up_with_what_was_waited_for(people: SandboxClient) -> None:
    with pytest.raises(TimeoutError, match="snow"):
        people.wait_for(lambda: None, timeout=0.05, what="snow")


def test_no_proxy_stands_between(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setitem(os.environ, "http_proxy", "http://127.0.0.1:9")
    with SandboxClient(address) as people:
        assert people.world()["app"]["id"] == "A0APP"
