"""The command line without a process: its words, and its exit codes."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import __main__ as command_line
from bot import __version__
from bot.errors import DatabaseError, SettingsError
from bot.sandbox.bot_process import demo_policy
from bot.workflow.stopping import NOT_KEPT
from tests.test_settings import SECRETS

COMMANDS = ("run", "demo", "check", "doctor", "migrate", "pause", "resume", "export", "purge")


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment in which every command finds its settings; returns its folder."""
    (tmp_path / "countersign.toml").write_text(demo_policy(), encoding="utf-8")
    environment = SECRETS | {
        "COUNTERSIGN_CONFIG": str(tmp_path / "countersign.toml"),
        "COUNTERSIGN_DATABASE": f"sqlite:///{tmp_path / 'new.db'}",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the program as a shell does; returns its exit code."""
    monkeypatch.setattr(sys, "argv", ["countersign", *arguments])
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    return int(ended.value.code or 0)


def test_it_says_its_version() -> None:
    done = CliRunner().invoke(command_line.app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, f"countersign {__version__}\n")


def test_help_lists_every_command() -> None:
    done = CliRunner().invoke(command_line.app, ["--help"], env={"TERM": "dumb"})
    assert done.exit_code == 0
    assert all(f" {command} " in done.stdout for command in (*COMMANDS, "audit"))
    assert {info.callback.__name__ for info in command_line.app.registered_commands
            if info.callback} == set(COMMANDS)  # fmt: skip


def test_without_a_command_it_helps() -> None:
    done = CliRunner().invoke(command_line.app, [], env={"TERM": "dumb"})
    assert "Usage" in done.output


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_says_what_it_does(command: str) -> None:
    done = CliRunner().invoke(command_line.app, [command, "--help"], env={"TERM": "dumb"})
    assert done.exit_code == 0
    assert "Usage" in done.output


@pytest.mark.usefixtures("shell")
def test_what_goes_wrong_is_one_line_for_a_person(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "pause", "wait") == 1
    said = capsys.readouterr()
    words = "The database is not up to date. Run `countersign migrate` first.\n"
    assert (said.out, said.err) == ("", words)


def test_every_mistake_in_the_settings_is_a_line(
    shell: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    monkeypatch.delenv("X_CONSUMER_KEY")
    assert run(monkeypatch, "migrate") == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["SLACK_BOT_TOKEN", "X_CONSUMER_KEY"]
    assert not (shell / "new.db").exists()


@pytest.mark.parametrize("error", [DatabaseError("Sorry."), SettingsError("Sorry.")])
def test_only_errors_that_are_written_for_people_are_shown_so(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(of: Exception) -> None:
        raise of

    monkeypatch.setattr(command_line, "app", lambda: fail(error))
    assert run(monkeypatch) == 1
    assert capsys.readouterr().err == "Sorry.\n"
    monkeypatch.setattr(command_line, "app", lambda: fail(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        command_line.main()


@pytest.mark.usefixtures("shell")
def test_an_operator_makes_the_rows_stops_everything_and_lets_it_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, words in (
        (["migrate"], "The database is up to date.\n"),
        (["migrate"], "The database is up to date.\n"),
        (["pause", "a wrong dose"], "Paused: nothing goes out until somebody resumes.\n"),
        (
            ["pause", "MRN 4471902"],
            f"Paused: nothing goes out until somebody resumes.\n{NOT_KEPT}\n",
        ),
        (["resume"], "Resumed: 0 held tweets are on the way.\n"),
        (
            ["pause", "--account", "clinic"],
            "Paused: nothing goes out on clinic until somebody resumes.\n",
        ),
        (["resume", "--account", "clinic"], "Resumed: 0 held tweets are on the way.\n"),
    ):
        assert run(monkeypatch, *arguments) == 0
        said = capsys.readouterr()
        assert (said.out, said.err) == (words, "")


@pytest.mark.usefixtures("shell")
def test_an_account_that_there_is_not_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "migrate") == 0
    assert run(monkeypatch, "pause", "--account", "nobody") == 1
    assert capsys.readouterr().err == "There is no account 'nobody'. There is: clinic.\n"
