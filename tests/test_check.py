"""`countersign check`: a text judged from the shell."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import __main__ as command_line
from bot.sandbox.bot_process import demo_policy


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERSIGN_CONFIG", raising=False)


def check(text: str, *options: str) -> Result:
    return CliRunner().invoke(command_line.app, ["check", "-", *options], input=text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Flu jabs start on Monday.", 0),
        ("9 in 10 patients are cured.", 1),
        ("Read https://sleep.example.net/a", 1),
        ("Results guaranteed. 9 in 10 patients are cured.", 2),
        ("x" * 281, 2),
        ("", 2),
    ],
)
def test_the_exit_code_is_the_gravest_finding(text: str, code: int) -> None:
    assert check(text).exit_code == code


def test_a_person_reads_the_rule_the_place_what_to_do_and_the_authority() -> None:
    said = check("We are open.\n---\nWalking cuts heart deaths by 30%").stdout
    assert "warn   EVD-01, part 2, at '30%': Number about health" in said
    assert "Give the source for this number." in said
    assert "https://www.cdc.gov/ccindex/" in said
    assert check("We are open.").stdout == "Nothing found.\n"


def test_a_program_reads_json_gravest_first() -> None:
    done = check("9 in 10 patients are cured. Results guaranteed.", "--json")
    told = json.loads(done.stdout)
    first, second = told["findings"]
    assert (first["rule"], first["severity"], first["text"]) == ("ADV-02", "block", "guaranteed")
    assert (second["rule"], second["part"], second["start"]) == ("EVD-01", 1, 0)
    assert second["citation"]["address"] == "https://www.cdc.gov/ccindex/"
    assert "evidence 1.0+" in told["judged_by"]


def test_a_file_is_judged_by_the_teams_policy_without_any_secret(tmp_path: Path) -> None:
    rules = demo_policy().replace("[guidelines]", '[guidelines]\nseverity = {EVD-01 = "off"}')
    (tmp_path / "countersign.toml").write_text(rules, encoding="utf-8")
    (tmp_path / "tweet.txt").write_text("9 in 10 patients are cured.", encoding="utf-8")
    assert CliRunner().invoke(command_line.app, ["check", "tweet.txt"]).exit_code == 0


def test_what_cannot_be_checked_is_told_and_has_its_own_code(tmp_path: Path) -> None:
    missing = CliRunner().invoke(command_line.app, ["check", "missing.txt"])
    assert (missing.exit_code, missing.stdout) == (3, "")
    assert "It could not be checked" in missing.stderr
    (tmp_path / "tweet.txt").write_bytes(b"\xff\xfe")
    assert CliRunner().invoke(command_line.app, ["check", "tweet.txt"]).exit_code == 3
    (tmp_path / "countersign.toml").write_text("[guidelines]\nbag = 1\n", encoding="utf-8")
    assert "guidelines → bag" in check("We are open.").stderr
