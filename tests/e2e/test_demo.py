"""The demo as people start it: it says where to look, and it ends cleanly."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable

import psutil
import pytest

from bot.sandbox.client import SandboxClient
from bot.sandbox.demo import run_demo
from tests.e2e.town import CHANNEL, CHEN

WITHIN_S = 20


def press_ctrl_c(demo: subprocess.Popen[str]) -> None:
    os.killpg(demo.pid, signal.SIGINT)  # as a terminal does


def ask_to_end(demo: subprocess.Popen[str]) -> None:
    demo.terminate()  # as a service manager does


@pytest.mark.parametrize("end", [press_ctrl_c, ask_to_end])
def test_it_prints_an_address_and_leaves_nothing_behind(
    end: Callable[[subprocess.Popen[str]], None],
) -> None:
    demo = subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", "demo", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    )
    children: list[psutil.Process] = []
    try:
        assert demo.stdout is not None
        address = next(
            found[1] for line in demo.stdout if (found := re.search(r"(http://\S+:\d+)", line))
        )
        children = psutil.Process(demo.pid).children(recursive=True)
        with SandboxClient(address) as people:
            ts = people.write("U0AUTHOR1", CHANNEL, "Somebody tries the demo.")
            people.wait_for(lambda: people.thread(CHANNEL, ts, CHEN), WITHIN_S, "a card")
        end(demo)
        rest, _ = demo.communicate(timeout=WITHIN_S)
    finally:
        demo.kill()
        demo.communicate()
        left = [child for child in children if child.is_running()]
        for child in left:
            child.kill()
    assert demo.returncode == 0
    assert rest.strip().endswith("Stopped.")
    assert "Traceback" not in rest
    assert len(children) == 1
    assert left == []


def test_a_busy_port_is_said_in_one_line() -> None:
    said: list[str] = []
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert run_demo(port, said.append) == 1
    assert len(said) == 1
    assert said[0].startswith(f"Port {port} is in use.")
