"""`countersign audit verify`, `export` and `purge` at a shell: words and exit codes."""

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.desk import Desk
from bot.domain.audit import Actor, Role
from bot.domain.quorum import Decision
from bot.ports import utc_now
from bot.record.checkpoints import Notary
from bot.record.signing import Signer, key_file, signer_for
from bot.sandbox.bot_process import demo_policy
from storage.database import Database
from tests.conftest import CLINICIAN, HandClock
from tests.fakes.chat import FakeChat
from tests.fakes.x import FakeX
from tests.office import Office


@pytest.fixture
def office(desk: Desk, clock: HandClock) -> Office:
    """A rejected draft of seven years ago, in the database that the shell knows."""
    clock.now = utc_now() - timedelta(days=7 * 366)
    office = Office(desk, clock, FakeChat(), FakeX(clock=clock))
    office.decide(office.draft("Sleep well."), CLINICIAN, Decision.REJECT)
    return office


@pytest.fixture
def signer(office: Office) -> Signer:
    return signer_for(None, key_file(office.desk.database.url))


@pytest.fixture
def line(office: Office, signer: Signer) -> str:
    """A posted checkpoint."""
    Notary(office.desk, lambda: signer, office.chat, "C0AUDIT").write_last()
    [(_, text)] = office.chat.announced
    return text.splitlines()[1]


