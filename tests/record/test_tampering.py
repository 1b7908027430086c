"""Whoever changes the record is found out: from within, or by a checkpoint that was posted."""

import json
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from bot.domain.audit import Actor, AuditAction, Role
from bot.domain.chain import Fault
from bot.domain.checkpoint import Checkpoint, Head, checkpoints_in
from bot.errors import DatabaseError
from bot.record.checkpoints import Notary
from bot.record.signing import Signer, make_signer
from bot.record.verifying import Report, verify
from storage import audit, checkpoints, selecting
from storage.database import Database
from tests.conftest import START
from tests.office import Office

MADE_UP = (
    "INSERT INTO review SELECT 99, draft_id, revision_id, 'U0NOBODY1', decision, reason, "
    "created_at, acknowledged, attested FROM review WHERE draft_id = 2 LIMIT 1"
)


@pytest.fixture
def posted(full: Office, notary: Notary) -> Checkpoint:
    """A checkpoint behind some entries of the record, as it was posted; more entries follow."""
    notary.write()
    assert notary.step()
    full.draft("One more.")
    [(_, text)] = full.chat.announced
    [checkpoint] = checkpoints_in(text)
    return checkpoint


def verified(office: Office, signer: Signer, *anchors: Checkpoint) -> Report:
    with office.desk.database.read() as session:
        return verify(session, frozenset({signer.key}), anchors)


def words(office: Office, signer: Signer, *anchors: Checkpoint) -> str:
    return " ".join(fault.words for fault in verified(office, signer, *anchors).faults)


def tamper(office: Office, tmp_path: Path, *statements: str) -> None:
    """Do what somebody with the file and some patience can do."""
    rows = sqlite3.connect(tmp_path / "countersign.db", isolation_level=None)
    for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        rows.execute(f"DROP TRIGGER {name}")
    rows.execute("PRAGMA ignore_check_constraints = ON")
    for statement in statements:
        rows.execute(statement)
    rows.close()
    office.desk.database.engine.dispose()


def test_a_record_that_nobody_touched_is_whole(
    full: Office, signer: Signer, posted: Checkpoint
) -> None:
    report = verified(full, signer, posted)
    assert report.faults == ()
    assert (report.checkpoints, report.anchors, report.newest) == (1, 1, posted)
    assert report.entries == len(full.record())


def test_it_is_told_how_far_the_verification_is(full: Office, signer: Signer) -> None:
    told: list[int] = []
    with full.desk.database.read() as session:
        report = verify(session, frozenset({signer.key}), tick=told.append)
        assert sum(told) == report.entries + selecting.count_texts(session)


def test_an_entry_that_was_deleted_is_missed(
    full: Office, signer: Signer, posted: Checkpoint, tmp_path: Path
) -> None:
    tamper(full, tmp_path, "DELETE FROM audit_entry WHERE sequence = 3")
    report = verified(full, signer)
    assert report.faults[0] == Fault(4, "Entry 3 is missing: entry 4 comes in its place.")
    assert posted.head.sequence > 4


def test_an_entry_that_was_edited_is_named(full: Office, signer: Signer, tmp_path: Path) -> None:
    tamper(full, tmp_path, "UPDATE audit_entry SET actor = 'U0NOBODY1' WHERE sequence = 2")
    assert verified(full, signer).faults[0].sequence == 2
    assert "Entry 2 was changed" in words(full, signer)


def test_entries_that_were_reordered_are_named(
    full: Office, signer: Signer, tmp_path: Path
) -> None:
    swap = [f"UPDATE audit_entry SET sequence = {new} WHERE sequence = {old}"
            for old, new in ((2, 99), (3, 2), (99, 3))]  # fmt: skip
    tamper(full, tmp_path, *swap)
    assert verified(full, signer).faults[0].sequence == 2
    assert "Entry 2 does not continue the one before it" in words(full, signer)


def test_an_entry_that_was_inserted_is_named(full: Office, signer: Signer, tmp_path: Path) -> None:
    tamper(
        full,
        tmp_path,
        "UPDATE audit_entry SET sequence = -sequence WHERE sequence > 2",
        "UPDATE audit_entry SET sequence = 1 - sequence WHERE sequence < 0",
        "INSERT INTO audit_entry SELECT 3, at, actor, role, action, draft_id, fingerprint, detail, "
        "hash, hash FROM audit_entry WHERE sequence = 2",
    )
    assert verified(full, signer).faults[0].sequence == 3
    assert "Entry 3 was changed" in words(full, signer)


def test_a_tail_that_was_cut_off_is_missed_by_the_checkpoint_in_the_rows(
    full: Office, signer: Signer, posted: Checkpoint, tmp_path: Path
) -> None:
    cut = posted.head.sequence - 1
    tamper(full, tmp_path, f"DELETE FROM audit_entry WHERE sequence > {cut}")
    assert f"The record ends at entry {cut}" in words(full, signer)


def test_a_tail_that_was_cut_off_with_its_checkpoint_is_missed_by_the_posted_one(
    full: Office, signer: Signer, posted: Checkpoint, tmp_path: Path
) -> None:
    cut = posted.head.sequence - 1
    tamper(
        full,
        tmp_path,
        f"DELETE FROM audit_entry WHERE sequence > {cut}",
        "DELETE FROM checkpoint",
    )
    [fault] = [f for f in verified(full, signer, posted).faults if f.sequence is not None]
    assert fault.sequence == posted.head.sequence
    assert f"The record ends at entry {cut}" in fault.words
    assert "cut off" in fault.words


