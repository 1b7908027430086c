"""The bot of a town: a process that is started, stopped, and asked how it is."""

import json
import re
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from bot.sandbox.bot_process import BotProcess
from bot.sandbox.client import SandboxClient
from tests.e2e.backdoor import Backdoor

T = TypeVar("T")

WITHIN_S = 20.0
LOOK_S = 0.04
_PORT = re.compile(r"health on port (\d+)")


class House:
    """One bot in one sandbox."""

    def __init__(
        self, sandbox: Backdoor, folder: Path, policy: str, environment: Mapping[str, str]
    ) -> None:
        self.sandbox = sandbox
        self.people = SandboxClient(sandbox.address)
        self.bot = BotProcess(sandbox.address, folder, policy, environment)
        self._before = 0

    def open(self, *, patiently: bool = True) -> None:
        """Start the bot, and wait until it is at work (`patiently`: until it is healthy)."""
        self._before = len(self.whole_log)
        self.bot.start()
        self.wait(lambda: _PORT.search(self.log) or self._gone(), "a start")
        if patiently:
            self.wait(lambda: self.health()[0] == 200 or self._gone(), "health")

    @property
    def at_work(self) -> bool:
        """Whether the bot has been started, and has not ended."""
        return self.bot.pid is not None and self.bot.ended is None

    @property
    def whole_log(self) -> str:
        """Everything that bots have logged here."""
        return self.bot.log.read_text(encoding="utf-8") if self.bot.log.exists() else ""

    @property
    def log(self) -> str:
        """What the bot has logged since it was started."""
        return self.whole_log[self._before :]

    @property
    def port(self) -> int:
        """Where the bot says how it is."""
        return int(_PORT.findall(self.log)[-1])

    def health(self) -> tuple[int, dict[str, bool]]:
        """What a probe is answered: the status, and each check."""
        address = f"http://127.0.0.1:{self.port}/health"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as answer:
            return answer.code, json.load(answer)

    @property
    def connections(self) -> int:
        """How often the bot has asked for a connection so far."""
        calls = self.people.traffic()["calls"]
        return sum(call["method"] == "apps.connections.open" for call in calls)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with closing(sqlite3.connect(f"file:{self.bot.database}?mode=ro", uri=True)) as rows:
            return int(rows.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def _gone(self) -> bool:
        assert self.bot.ended is None, self.log
        return False

    def wait(self, condition: Callable[[], T | None], what: str, within: float = WITHIN_S) -> T:
        """Wait until something can be seen, and return it."""
        deadline = time.monotonic() + within
        while not (seen := condition()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what} did not happen in {within} s")
            time.sleep(LOOK_S)
        return seen

    def mend(self) -> None:
        """Turn every knob of the sandbox back."""
        for side, knobs in self.people.faults().items():
            defaults = {name: knob["default"] for name, knob in knobs.items()}
            self.people.set_faults(**{side: defaults})

    def close(self) -> None:
        """End the bot."""
        self.bot.stop()
        self.people.close()
