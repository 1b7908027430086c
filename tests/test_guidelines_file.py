"""[guidelines] in countersign.toml: what a team decided, and each mistake with its line."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.guidelines.loading import standard
from bot.sandbox.bot_process import demo_policy
from bot.settings import load_guidelines
from tests.guidelines.test_reading import SOUND

OURS = SOUND.replace("OUR-01", "OUR-07")


def written(folder: Path, table: str, rules: str | None = None) -> dict[str, str]:
    head, _, _ = demo_policy().partition("[guidelines]")
    (folder / "countersign.toml").write_text(head + table, encoding="utf-8")
    if rules is not None:
        (folder / "ours.yaml").write_text(rules, encoding="utf-8")
    return {"COUNTERSIGN_CONFIG": str(folder / "countersign.toml")}


def refused(environment: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as told:
        load_guidelines(environment)
    return str(told.value).replace(environment["COUNTERSIGN_CONFIG"], "FILE").splitlines()


def test_everything_that_a_team_decides(tmp_path: Path) -> None:
    table = """\
[guidelines]
jurisdictions = ["UK"]
packs_off = ["governance"]
rules = "ours.yaml"
[guidelines.severity]
ADV-04 = "block"
EVD-03 = "off"
[guidelines.allow]
domains = ["Clinic.example"]
handles = ["@ClinicStaff"]
mailboxes = ["Press@clinic.example"]
phones = ["+44 (20) 7946-0000"]
"""
    team, _ = load_guidelines(written(tmp_path, table, OURS))
    weights = {standing.rule.id: standing.severity for standing in team.rules}
    assert weights["ADV-04"] == "block"
    assert weights["OUR-07"] == "warn"
    assert not {"EVD-03", "GOV-01"} & weights.keys()
    assert team.allowed.domains == {"clinic.example"}
    assert team.allowed.handles == {"clinicstaff", "riversideclinic"}
    assert team.allowed.mailboxes == {"press@clinic.example"}
    assert team.allowed.phones == {"+442079460000"}


def test_a_team_that_says_nothing_is_judged_by_all_our_rules(tmp_path: Path) -> None:
    team, _ = load_guidelines(written(tmp_path, ""))
    assert team.rules == standard().rules


def test_without_a_policy_file_our_packs_judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_guidelines({}) == (standard(), "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('jurisdictions = ["Mars"]', "jurisdictions → number 1: Input should be 'US', 'UK'"),
        ('packs_off = ["humour"]', "there is no pack 'humour'; the packs are accessibility"),
        ('severity = {ADV-99 = "off"}', "there is no rule 'ADV-99'"),
        ('severity = {SAF-01 = "warn"}', "the rule SAF-01 protects people and cannot be changed"),
        ('severity = {ADV-04 = "loud"}', "severity → ADV-04: Input should be 'block'"),
        ('allow = {domains = ["nowhere"]}', "'nowhere' is no domain"),
        ('allow = {mailboxes = ["press"]}', "'press' is no mailbox"),
        ('allow = {phones = ["call us"]}', "String should match pattern"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    environment = written(tmp_path, f"[guidelines]\n# ours\n{line}\n")
    text = (tmp_path / "countersign.toml").read_text(encoding="utf-8")
    number = text.splitlines().index(line) + 1
    (told,) = refused(environment)
    assert told.startswith(f"FILE, line {number}: ")
    assert words in told


def test_a_mistake_in_the_teams_own_rules_is_told_with_file_and_line(tmp_path: Path) -> None:
    broken = OURS.replace("{drinks}", "{meals}")
    environment = written(tmp_path, '[guidelines]\nrules = "ours.yaml"\n', broken)
    assert refused(environment) == [
        f"{tmp_path / 'ours.yaml'}, line 15: there is no lexicon 'meals'."
    ]


def test_a_team_cannot_take_the_id_of_one_of_our_rules(tmp_path: Path) -> None:
    environment = written(
        tmp_path, '[guidelines]\nrules = "ours.yaml"\n', SOUND.replace("OUR-01", "ADV-01")
    )
    (told,) = refused(environment)
    assert "there is a rule ADV-01 already, in advertising.yaml, line " in told


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_rules_that_cannot_be_read_are_told(tmp_path: Path, content: bytes | None) -> None:
    environment = written(tmp_path, '[guidelines]\nrules = "ours.yaml"\n')
    if content is not None:
        (tmp_path / "ours.yaml").write_bytes(content)
    (told,) = refused(environment)
    assert str(tmp_path / "ours.yaml") in told
