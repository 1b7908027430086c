"""What runs are played on: a sandbox as a process, and bots as another, one run after another."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from bot.domain.draft import MessageRef
from bot.sandbox import world
from bot.sandbox.bot_process import PROXIES, demo_policy, environment_for
from bot.sandbox.client import SandboxClient
from storage.database import Database
from storage.marks import mark_channel
from storage.migrating import migrate
from tests.crash.plan import Plan
from tests.crash.steps import DOOMS, NAIVE, NOTE, Doom, Step, written

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN_S = 20.0
END_WITHIN_S = 20.0
WAITS = """\
lease = 8
deadline = 3
connect = 1
read = 2
lookups = [0.1, 0.2, 0.4]
removal = 0.4
sweep = 0.2
stop = 5
"""


class Nursery:
    """The process that bots are forked from; one bot at a time."""

    def __init__(self) -> None:
        self._process = _start("tests.crash.nursery", stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def birth(self, environment: dict[str, str], folder: Path) -> int:
        """Start a bot; returns its process id."""
        wanted = {"environment": environment, "folder": str(folder)}
        self._tell(json.dumps(wanted | {"log": str(folder / "bot.log")}))
        return int(self._hear())

    def wait(self) -> int:
        """Wait until the bot has ended; returns its exit code."""
        return int(self._hear())

    def close(self) -> None:
        """End the process."""
        _end(self._process)

    def _tell(self, line: str) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()

    def _hear(self) -> str:
        line = self._process.stdout.readline() if self._process.stdout else b""
        if not line:
            raise ChildProcessError("the nursery has ended")
        return line.decode()


class Keeper(threading.Thread):
    """Keeps a bot alive: starts it again whenever it dies, until told to stop."""

    def __init__(self, stage: "Stage", plan: Plan, folder: Path, *, naive: bool) -> None:
        super().__init__(name="keeper", daemon=True)
        self._nursery, self._plan, self._folder = stage.nursery, plan, folder
        self._environment = environment_for(stage.address, folder) | {
            "COUNTERSIGN_LOG_LEVEL": "INFO"
        }
        self._environment |= {NOTE: str(folder / "died"), **({NAIVE: "1"} if naive else {})}
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._pid: int | None = None
        self.ends: list[int] = []
        """The exit codes of bots that were not asked to end by a kill of ours."""

    def run(self) -> None:
        """Live one life after the other; the last one goes on until it is stopped."""
        lives = [*zip(self._plan.lives, self._plan.downtimes, strict=True)]
        with suppress(ChildProcessError):
            for dooms, downtime in lives:
                if not self._live(dooms):
                    return
                self._stopping.wait(downtime)
            while self._live(()):
                self._stopping.wait(0.2)

    def stop(self) -> None:
        """Ask the bot to end, as an operator does; insist where it does not."""
        with self._lock:
            self._stopping.set()
        self._signal(signal.SIGTERM)
        self.join(END_WITHIN_S)
        if self.is_alive():
            self.ends.append(-signal.SIGKILL)
            self._signal(signal.SIGKILL)
            self.join(END_WITHIN_S)

    @property
    def deaths(self) -> list[Step]:
        """The steps at which bots have died, in order."""
        note = self._folder / "died"
        return [Step[name] for name in note.read_text().split()] if note.exists() else []

    def _live(self, dooms: tuple[Doom, ...]) -> bool:
        with self._lock:
            if self._stopping.is_set():
                return False
            died = self.deaths
            fresh = tuple(doom for doom in dooms if doom.step not in died) or dooms
            environment = self._environment | {DOOMS: written(fresh)}
            self._pid = self._nursery.birth(environment, self._folder)
        code = self._nursery.wait()
        self._pid = None
        stopped = (0, -signal.SIGTERM)  # by default, where it had only just begun to start
        if code != -signal.SIGKILL and not (code in stopped and self._stopping.is_set()):
            self.ends.append(code)
        return not self._stopping.is_set()

    def _signal(self, number: int) -> None:
        if self._pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, number)


class Stage:
    """A sandbox, a nursery, and somebody who types and clicks."""

    def __init__(self, folder: Path, address: str, nursery: Nursery, people: SandboxClient) -> None:
        self.folder, self.address = folder, address
        self.nursery, self.people = nursery, people
        self.aborted = threading.Event()

    def prepare(self, plan: Plan) -> Path:
        """Put everything back to the start; returns the folder of the next bot."""
        self.people.wait_for(lambda: self.people.sockets() == 0, END_WITHIN_S, "the last bot's end")
        self.people.reset()
        self.people.set_faults(slack=plan.slack, x=plan.x)
        folder = self.folder / "bot"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.copy(self.folder / "empty.db", folder / "countersign.db")
        _note_reading(folder / "countersign.db")
        (folder / "countersign.toml").write_text(_policy(plan), encoding="utf-8")
        return folder


@contextmanager
def stage() -> Iterator[Stage]:
    """Set a stage, and leave nothing of it behind."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="countersign-crash-")))
        _make_database(folder / "empty.db")
        ready = folder / "address"
        log = held.enter_context((folder / "sandbox.log").open("wb"))
        sandbox = _start("bot.sandbox", "--port", "0", "--ready-file", str(ready), stderr=log)
        held.callback(_end, sandbox)
        nursery = Nursery()
        held.callback(nursery.close)
        address = _address(ready, sandbox)
        people = held.enter_context(SandboxClient(address))
        yield Stage(folder, address, nursery, people)


def _make_database(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    migrate(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def _note_reading(path: Path) -> None:
    """Let the bot have been here before: it has read the channel up to this moment."""
    database = Database(f"sqlite:///{path}")
    with database.write() as session:
        mark_channel(session, MessageRef("slack", world.DRAFTS.id, f"{time.time():.6f}"))
    database.close()


def _policy(plan: Plan) -> str:
    policy, _, _ = demo_policy().partition("[waits]")
    policy = policy.replace("grace_minutes = 15", f"grace_minutes = {plan.grace_minutes}")
    return f"{policy}[waits]\n{WAITS}"


def _start(module: str, *arguments: str, **pipes: Any) -> subprocess.Popen[bytes]:
    """Start a module of ours as a process that a Ctrl-C at the terminal does not reach."""
    kept = {name: value for name, value in os.environ.items() if name not in PROXIES}
    command = [sys.executable, "-m", module, *arguments]
    pipes.setdefault("stdout", subprocess.DEVNULL)
    return subprocess.Popen(
        command, cwd=ROOT, env=kept | {"PYTHONPATH": str(ROOT)}, start_new_session=True, **pipes
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.terminate()
    try:
        process.wait(END_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _address(ready: Path, sandbox: subprocess.Popen[bytes]) -> str:
    over = threading.Event()
    for _ in range(int(READY_WITHIN_S / 0.02)):
        if ready.exists():
            return ready.read_text(encoding="utf-8").strip()
        if sandbox.poll() is not None:
            break
        over.wait(0.02)
    raise ChildProcessError("the sandbox did not start")
