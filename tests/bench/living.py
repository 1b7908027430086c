"""The bot as a process of its own: its start, its crowds, its bursts, its lateness."""

import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

import psutil

from bot.desk import Desk
from bot.domain.draft import MessageRef, NewDraft, Wish
from bot.domain.quorum import Decision
from bot.sandbox import world
from bot.sandbox.bot_process import BotProcess, crowd_policy
from bot.sandbox.client import SandboxClient
from bot.workflow.intake import submit
from bot.workflow.looking import look
from bot.workflow.review import review
from bot.workflow.scheduling import set_wish
from storage.database import Database
from tests.bench.storing import fill
from tests.bench.team import CLINICIAN, COMPLIANCE, policy

CROWD = [person.id for person in world.CROWD[:50]]
STARTS = 5
TWEETS = 100
TWEET_EVERY_S = 0.25
BACKLOG = 100_000
BURST = 3_000
TALK = "// talk number {n}"
"""What a lively channel sends most: messages that are read and are no drafts."""


def measure() -> dict[str, float]:
    """Start and memory, the two crowds, the burst, and lateness behind a long schedule."""
    with sandbox() as address:
        return {
            **_starting(address),
            **_crowds(address),
            **_bursting(address),
            **_lateness(address),
        }


@contextmanager
def sandbox() -> Iterator[str]:
    """Run the sandbox as a process of its own, so that it does not share our core's lock."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready"
        program = [sys.executable, "-m", "bot.sandbox", "--ready-file", str(ready)]
        process = subprocess.Popen(program, stdout=subprocess.DEVNULL)
        try:
            while not ready.exists():
                time.sleep(0.01)
            yield ready.read_text().strip()
        finally:
            process.terminate()
            process.wait(10)


@contextmanager
def living(
    address: str, before: Callable[[BotProcess], None] = lambda _: None
) -> Iterator[tuple[BotProcess, SandboxClient]]:
    """Run a bot with a fresh database against a fresh sandbox until the block ends."""
    with tempfile.TemporaryDirectory() as folder, SandboxClient(address) as person:
        person.reset()
        bot = BotProcess(address, Path(folder), crowd_policy(CROWD))
        bot.command("migrate").check_returncode()
        before(bot)
        bot.start()
        try:
            person.wait_for(lambda: person.sockets() > 0, 20, "a connected bot")
            yield bot, person
        finally:
            bot.stop()


def _starting(address: str) -> dict[str, float]:
    seconds, memory = [], []
    for _ in range(STARTS):
        begin = 0.0

        def note_begin(_: BotProcess) -> None:
            nonlocal begin
            begin = time.perf_counter()

        with living(address, note_begin) as (bot, _):
            seconds.append(time.perf_counter() - begin)
            time.sleep(2)
            memory.append(psutil.Process(bot.pid).memory_info().rss / 1e6)
    return {"start_s": sorted(seconds)[STARTS // 2], "rss_mb": max(memory)}


def _crowds(address: str) -> dict[str, float]:
    with living(address) as (_, person), ThreadPoolExecutor(len(CROWD)) as crowd:
        card = _card(person, _write(person, "One draft, fifty reviewers."))
        approve = partial(_approve, person)
        one = _acks(person, lambda: list(crowd.map(approve, CROWD, repeat(card))))
        threads = [_write(person, f"Draft number {n}.") for n in range(50)]
        cards = [_card(person, ts) for ts in threads]
        many = _acks(person, lambda: list(crowd.map(approve, CROWD, cards)))
    return {"ack_one_p99_ms": one, "ack_many_p99_ms": many}


def _bursting(address: str) -> dict[str, float]:
    with living(address) as (_, person):
        result = person.burst(world.DRAFTS.id, ["U0AUTHOR1", "U0AUTHOR2"], BURST, TALK)
    return {"burst_lost": result["lost"], "burst_p99_ms": result["p99_ms"]}


def _lateness(address: str) -> dict[str, float]:
    dues: list[datetime] = []

    def schedule(bot: BotProcess) -> None:
        fill(bot.database, BACKLOG, datetime.now(UTC) + timedelta(days=365))
        database = Database(f"sqlite:///{bot.database}")
        first = datetime.now(UTC) + timedelta(seconds=20)
        dues.extend(first + timedelta(seconds=TWEET_EVERY_S * n) for n in range(TWEETS))
        _approve_all(Desk(database, policy()), dues)
        database.close()

    with living(address, schedule) as (_, person):
        wait = (dues[-1] - datetime.now(UTC)).total_seconds() + 15
        person.wait_for(lambda: len(person.ledger()["tweets"]) >= TWEETS, wait, "all tweets")
        tweets = sorted(person.ledger()["tweets"], key=lambda tweet: int(tweet["id"]))
    late = [t["created_ms"] - due.timestamp() * 1000 for t, due in zip(tweets, dues, strict=True)]
    return {"late_p50_ms": _percentile(late, 50), "late_p99_ms": _percentile(late, 99)}


def _approve_all(desk: Desk, dues: list[datetime]) -> None:
    """Schedule a tweet for each moment; their source messages are on a front that is not read."""
    for n, due in enumerate(dues):
        ref = MessageRef("bench", world.DRAFTS.id, f"{n + 1}.000000")
        draft_id = submit(desk, NewDraft(ref, "U0AUTHOR1", f"Tweet {n} of the benchmark."))
        card = look(desk, draft_id or 0)
        set_wish(desk, card.id, "U0AUTHOR1", Wish(due))
        for person in (CLINICIAN, COMPLIANCE):
            review(desk, card.id, card.revision_id, person, Decision.APPROVE)


def _write(person: SandboxClient, text: str) -> str:
    return person.write("U0AUTHOR1", world.DRAFTS.id, text)


def _card(person: SandboxClient, ts: str) -> str:
    def find() -> str | None:
        replies = person.thread(world.DRAFTS.id, ts, CLINICIAN)
        return next((m["ts"] for m in replies if m.get("bot")), None)

    return person.wait_for(find, 60, "a card")


def _approve(person: SandboxClient, who: str, card: str) -> dict[str, Any]:
    return person.click(who, world.DRAFTS.id, card, "approve")


def _acks(person: SandboxClient, crowd: Callable[[], object]) -> float:
    """Return the 99th percentile of the time to acknowledge, over the envelopes of a crowd."""
    before = {envelope["id"] for envelope in person.traffic()["envelopes"]}
    crowd()
    times = [
        (envelope["acked_at"] - envelope["sent"][0]) * 1000
        for envelope in person.traffic()["envelopes"]
        if envelope["id"] not in before and envelope["type"] == "interactive"
    ]
    if len(times) != len(CROWD):
        raise AssertionError(json.dumps(len(times)))
    return _percentile(times, 99)


def _percentile(values: list[float], percent: int) -> float:
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]