@pytest.fixture(autouse=True)
def shell(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No token of Slack or X is in the environment of an auditor."""
    policy = tmp_path / "countersign.toml"
    policy.write_text(demo_policy(), encoding="utf-8")
    monkeypatch.setenv("COUNTERSIGN_CONFIG", str(policy))
    monkeypatch.setenv("COUNTERSIGN_DATABASE", database.url)
    monkeypatch.delenv("COUNTERSIGN_AUDIT_KEY", raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_a_whole_record_ends_with_0_and_says_what_it_cannot_show(line: str) -> None:
    done = run("audit", "verify")
    assert done.exit_code == 0
    first, newest, more = done.stdout.splitlines()
    assert first.startswith("The record is whole: 2 entries, 1 checkpoint,")
    assert newest == f"Newest checkpoint: {line.strip('`')}"
    assert "cannot show that the end was cut off" in more


def test_a_pasted_line_and_a_file_of_them_are_compared(
    line: str, office: Office, shell: Path
) -> None:
    kept = shell / "posted.txt"
    kept.write_text(f"Dana wrote:\n> {line}\n> {line}\n", encoding="utf-8")
    for given, count in ((line, 1), (str(kept), 2)):
        done = run("audit", "verify", "--anchor", given, "--json")
        assert done.exit_code == 0
        assert json.loads(done.stdout)["anchors"] == count
    cut_tail(office, shell)
    done = run("audit", "verify", "--anchor", line)
    assert done.exit_code == 1
    assert "The record ends at entry 1" in done.stdout
    assert "whole" not in done.stdout


def cut_tail(office: Office, shell: Path) -> None:
    rows = sqlite3.connect(shell / "countersign.db", isolation_level=None)
    for statement in (
        "DROP TRIGGER audit_entry_no_delete",
        "DROP TRIGGER checkpoint_no_delete",
        "DELETE FROM audit_entry WHERE sequence = 2",
        "DELETE FROM checkpoint",
    ):
        rows.execute(statement)
    rows.close()
    office.desk.database.engine.dispose()


def test_a_broken_record_ends_with_1_also_in_json(line: str, office: Office, shell: Path) -> None:
    cut_tail(office, shell)
    done = run("audit", "verify", "--json", "--anchor", line)
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert said["whole"] is False
    assert said["entries"] == 1
    assert said["faults"][0]["entry"] == 2


@pytest.mark.usefixtures("line")
def test_verifying_changes_nothing(office: Office, shell: Path) -> None:
    office.desk.database.close()
    before = (shell / "countersign.db").read_bytes()
    assert run("audit", "verify").exit_code == 0
    assert (shell / "countersign.db").read_bytes() == before


def test_what_cannot_be_read_ends_with_2(
    line: str, shell: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments, words in (
        (["--anchor", "nonsense"], "neither a posted checkpoint nor a file"),
        (["--anchor", str(shell / "countersign.toml")], "there is no checkpoint in"),
        (["--anchor", line[:90]], "from the first word to the last"),
        (["--anchor", "x" * 5000], "neither a posted checkpoint nor a file"),
        (["--export", str(shell)], "is no export"),
    ):
        done = run("audit", "verify", *arguments)
        assert done.exit_code == 2, arguments
        assert words in done.stderr
        assert done.stdout == ""
    monkeypatch.setenv("COUNTERSIGN_DATABASE", f"sqlite:///{shell / 'missing.db'}")
    done = run("audit", "verify")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "cannot be opened" in done.stderr
    assert not (shell / "missing.db").exists()


def test_an_auditor_without_the_key_names_the_public_one(
    line: str, office: Office, shell: Path
) -> None:
    key = line.partition("key=")[2].partition(" ")[0]
    (shell / "countersign.audit-key").unlink()
    done = run("audit", "verify")
    assert done.exit_code == 2
    assert "--trust" in done.stderr
    assert run("audit", "verify", "--trust", key).exit_code == 0
    assert len(office.record()) == 2


def test_an_export_is_written_and_verified_without_the_database(
    office: Office, signer: Signer, shell: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shell / "for the auditor"
    done = run("export", str(folder), "--draft", "1")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"{folder}: 1 draft, 2 entries.",
        f"Begin with {folder / 'index.html'}. Signed with key {signer.key}",
    ]
    assert len(office.record()) == 3
    monkeypatch.setenv("COUNTERSIGN_DATABASE", f"sqlite:///{shell / 'elsewhere.db'}")
    verify = ("audit", "verify", "--export", str(folder))
    assert run(*verify).exit_code == 2
    done = run(*verify, "--trust", signer.key)
    assert (done.exit_code, done.stdout) == (
        0,
        "The export is as it was written: 8 files, 2 entries.\n",
    )
    (folder / "drafts/1.html").write_text("Sorry.", encoding="utf-8")
    done = run(*verify, "--trust", signer.key, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["faults"] == [
        {
            "entry": None,
            "words": "drafts/1.html was changed: its hash does not belong to what it says.",
        }
    ]


def test_an_export_of_nothing_and_one_that_is_there_are_refused(
    office: Office, shell: Path
) -> None:
    for arguments in ([str(shell / "new"), "--draft", "7"], [str(shell)]):
        with pytest.raises(Exception, match=r"Nothing in the record|is there already"):
            run("export", *arguments)
    assert len(office.record()) == 2
    assert not (shell / "new").exists()


def test_a_purge_is_first_only_counted(office: Office) -> None:
    day = f"{utc_now() - timedelta(days=7 * 365):%Y-%m-%d}"
    done = run("purge", "--before", day)
    assert done.exit_code == 0
    assert "1 draft ended before" in done.stdout
    assert "Add --yes" in done.stdout
    assert office.card(1).parts[0].text == "Sleep well."
    done = run("purge", "--before", day, "--yes")
    assert done.stdout == "The contents of 1 draft were removed.\n"
    assert office.card(1).parts[0].text.startswith("(The text was removed")
    assert run("audit", "verify").exit_code == 0


def test_whoever_sits_at_the_shell_is_named(office: Office, shell: Path) -> None:
    run("export", str(shell / "new"))
    with office.desk.database.engine.connect() as rows:
        found = rows.exec_driver_sql("SELECT actor, role FROM audit_entry WHERE sequence = 3")
        actor, role = found.one()
    assert actor.startswith("shell:")
    assert Actor(actor, Role(role)).role is Role.OPERATOR
