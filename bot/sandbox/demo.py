"""The demo: the sandbox, and the unmodified bot beside it, until Ctrl-C."""

import errno
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.sandbox.bot_process import BotProcess
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import running

READY_WITHIN_S = 30.0
CLOCK = "clock"
"""The file in the demo's folder by which its bot goes along when somebody moves the time."""

WELCOME = """
  Countersign is running against a local Slack and a local X.
  Nothing reaches the real ones.

      {address}

  Write a tweet as Ana, approve it as Dr Chen and as Dana, say when, and see it on X beside it.
  Or write one that the guidelines ask about: 9 in 10 patients are cured.
  What the bot signs of its record stands in #audit, a minute after the first draft and each day.
  What is to go out tomorrow need not wait for it: the clock at the top can be moved ahead.
  Press Ctrl-C to stop.
"""


class DemoError(Exception):
    """The demo cannot run; the message says why and what to do."""


@contextmanager
def demo_bot(port: int = 0, policy: str | None = None) -> Iterator[tuple[str, BotProcess]]:
    """Run the sandbox and a connected bot for as long as the block lasts."""
    with (
        tempfile.TemporaryDirectory(prefix="countersign-demo-") as folder,
        running(port, clock_file=Path(folder) / CLOCK) as address,
    ):
        environment = {"COUNTERSIGN_CLOCK_FILE": str(Path(folder) / CLOCK)}
        bot = BotProcess(address, Path(folder), policy, environment)
        try:
            _migrate(bot)
            bot.start()
            _wait_until_connected(address, bot)
            yield address, bot
        finally:
            bot.stop()


def run_demo(port: int, say: Callable[[str], object] = print) -> int:
    """Run until Ctrl-C; returns the exit code."""
    try:
        with demo_bot(port) as (address, bot):
            say(WELCOME.format(address=address))
            code = _watch(bot)
    except KeyboardInterrupt:  # while it starts
        code = 0
    except DemoError as error:
        say(str(error))
        return 1
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        say(f"Port {port} is in use. Stop what uses it, or choose another: make demo PORT=8451")
        return 1
    if code == 0:
        say("Stopped.")
    return code


def _migrate(bot: BotProcess) -> None:
    done = bot.command("migrate")
    if done.returncode:
        raise DemoError(f"The database could not be made:\n{done.stderr.strip()}")


def _wait_until_connected(address: str, bot: BotProcess) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    with SandboxClient(address) as person:
        while person.sockets() == 0:
            if bot.ended is not None or time.monotonic() > deadline:
                raise DemoError(f"The bot did not start:\n{_last_words(bot)}")
            time.sleep(0.05)


def _watch(bot: BotProcess) -> int:
    """Wait for Ctrl-C or SIGTERM; say so where the bot ends by itself.

    A signal that raises in the middle of a poll would leave the lock of the process taken, and
    then nobody can wait for its end.
    """
    asked = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: asked.set())
    while bot.ended is None:
        if asked.wait(0.5):
            return 0
    sys.stderr.write(f"The bot ended by itself:\n{_last_words(bot)}\n")
    return 1


def _last_words(bot: BotProcess) -> str:
    lines = bot.log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(lines[-8:])
