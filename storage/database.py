"""The connection to the rows: one writer at a time, every commit durable."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session, create_engine

from bot.errors import DatabaseError
from storage.turns import Turn

BUSY_TIMEOUT_MS = 1_500
"""How long SQLite waits for another process; longer would outlast Slack's three seconds."""

CLOSED = "The database cannot be opened. Check COUNTERSIGN_DATABASE and its folder's rights."
NO_ADDRESS = (
    "COUNTERSIGN_DATABASE is no address of a database that I know. "
    "Write one like sqlite:///countersign.db."
)

CONNECTIONS = 48
"""More than the threads that may want one at once (32 listeners, the loops, the timer)."""


class Database:
    """Transactions on one database; SQLite and PostgreSQL look alike from here.

    DatabaseError where the address is none.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self.engine = _engine(url)
        except (ArgumentError, ImportError) as error:  # ImportError: its driver is not installed
            raise DatabaseError(NO_ADDRESS) from error
        self._writer = self.engine.execution_options(countersign_write=True)
        self._turn = Turn()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a transaction that may change rows; commits at the end, or changes nothing.

        One at a time in this process, in the order of asking: SQLite's own wait is unfair (single
        waits of seconds).
        """
        with self._turn, Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a transaction that sees one moment and changes nothing."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    # hidden parameters: an error that is logged must not carry draft text
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_size=CONNECTIONS, max_overflow=0, hide_parameters=True)
    engine = create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Make a new SQLite connection durable, strict about foreign keys, and quick to give up."""
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the start: a read that turns into a write loses updates otherwise."""
    writes = connection.get_execution_options().get("countersign_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
