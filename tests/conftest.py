"""What most tests stand on: a team, a clock that is set by hand, rows in a temporary file."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import event

from bot.desk import Desk
from bot.domain.policy import Account, Policy, Waits
from bot.domain.quorum import Quorum, Stage
from storage.database import Database
from storage.migrating import migrate

# a test is not wrong because the machine is busy
settings.register_profile(
    "countersign", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("countersign")

THOROUGH = os.environ.get("COUNTERSIGN_THOROUGH") == "1"
"""Whether every combination is tried, as `.ci/run` asks, or a sample by this run's seed."""

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

AUTHOR, COLLEAGUE = "U0AUTHOR1", "U0AUTHOR2"
CLINICIAN, COMPLIANCE, OUTSIDER = "U0CLINIC1", "U0COMPLY1", "U0OUTSIDE"
OPERATOR = COMPLIANCE

for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
    os.environ.pop(name, None)  # slack_sdk reads them and ignores NO_PROXY


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Let time pass: `forward(minutes=5)`."""
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def policy() -> Policy:
    return Policy(
        accounts=(Account("clinic", "RiversideClinic", ZoneInfo("Europe/London")),),
        quorum=Quorum(
            stages=(
                Stage("Clinical", 1, frozenset({CLINICIAN})),
                Stage("Compliance", 1, frozenset({COMPLIANCE})),
            ),
            lapse=timedelta(days=14),
        ),
        operators=frozenset({OPERATOR}),
        waits=Waits(),
    )


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "countersign.db"
    path.write_bytes(migrated.read_bytes())
    database = Database(f"sqlite:///{path}")
    forget_durability(database)
    yield database
    database.close()


def forget_durability(database: Database) -> None:
    """Write without waiting for the disk: a file of a test need not outlast a power cut."""
    event.listen(database.engine, "connect", hurry)


def hurry(connection: sqlite3.Connection, _record: object = None) -> None:
    """Let a connection not wait for the disk."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def desk(database: Database, policy: Policy, clock: HandClock) -> Desk:
    return Desk(database, policy, clock)


@pytest.fixture
def reference() -> Path:
    """The folder with other people's published test data; skipped where there is none."""
    folder = os.environ.get("COUNTERSIGN_REFERENCE")
    if not folder:
        pytest.skip("COUNTERSIGN_REFERENCE names no folder with reference data")
    return Path(folder)
