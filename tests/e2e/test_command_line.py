"""What an operator types at a shell: exit codes, and words."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import __version__
from bot.sandbox.bot_process import BotProcess
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import running
from tests.e2e.town import CHANNEL, DANA, TOKENS, Town, policy_with, soon

Done = subprocess.CompletedProcess[str]
SECRETS = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "X_CONSUMER_KEY",
    "X_CONSUMER_SECRET",
    "X_CLINIC_ACCESS_TOKEN",
    "X_CLINIC_ACCESS_TOKEN_SECRET",
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxClient]:
    with running() as address, SandboxClient(address) as people:
        yield people


@pytest.fixture
def shell(sandbox: SandboxClient, migrated: Path, tmp_path: Path) -> Iterator[BotProcess]:
    """A shell in a folder with a database and a policy; no bot is running."""
    (tmp_path / "countersign.db").write_bytes(migrated.read_bytes())
    yield BotProcess(sandbox.address, tmp_path, policy_with())
    sandbox.reset()


def fails(done: Done, *words: str) -> None:
    """See that a command failed in these words, without a stack trace or a token."""
    said = spaced(done.stdout + done.stderr)
    assert done.returncode == 1, said
    assert "Traceback" not in said
    for word in words:
        assert word in said
    for token in TOKENS:
        assert token not in said


def spaced(text: str) -> str:
    """A text in one line, however wide its table was."""
    return " ".join(text.split())


def test_it_says_what_it_can_do_and_which_version_it_is() -> None:
    for option, words in (
        (
            "--help",
            ("run", "demo", "check", "doctor", "migrate", "pause", "resume", "countersign demo"),
        ),
        ("--version", (f"countersign {__version__}",)),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "bot", option],
            env={**os.environ, "TERM": "dumb"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert all(word in done.stdout for word in words)


def test_migrate_makes_a_database_and_may_be_repeated(shell: BotProcess) -> None:
    shell.database.unlink()
    fails(shell.command("run"), "Run `countersign migrate` first.")
    for _ in range(2):
        done = shell.command("migrate")
        assert (done.returncode, done.stdout) == (0, "The database is up to date.\n")


def test_the_doctor_finds_nothing_where_all_is_well(shell: BotProcess) -> None:
    done = shell.command("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("Database", "Guidelines", "Names", "Links", "Migrations",
                 "Slack identity", "Slack scopes",
                 "Slack channel", "Slack Socket Mode", "X account clinic",
                 "X clock clinic"):  # fmt: skip
        assert f"ok {name}" in spaced(done.stdout)
    assert "@RiversideClinic" in done.stdout


def test_the_doctor_says_what_to_mend(shell: BotProcess, sandbox: SandboxClient) -> None:
    policy = shell.folder / "countersign.toml"
    policy.write_text(policy.read_text().replace("RiversideClinic", "RiversideKids"))
    sandbox.grant(["chat:write", "commands", "channels:read"])
    sandbox.change_channel(CHANNEL, bot_member=False)
    sandbox.set_faults(x={"clock_offset_s": 200.0})
    shell.database.unlink()
    done = shell.command("doctor")
    fails(
        done,
        "no Slack scopes",
        "channels:history",
        "reinstall the app",
        "not a member of #tweets: invite the bot there",
        "is @RiversideClinic, not @RiversideKids",
        "no X clock clinic X is +",
        "run `countersign migrate`",
    )


def test_the_doctor_survives_the_absence_of_everybody(
    shell: BotProcess, sandbox: SandboxClient
) -> None:
    sandbox.set_faults(slack={"api_down": True}, x={"down": True})
    fails(shell.command("doctor"), "Slack does not answer", "no X account clinic")


def test_missing_secrets_are_told_all_at_once_a_line_each(
    sandbox: SandboxClient, tmp_path: Path
) -> None:
    nothing = dict.fromkeys(SECRETS, "")
    shell = BotProcess(sandbox.address, tmp_path, policy_with(), nothing)
    done = shell.command("run")
    fails(done, *(f"{name} is missing" for name in SECRETS))
    assert len(done.stderr.strip().splitlines()) == len(SECRETS)


def test_mistakes_in_the_policy_are_told_a_line_each(
    sandbox: SandboxClient, tmp_path: Path
) -> None:
    policy = policy_with().replace("Europe/London", "Mars/Crater").replace("U0CLINIC1", "chen")
    done = BotProcess(sandbox.address, tmp_path, policy).command("run")
    fails(done, "'Mars/Crater' is no IANA time zone", "'chen' is no Slack member id")
    assert len(done.stderr.strip().splitlines()) == 2


@pytest.mark.parametrize("command", ["run", "migrate"])
def test_a_file_that_is_no_database_is_said_to_be_none(shell: BotProcess, command: str) -> None:
    shell.database.write_bytes(b"not a database" * 1_000)
    fails(shell.command(command), "cannot be opened")


def test_an_address_that_is_none_and_a_port_that_is_taken_are_said_to_be(
    shell: BotProcess, sandbox: SandboxClient
) -> None:
    port = sandbox.address.rpartition(":")[2]
    for name, value, words in (
        ("COUNTERSIGN_DATABASE", "countersign.db", "Write one like sqlite:///"),
        ("COUNTERSIGN_HEALTH_PORT", port, "nothing can listen on 127.0.0.1"),
    ):
        other = BotProcess(sandbox.address, shell.folder, policy_with(), {name: value})
        done = other.command("run")
        fails(done, name, words)
        assert len(done.stderr.strip().splitlines()) == 1


def test_an_unknown_command_is_a_usage_error(shell: BotProcess) -> None:
    done = shell.command("frobnicate")
    assert done.returncode == 2
    assert "No such command" in done.stderr


def test_pause_at_the_shell_stops_a_running_bot_and_resume_lets_it_go_on(town: Town) -> None:
    text = "A shell can stop this."
    ts = town.draft(text)
    town.approve(ts)
    fails(town.bot.command("resume"), "Nothing is paused.")
    done = town.bot.command("pause", "something is wrong")
    assert (done.returncode, done.stdout.split(":")[0]) == (0, "Paused")
    town.say_when(ts, soon(1))
    card = town.shows(ts, "On hold")
    assert "publishing is paused" in card.words
    assert town.tweets(text) == []
    done = town.bot.command("resume")
    assert (done.returncode, done.stdout) == (0, "Resumed: 1 held tweet is on the way.\n")
    town.shows(ts, "Published")
    assert len(town.tweets(text)) == 1


def test_pause_in_the_channel_stops_what_is_due_as_well(shared: Town) -> None:
    text = "The channel can stop this."
    ts = shared.draft(text)
    shared.approve(ts)
    shared.people.command(DANA, CHANNEL, "/tweet", "pause for a moment")
    shared.typed.append("for a moment")
    shared.say_when(ts)
    shared.shows(ts, "On hold")
    answer = shared.people.command(DANA, CHANNEL, "/tweet", "resume")
    assert answer["text"] == "Resumed. One held tweet is on its way."
    shared.shows(ts, "Published")
