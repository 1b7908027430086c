"""Several processes on one file: each waits its turn, and nothing that one wrote is lost."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from storage import accounts
from storage.database import Database

TIMES = 25
COUNT = f"""
import sys
from sqlalchemy.exc import OperationalError
from storage import accounts
from storage.database import Database

database, left = Database(sys.argv[1]), {TIMES}
print("ready", flush=True)
sys.stdin.readline()
while left:
    try:
        with database.write() as session:
            accounts.get(session, "clinic").clock_ahead_ms += 1
    except OperationalError:  # it waited its time and was refused: nothing was written
        continue
    left -= 1
"""


def test_two_processes_that_read_and_write_lose_nothing(database: Database) -> None:
    with database.write() as session:
        accounts.get(session, "clinic")
    with counting(database) as one, counting(database) as other:
        for process in (one, other):
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in (one, other):
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        ends = [process.communicate(timeout=60) for process in (one, other)]
        assert [error for _, error in ends] == ["", ""]
    with database.read() as session:
        assert accounts.get(session, "clinic").clock_ahead_ms == 2 * TIMES


def counting(database: Database) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", COUNT, database.url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def test_whoever_waits_too_long_for_another_process_is_told(database: Database) -> None:
    """Slack gives us three seconds: better a refusal in time than an answer that nobody hears."""
    other = Database(database.url)
    with database.write() as session:
        accounts.get(session, "clinic")
        began = time.monotonic()
        with pytest.raises(OperationalError, match="database is locked"):
            touch(other)
        waited = time.monotonic() - began
    assert 1.0 < waited < 3.0
    touch(other)
    other.close()


def touch(database: Database) -> None:
    with database.write() as session:
        accounts.get(session, "clinic")


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    other = Database(database.url)
    with database.write() as session:
        accounts.get(session, "clinic")
        with other.read() as reading:
            assert (
                reading.connection().exec_driver_sql("SELECT count(*) FROM account").scalar() == 0
            )
    other.close()
