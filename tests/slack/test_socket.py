"""Socket Mode over the wire: what is committed is acknowledged, and every fault is survived."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from bot.desk import Desk
from bot.sandbox.client import SandboxClient
from handlers.slack.app import build_app
from handlers.slack.client import web_client
from handlers.slack.socket import Socket
from tests.conftest import AUTHOR, CLINICIAN, COLLEAGUE
from tests.slack.bodies import CHANNEL
from tests.slack.dispatching import Slack

Connect = Callable[..., Socket]


@pytest.fixture
def connect(desk: Desk, address: str, caplog: pytest.LogCaptureFixture) -> Iterator[Connect]:
    """Start a socket in front of the desk; it is stopped in the end."""
    caplog.set_level(logging.INFO)
    sockets: list[Socket] = []

    def start(slack: str = f"{address}/slack/api/", **options: object) -> Socket:
        app = build_app(desk, web_client("xoxb-sandbox", slack), CHANNEL)
        socket = Socket(app, "xapp-sandbox", **options)  # type: ignore[arg-type]
        sockets.append(socket)
        socket.start()
        return socket

    yield start
    for socket in sockets:
        socket.stop()


@pytest.fixture
def socket(connect: Connect, people: SandboxClient) -> Socket:
    found = connect()
    people.wait_for(lambda: found.connected and people.sockets() == 1)
    return found


def acked(people: SandboxClient) -> bool:
    """Whether an envelope that is sent now is acknowledged at once."""
    people.write(AUTHOR, CHANNEL, "// are you there?")
    people.wait_for(lambda: _newest_is_through(people), timeout=1, what="an ack")
    return True


def comes_back(people: SandboxClient, within_s: float) -> bool:
    """Whether an envelope is acknowledged at once again, before so many seconds have passed."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        with suppress(TimeoutError):
            return acked(people)
    return False


def _newest_is_through(people: SandboxClient) -> bool:
    newest = people.traffic()["envelopes"][-1]
    return "acked_at" in newest and len(newest["sent"]) == 1


def test_what_is_acknowledged_is_a_row(socket: Socket, people: SandboxClient, slack: Slack) -> None:
    people.write(AUTHOR, CHANNEL, "Flu jabs start on Monday.")
    people.wait_for(lambda: _newest_is_through(people))
    assert slack.draft().parts[0].text == "Flu jabs start on Monday."
    assert socket.connected


@pytest.mark.parametrize(
    ("fault", "bar_s"), [("disconnect", 5), ("close", 5), ("reset", 20), ("stall", 20)]
)
def test_a_broken_connection_comes_back(
    socket: Socket, people: SandboxClient, fault: str, bar_s: float
) -> None:
    """The bars are generous; measured are 0.2, 0.2, 2 and 8 seconds."""
    people.break_sockets(fault)
    assert comes_back(people, bar_s)
    assert socket.connected


def test_a_slack_that_is_down_for_a_while_is_waited_for(
    socket: Socket, people: SandboxClient, caplog: pytest.LogCaptureFixture
) -> None:
    people.wait_for(lambda: "connected to Slack" in caplog.text)
    people.set_faults(slack={"api_down": True})
    people.break_sockets("close")
    people.wait_for(lambda: not socket.connected)
    people.wait_for(lambda: "not connected to Slack" in caplog.text)
    people.set_faults(slack={"api_down": False})
    people.wait_for(lambda: socket.connected, timeout=20)
    assert acked(people)
    assert "Traceback" not in caplog.text


def test_a_client_that_went_deaf_is_replaced(
    connect: Connect, people: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.slack.socket.PING_S", 600)  # it does not notice by itself
    monkeypatch.setattr("handlers.slack.socket.SILENCE_S", 1)
    socket = connect()
    people.wait_for(lambda: socket.connected)
    people.break_sockets("stall")
    people.wait_for(lambda: not socket.connected)
    assert comes_back(people, 10)


def test_a_long_gap_is_told_and_a_short_one_is_not(connect: Connect, people: SandboxClient) -> None:
    gaps: list[float] = []
    socket = connect(gap=1.5, on_gap=lambda: gaps.append(time.monotonic()))
    people.wait_for(lambda: socket.connected)
    people.break_sockets("disconnect")
    assert comes_back(people, 5)
    assert gaps == []
    people.set_faults(slack={"api_down": True})
    people.break_sockets("close")
    lost_at = time.monotonic()
    people.wait_for(lambda: time.monotonic() - socket.last_frame_at > 1.6)
    people.set_faults(slack={"api_down": False})
    people.wait_for(lambda: gaps, timeout=20)
    assert len(gaps) == 1
    assert gaps[0] - lost_at > 1


@contextmanager
def in_background(act: Callable[[], dict[str, object]]) -> Iterator[Callable[[], object]]:
    """Do something on another thread; gives a way to wait for what came of it."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(act).result


def test_stopping_finishes_what_is_running(
    socket: Socket, people: SandboxClient, slack: Slack
) -> None:
    people.write(AUTHOR, CHANNEL, "Flu jabs start on Monday.")
    people.wait_for(slack.drafts)
    card = slack.draft()
    value = f"{card.id}:{card.revision_id}"
    root = card.source.ts
    client = web_client("xoxb-sandbox", f"{people.address}/slack/api/")
    button = {"type": "button", "text": {"type": "plain_text", "text": "x"}, "action_id": "reject"}
    row = {"type": "actions", "elements": [button | {"value": value}]}
    ts = str(client.chat_postMessage(channel=CHANNEL, text="x", blocks=[row], thread_ts=root)["ts"])
    people.set_faults(slack={"api_delay_s": 0.7})
    with in_background(lambda: people.click(CLINICIAN, CHANNEL, ts, "reject")) as answer:
        people.wait_for(lambda: _is_asked_to_open(people))
        socket.stop()
        assert answer() == {"acked": True}
    assert not socket.connected


def _is_asked_to_open(people: SandboxClient) -> bool:
    newest = people.traffic()["envelopes"][-1]
    return newest["type"] == "interactive" and bool(newest["sent"])


def test_stopping_without_a_connection_is_quick(connect: Connect) -> None:
    socket = connect("http://127.0.0.1:9/slack/api/")
    assert not socket.connected
    began = time.monotonic()
    socket.stop()
    assert time.monotonic() - began < 10
    assert not any(thread.name == "socket" for thread in threading.enumerate())


def test_a_crowd_loses_nothing(socket: Socket, people: SandboxClient, slack: Slack) -> None:
    answer = people.burst(CHANNEL, [AUTHOR, COLLEAGUE], 60, "Flu jabs, day {n}")
    assert (answer["acked"], answer["lost"]) == (60, 0)
    assert len(slack.drafts()) == 60
    assert socket.connected


def test_what_is_not_acknowledged_comes_again_and_is_one_draft(
    socket: Socket, people: SandboxClient, slack: Slack
) -> None:
    people.set_faults(slack={"drop_ack": 1.0, "ack_window_s": 0.2, "redelivery_s": [0.1, 30]})
    people.write(AUTHOR, CHANNEL, "Flu jabs start on Monday.")
    people.wait_for(lambda: len(people.traffic()["envelopes"][-1]["sent"]) == 2)
    people.set_faults(slack={"drop_ack": 0.0})
    assert len(slack.drafts()) == 1
    assert socket.connected