def test_a_record_that_was_rewritten_with_its_checkpoints_is_not_the_posted_one(
    full: Office, signer: Signer, posted: Checkpoint, tmp_path: Path
) -> None:
    """Somebody has the file, the key and this program: from within nothing can be seen."""
    rewrite(full, signer, tmp_path)
    assert [f for f in verified(full, signer).faults if f.sequence is not None] == []
    [fault] = [f for f in verified(full, signer, posted).faults if f.sequence is not None]
    assert fault.sequence == posted.head.sequence
    assert "was rewritten" in fault.words


def rewrite(office: Office, signer: Signer, tmp_path: Path) -> None:
    """Say that somebody else wrote the first draft, and make everything behind it fit."""
    with office.desk.database.read() as session:
        rows = [tuple(row) for row in audit.entries(session)]
    tamper(office, tmp_path, "DELETE FROM audit_entry", "DELETE FROM checkpoint")
    with office.desk.database.write() as session:
        for row in rows:
            who = "U0NOBODY1" if row[0] == 1 else row[2]
            at, actor = datetime.fromisoformat(f"{row[1]}+00:00"), Actor(who, Role(row[3]))
            detail = json.loads(row[7])
            audit.append(session, at, actor, AuditAction(row[4]), draft_id=row[5],
                         fingerprint=row[6], **detail)  # fmt: skip
        head = Head(*audit.head(session), START)
        checkpoints.add(session, signer.checkpoint(head), None)


def test_a_database_that_was_replaced_by_an_older_copy_is_not_the_posted_one(
    office: Office, notary: Notary, signer: Signer, tmp_path: Path
) -> None:
    office.published("Flu jabs start on Monday.")
    notary.write()
    older = copy(office, tmp_path)
    office.clock.forward(days=1)
    office.draft("Sleep well.")
    notary.write()
    while notary.step():
        pass
    posted = [c for _, text in office.chat.announced for c in checkpoints_in(text)]
    assert len(posted) == 2
    database = Database(f"sqlite:///{older}")
    with database.read() as session:
        trusted = frozenset({signer.key})
        assert verify(session, trusted).faults == ()
        [fault] = verify(session, trusted, posted).faults
    database.close()
    assert "replaced by an older copy" in fault.words


def copy(office: Office, tmp_path: Path) -> Path:
    with office.desk.database.engine.connect() as rows:
        rows.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(shutil.copy(tmp_path / "countersign.db", tmp_path / "older.db"))


def test_a_text_that_is_not_the_recorded_one_is_named(
    full: Office, signer: Signer, tmp_path: Path
) -> None:
    tamper(full, tmp_path, "UPDATE revision SET content = replace(content, 'Monday', 'Sunday')")
    assert words(full, signer) == (
        "The stored text of draft 1, version 1, is not the one that was recorded."
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE blob_piece SET content = x'00'",
        "UPDATE blob SET sha256 = 'other'",
        "DELETE FROM blob",
    ],
)
def test_a_picture_that_is_not_the_recorded_one_is_named(
    full: Office, signer: Signer, tmp_path: Path, change: str
) -> None:
    draft = full.illustrated()
    assert words(full, signer) == ""
    tamper(full, tmp_path, change)
    assert f"A stored picture or video of draft {draft} is gone" in words(full, signer)


@pytest.mark.parametrize("content", ["", "words", "[]", "{}"])
def test_a_text_that_is_gone_or_none_is_named(
    full: Office, signer: Signer, tmp_path: Path, content: str
) -> None:
    tamper(full, tmp_path, f"UPDATE revision SET content = '{content}' WHERE id = 2")
    assert "draft 2, version 1" in words(full, signer)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE review SET decision = 'approve' WHERE decision = 'reject'",
        "UPDATE review SET reviewer = 'U0NOBODY1' WHERE draft_id = 2",
        "UPDATE review SET decision = 'sort_of' WHERE draft_id = 2",
        "UPDATE review SET acknowledged = '[\"EVD-01\"]' WHERE draft_id = 2",
        "UPDATE review SET attested = 'nonsense' WHERE draft_id = 2",
        "DELETE FROM review WHERE draft_id = 2",
        MADE_UP,
    ],
)
def test_decisions_that_are_not_the_recorded_ones_are_named(
    full: Office, signer: Signer, tmp_path: Path, change: str
) -> None:
    tamper(full, tmp_path, change)
    assert words(full, signer) == (
        "The stored decisions on draft 2 are not those that were recorded."
    )


@pytest.mark.parametrize("change", ["signature", "hash", "key", "at"])
def test_a_checkpoint_that_was_changed_is_not_signed(
    full: Office, signer: Signer, posted: Checkpoint, tmp_path: Path, change: str
) -> None:
    assert verified(full, signer, posted).faults == ()
    value = {"at": "'2026-03-02 09:00:07.000000'", "hash": f"'{'a' * 64}'"}.get(
        change, f"replace({change}, substr({change}, 7, 1), '_')"
    )
    tamper(full, tmp_path, f"UPDATE checkpoint SET {change} = {value}")
    assert "is not signed by its key" in words(full, signer)


def test_a_checkpoint_of_another_key_is_believed_only_when_it_is_named(
    full: Office, posted: Checkpoint, tmp_path: Path
) -> None:
    other = make_signer(tmp_path / "other.audit-key")
    assert "key that is not known here" in words(full, other)
    with full.desk.database.read() as session:
        assert verify(session, frozenset({other.key, posted.key})).faults == ()


def test_without_any_key_nothing_is_called_whole(full: Office, posted: Checkpoint) -> None:
    with full.desk.database.read() as session, pytest.raises(DatabaseError, match="--trust"):
        verify(session, frozenset(), [posted])
