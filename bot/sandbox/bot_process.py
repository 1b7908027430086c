"""The unmodified bot as a process of its own, pointed at the sandbox by its environment alone."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.sandbox import world

PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
"""slack_sdk reads them and ignores NO_PROXY; to a server on loopback they are only in the way."""

POLICY = """\
[team]
operators = ["{operator}"]
grace_minutes = 15
lapse_days = 14
remind_hours = [6, 24, 48]
escalation = ["{operator}"]

[slack]
drafts_channel = "{channel}"
audit_channel = "{audit}"

[[accounts]]
name = "clinic"
handle = "{handle}"
timezone = "Europe/London"
slots = ["mon-fri 08:30, 12:15, 17:45", "sat sun 10:00"]
hashtags = ["#FluJab", "#AskANurse"]

[[stages]]
name = "Clinical"
people = ["U0CLINIC1"]

[[stages]]
name = "Compliance"
people = ["U0COMPLY1"]

[[templates]]
name = "Conversation starter"
text = "What would you like to ask a nurse about the flu jab? Our team answers here on Friday."

[[templates]]
name = "Clinic hours"
text = "The clinic is open Monday to Friday from 8:00 to 18:00. No appointment is needed."

[guidelines]
jurisdictions = ["UK"]

[waits]
lookups = [1, 2, 4]
"""


class BotProcess:
    """A bot with a folder of its own: policy, database, log."""

    def __init__(
        self,
        address: str,
        folder: Path,
        policy: str | None = None,
        environment: Mapping[str, str] | None = None,
        program: Sequence[str] = ("-m", "bot"),
    ) -> None:
        self.folder = folder
        self.log = folder / "bot.log"
        self.database = folder / "countersign.db"
        self._program = (sys.executable, *program)
        self._environment = environment_for(address, folder) | dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "countersign.toml").write_text(policy or demo_policy(), encoding="utf-8")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another `countersign` command against the same database, and wait for it."""
        return subprocess.run(  # noqa: S603 - our own program with our own words
            [sys.executable, "-m", "bot", *arguments],
            env=self._environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def start(self) -> None:
        """Start the bot; it is ready once its socket is open in the sandbox."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [*self._program, "run"],
                env=self._environment,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self, patience: float = 15.0) -> int:
        """Ask the bot to end (SIGTERM), then insist; returns its exit code."""
        if self._process is None:
            return 0
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(patience)
        except subprocess.TimeoutExpired:
            code = self.kill()
        self._process = None
        return code

    def kill(self) -> int:
        """End the bot at once, wherever it is (SIGKILL); returns its exit code."""
        if self._process is None:
            return 0
        self._process.kill()
        return self._process.wait(10)

    @property
    def ended(self) -> int | None:
        """The exit code of a bot that has ended by itself."""
        return None if self._process is None else self._process.poll()

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process else None


def demo_policy() -> str:
    """Return the countersign.toml of the demo's clinic."""
    return POLICY.format(
        operator="U0COMPLY1",
        channel=world.DRAFTS.id,
        audit=world.AUDIT.id,
        handle=world.CLINIC.username,
    )


def crowd_policy(people: Sequence[str]) -> str:
    """Return the demo's policy with a crowd among its reviewers, half of it in each stage."""
    policy, half = demo_policy(), len(people) // 2
    for reviewer, more in (("U0CLINIC1", people[:half]), ("U0COMPLY1", people[half:])):
        names = ", ".join(f'"{name}"' for name in (reviewer, *more))
        policy = policy.replace(f'people = ["{reviewer}"]', f"people = [{names}]")
    return policy


def environment_for(address: str, folder: Path) -> dict[str, str]:
    """Return the environment that points a bot at a sandbox, with nothing else changed."""
    kept = {name: value for name, value in os.environ.items() if name not in PROXIES}
    root = str(Path(__file__).resolve().parents[2])
    return kept | {
        "PYTHONPATH": os.pathsep.join(filter(None, [root, kept.get("PYTHONPATH")])),
        "COUNTERSIGN_CONFIG": str(folder / "countersign.toml"),
        "COUNTERSIGN_DATABASE": f"sqlite:///{folder / 'countersign.db'}",
        "COUNTERSIGN_SLACK_API": f"{address}/slack/api/",
        "COUNTERSIGN_X_API": f"{address}/x",
        "COUNTERSIGN_HEALTH_PORT": "0",
        "SLACK_BOT_TOKEN": world.APP.bot_token,
        "SLACK_APP_TOKEN": world.APP.app_token,
        "X_CONSUMER_KEY": world.X_CONSUMER_KEY,
        "X_CONSUMER_SECRET": world.X_CONSUMER_SECRET,
        "X_CLINIC_ACCESS_TOKEN": world.CLINIC.access_token,
        "X_CLINIC_ACCESS_TOKEN_SECRET": world.CLINIC.access_secret,
    }
