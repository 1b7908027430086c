"""One bot on one SQLite file: a second one would void the leases of the first."""

from contextlib import ExitStack
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.engine import make_url

from bot.errors import DatabaseError


def only_bot(url: str) -> ExitStack:
    """Hold a SQLite file for this bot alone; DatabaseError where another one has it."""
    held = ExitStack()
    path = make_url(url).database
    if make_url(url).get_backend_name() != "sqlite" or path is None:
        return held
    lock = FileLock(Path(path).with_suffix(".db.lock"), timeout=0)
    try:
        held.enter_context(lock)
    except Timeout as error:
        raise DatabaseError(f"Another bot is running on {path}. Stop it first.") from error
    return held
