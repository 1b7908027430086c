"""How quick rows are: the due query, whole approvals through Bolt, and the floor below them."""

import sqlite3
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.desk import Desk
from bot.domain.draft import MessageRef, NewDraft
from bot.workflow.intake import submit
from bot.workflow.looking import look
from storage import publications
from storage.database import Database
from storage.migrating import migrate
from tests.bench.team import CLINICIAN, clicks, policy

APPROVALS = 400
QUERIES = 2_000


def measure() -> dict[str, float]:
    """Microseconds of the due query, approvals a second, bare durable commits a second."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = (_due_us(folder / f"{rows}.db", rows) for rows in (10_000, 1_000_000))
        return {
            "due_us_10k": small,
            "due_us_1m": large,
            "due_ratio": large / small,
            "approve_per_s": _approvals(folder / "approve.db"),
            "floor_commit_per_s": _floor(folder / "floor.db"),
        }


def fill(path: Path, rows: int, first_due: datetime) -> None:
    """Put that many approved, scheduled drafts behind everything else, a minute apart."""
    start = first_due.strftime("%Y-%m-%d %H:%M:%S.000000")
    connection = sqlite3.connect(path)
    for statement in _FILL:
        connection.execute(statement, {"rows": rows, "start": start})
    connection.commit()
    connection.close()


_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows) "
_DUE = "strftime('%Y-%m-%d %H:%M:%S.000000', :start, '+' || i || ' minutes')"
_FILL = (
    _NUMBERS + "INSERT INTO draft (id, account, author, front, channel, ts, edited_ts, state, "
    "revision_id, fingerprint, version, drawn_version, asked_revision, draw_failures, created_at) "
    "SELECT 1000000 + i, 'clinic', 'U0AUTHOR1', 'bench', 'C0BENCH', i, '', 'approved', "
    "1000000 + i, 'x', 1, 1, 0, 0, :start FROM n",
    _NUMBERS + "INSERT INTO revision (id, draft_id, number, author, content, fingerprint, "
    "created_at) SELECT 1000000 + i, 1000000 + i, 1, 'U0AUTHOR1', '{}', 'x', :start FROM n",
    _NUMBERS + "INSERT INTO publication (id, draft_id, revision_id, account, fingerprint, state, "
    "detail, due_at, next_at, token, stop_asked, refusals, lookups, asks, created_at) "
    f"SELECT 1000000 + i, 1000000 + i, 1000000 + i, 'clinic', 'x', 'scheduled', '', {_DUE}, "
    f"{_DUE}, 0, 0, 0, 0, 0, :start FROM n",
)


def _due_us(path: Path, rows: int) -> float:
    database = _new(path)
    start = datetime(2030, 1, 1, tzinfo=UTC)
    fill(path, rows, start)
    now = start + timedelta(minutes=rows // 2)
    times = []
    with database.read() as session:
        for _ in range(QUERIES):
            begin = time.perf_counter()
            publications.next_waiting(session, "clinic", now)
            times.append(time.perf_counter() - begin)
    database.close()
    return statistics.median(times) * 1e6


def _approvals(path: Path) -> float:
    database = _new(path)
    desk = Desk(database, policy())
    dispatch = clicks(desk)
    news = (
        NewDraft(MessageRef("slack", "C0DRAFTS", f"1.{n:06}"), "U0AUTHOR1", f"Tweet {n}")
        for n in range(APPROVALS)
    )
    cards = [look(desk, submit(desk, new) or 0) for new in news]
    start = time.perf_counter()
    for card in cards:
        if dispatch(CLINICIAN, card) != 200:
            raise AssertionError
    seconds = time.perf_counter() - start
    database.close()
    return APPROVALS / seconds


def _floor(path: Path) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)")
    connection.execute("INSERT INTO t VALUES (1, 0)")
    start = time.perf_counter()
    for n in range(2_000):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE t SET n = n + 1 WHERE id = 1")
        connection.execute("INSERT INTO t VALUES (NULL, ?)", (n,))
        connection.execute("COMMIT")
    seconds = time.perf_counter() - start
    connection.close()
    return 2_000 / seconds


def _new(path: Path) -> Database:
    database = Database(f"sqlite:///{path}")
    migrate(database)
    return database
