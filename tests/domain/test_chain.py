"""A walk over the record does not care how a database writes a moment, and sees another one."""

import pytest

from bot.domain.audit import GENESIS, Actor, AuditAction, Entry, Role, chained
from bot.domain.chain import StoredEntry, walk
from tests.conftest import START

ENTRY = Entry(START, Actor("U0AUTHOR1", Role.AUTHOR), AuditAction.DRAFT_SUBMIT, 1, "f", {})


def stored(at: str) -> StoredEntry:
    """The first entry of a record, with its moment written like this."""
    hash_ = chained(GENESIS, 1, ENTRY)
    return (1, at, "U0AUTHOR1", "author", "draft:submit", 1, "f", "{}", GENESIS, hash_)


@pytest.mark.parametrize(
    "at",
    [
        START.strftime("%Y-%m-%d %H:%M:%S.%f"),
        START.strftime("%Y-%m-%d %H:%M:%S"),
        START.isoformat(),
        START.strftime("%Y-%m-%dT") + f"{START.hour + 1:02}:00:00+01:00",
    ],
)
def test_one_moment_fits_however_it_is_written(at: str) -> None:
    assert walk([stored(at)]).fault is None


@pytest.mark.parametrize("at", ["2026-03-02 09:00:00.000001", "yesterday", ""])
def test_another_moment_or_none_is_a_fault(at: str) -> None:
    assert walk([stored(at)]).fault is not None
