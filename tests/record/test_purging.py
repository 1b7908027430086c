"""Removing contents: only what is old enough and over, only contents, and for good."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from bot.domain.audit import Actor, AuditAction, Role
from bot.domain.draft import FileRef
from bot.domain.retention import kept_since
from bot.domain.selection import Selection
from bot.errors import RefusedError
from bot.record.exporting import export
from bot.record.signing import Signer
from bot.record.verifying import verify
from bot.workflow.intake import submit
from bot.workflow.purging import purge, purgeable
from bot.workflow.stopping import withdraw
from storage import blobs
from storage.models import AuditEntry, Blob, Revision, SourceFile
from storage.triggers import EMPTIED
from tests.conftest import AUTHOR, START
from tests.office import Office

SHELL = Actor("shell:dana", Role.OPERATOR)
LATER = START + timedelta(days=1)


@pytest.fixture
def old(full: Office) -> Office:
    """What was done in the office is six years and two days old."""
    full.clock.now = START.replace(year=START.year + 6) + timedelta(days=2)
    return full


def run(office: Office, sql: str) -> None:
    with office.desk.database.write() as session:
        session.connection().exec_driver_sql(sql)


def test_contents_are_removed_and_the_record_stays_whole(
    old: Office, signer: Signer, tmp_path: Path
) -> None:
    assert purge(old.desk, SHELL, LATER) == 2
    with old.desk.database.read() as session:
        assert {row.content for row in session.exec(select(Revision))} == {""}
        assert verify(session, frozenset({signer.key})).faults == ()
    for path in tmp_path.glob("countersign.db"):
        old.desk.database.engine.dispose()
        kept = path.read_bytes()
        assert b"Sleep eight hours" not in kept
        assert b"Flu jabs" not in kept
        assert b"No source" not in kept


def test_pictures_go_with_the_last_draft_that_had_them(office: Office) -> None:
    one, two = office.illustrated("One", ("A bed.",)), office.illustrated("Two", ("A bed.",))
    withdraw(office.desk, one, AUTHOR)
    office.clock.forward(days=3)
    withdraw(office.desk, two, AUTHOR)
    office.clock.now = START.replace(year=START.year + 6) + timedelta(days=9)
    for draft, before, left in ((one, LATER, 1), (two, START + timedelta(days=4), 0)):
        assert purge(office.desk, SHELL, before) == 1
        assert not office.card(draft).pictures
        with office.desk.database.read() as session:
            assert len(session.exec(select(Blob)).all()) == left
            assert len(session.exec(select(SourceFile)).all()) == left


def test_a_copy_keeps_the_pictures_of_a_draft_that_is_emptied(office: Office) -> None:
    draft = office.illustrated("One", ("A bed.",))
    (file,) = office.card(draft).files
    new = replace(office.chat.write("Two"), posted=True, files=(FileRef(file.ref),))
    submit(office.desk, new)
    copied = office.id_of(new)
    withdraw(office.desk, draft, AUTHOR)
    office.clock.now = START.replace(year=START.year + 6) + timedelta(days=9)
    assert purge(office.desk, SHELL, LATER) == 1
    assert not office.card(draft).files
    (kept,) = office.card(copied).content.parts[0].media
    with office.desk.database.read() as session:
        assert blobs.verify(session, kept.sha256)


def test_each_draft_leaves_an_entry(old: Office) -> None:
    purge(old.desk, SHELL, LATER)
    with old.desk.database.read() as session:
        *_, first, second = session.exec(select(AuditEntry).order_by("sequence"))
    assert [(e.action, e.draft_id, e.actor) for e in (first, second)] == [
        (AuditAction.DRAFT_PURGE, 1, SHELL.id),
        (AuditAction.DRAFT_PURGE, 2, SHELL.id),
    ]
    assert json.loads(first.detail) == {"before": "2026-03-03"}


def test_the_same_is_removed_once(old: Office) -> None:
    assert purge(old.desk, SHELL, LATER) == 2
    assert purge(old.desk, SHELL, LATER) == 0


def test_a_card_and_an_export_say_that_the_text_was_removed(
    old: Office, signer: Signer, tmp_path: Path
) -> None:
    purge(old.desk, SHELL, LATER)
    assert old.card(2).parts[0].text.startswith("(The text was removed")
    folder = export(old.desk, signer, SHELL, Selection(draft_id=2), tmp_path / "e").folder
    page = (folder / "drafts/2.html").read_text("utf-8")
    assert "The contents were removed on 2032-03-04" in page
    assert "asked for changes" not in page
    assert "rejected" in page


def test_nothing_younger_than_the_set_period_is_removed(full: Office) -> None:
    full.clock.now = START.replace(year=START.year + 6) - timedelta(days=1)
    with pytest.raises(RefusedError, match="for 6 years"):
        purge(full.desk, SHELL, START)
    assert full.card(2).parts[0].text == "Sleep seven to nine hours."


def test_what_was_touched_since_stays(old: Office) -> None:
    text = old.card(1).content
    assert purgeable(old.desk, START) == ()
    assert old.card(1).content == text


def test_what_may_still_go_out_stays(office: Office) -> None:
    open_draft = office.draft("Still here.")
    approved = office.scheduled("Much later.", START + timedelta(days=3000))
    over = office.draft("Over.")
    withdraw(office.desk, over, AUTHOR)
    office.clock.now = START.replace(year=START.year + 7)
    assert purgeable(office.desk, LATER) == (over,)
    assert {open_draft, approved}.isdisjoint(purgeable(office.desk, LATER))


@pytest.mark.parametrize(
    ("now", "years", "since"),
    [
        ("2032-03-02", 6, "2026-03-02"),
        ("2032-02-29", 6, "2026-02-28"),
        ("2032-02-29", 4, "2028-02-29"),
    ],
)
def test_years_are_those_of_the_calendar(now: str, years: int, since: str) -> None:
    assert kept_since(datetime.fromisoformat(now), years) == datetime.fromisoformat(since)


# -- what the triggers allow --


@pytest.mark.parametrize("table", EMPTIED)
def test_without_a_purge_nothing_can_be_emptied(full: Office, table: str) -> None:
    full.draft("x" * 300)
    with pytest.raises(IntegrityError, match="immutable"):
        run(full, f"UPDATE {table} SET {EMPTIED[table]} = ''")


def columns() -> list[tuple[str, str]]:
    """Every column of the tables that a purge touches."""
    tables = SQLModel.metadata.tables
    return [(table, column.name) for table in EMPTIED for column in tables[table].columns]


@pytest.mark.parametrize(("table", "column"), columns())
def test_a_purge_lets_nothing_but_the_contents_change(old: Office, table: str, column: str) -> None:
    """Also of columns that are added one day: each is compared."""
    too_long = old.draft("x" * 300)
    withdraw(old.desk, too_long, AUTHOR)
    old.clock.now += timedelta(days=3000)
    purge(old.desk, SHELL, old.clock.now - timedelta(days=2500))
    with pytest.raises(IntegrityError):
        run(old, f'UPDATE {table} SET "{column}" = coalesce("{column}", 0) || 1')
    with pytest.raises(IntegrityError):
        run(old, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ["audit_entry", "revision", "review", "purge"])
def test_replacing_is_deleting(old: Office, table: str) -> None:
    purge(old.desk, SHELL, LATER)
    with pytest.raises(IntegrityError, match=r"immutable|end"):
        run(old, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("verb", ["UPDATE purge SET actor = 'me'", "DELETE FROM purge"])
def test_a_purge_cannot_be_taken_back(old: Office, verb: str) -> None:
    purge(old.desk, SHELL, LATER)
    with pytest.raises(IntegrityError, match="immutable"):
        run(old, verb)


def test_the_rows_themselves_refuse_a_purge_of_what_is_not_over(office: Office) -> None:
    office.draft("Still here.")
    with pytest.raises(IntegrityError, match="only after its end"):
        run(office, "INSERT INTO purge VALUES (1, '2099-01-01', '2099-01-01', 'me')")


def test_the_rows_themselves_refuse_a_purge_of_what_was_touched_since(full: Office) -> None:
    with pytest.raises(IntegrityError, match="only after its end"):
        run(full, "INSERT INTO purge VALUES (2, '2026-03-02', '2099-01-01', 'me')")
