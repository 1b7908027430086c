"""Settings are read once, and every mistake is one line that says what to do."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.domain.slots import Quiet
from bot.errors import SettingsError
from bot.moved_clock import MovedClock
from bot.ports import utc_now
from bot.sandbox.bot_process import demo_policy
from bot.settings import RecordSettings, load, load_policy, load_record

SLOTS = 'slots = ["mon-fri 08:30, 12:15, 17:45", "sat sun 10:00"]'
SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "X_CONSUMER_KEY": "key",
    "X_CONSUMER_SECRET": "secret",
    "X_CLINIC_ACCESS_TOKEN": "1-token",
    "X_CLINIC_ACCESS_TOKEN_SECRET": "hush-hush",
}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "countersign.toml"
    path.write_text(demo_policy(), encoding="utf-8")
    return SECRETS | {"COUNTERSIGN_CONFIG": str(path)}


def mistakes(environment: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(environment)
    return str(caught.value).splitlines()


def rewrite(environment: dict[str, str], before: str, after: str) -> None:
    path = Path(environment["COUNTERSIGN_CONFIG"])
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_policy_file_becomes_the_teams_policy(environment: dict[str, str]) -> None:
    policy = load(environment).policy
    assert [stage.name for stage in policy.quorum.stages] == ["Clinical", "Compliance"]
    assert policy.waits.grace == timedelta(minutes=15)
    assert policy.default_account.handle == "RiversideClinic"


def test_reminders_are_the_teams_and_escalation_may_be_a_stages(
    environment: dict[str, str],
) -> None:
    rewrite(environment, "[6, 24, 48]", "[24, 6]")
    rewrite(environment, 'name = "Clinical"', 'name = "Clinical"\nescalation = ["U0HEAD"]')
    plan = load(environment).policy.reminding
    assert plan.after == (timedelta(hours=6), timedelta(hours=24))
    assert plan.told_of("Clinical") == {"U0HEAD"}
    assert plan.told_of("Compliance") == {"U0COMPLY1"}


def test_an_account_has_a_calendar(environment: dict[str, str]) -> None:
    calendar = """
slots = ["mon-fri 08:30, 12:15", "mon 08:30"]
gap_minutes = 30
quiet = "21:00-07:00"
blackout = [2026-12-24, "2026-12-31"]
holidays = "GB-ENG"
repeat_days = 3
"""
    rewrite(environment, SLOTS, calendar)
    found = load(environment).policy.default_account.calendar
    assert len(found.slots) == 10
    assert found.gap == timedelta(minutes=30)
    assert found.quiet == Quiet(time(21), time(7))
    assert {date(2026, 12, 24), date(2026, 12, 31)} < found.blackout
    assert date(date.today().year, 12, 25) in found.blackout  # noqa: DTZ011
    assert found.repeat == timedelta(days=3)


def test_the_example_in_the_repository_can_be_read(environment: dict[str, str]) -> None:
    example = Path(__file__).parents[1] / "countersign.toml"
    load(environment | {"COUNTERSIGN_CONFIG": str(example)})


def test_a_secret_may_stand_in_a_file(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("xoxb-from-file\n", encoding="utf-8")
    del environment["SLACK_BOT_TOKEN"]
    settings = load(environment | {"SLACK_BOT_TOKEN_FILE": str(path)})
    assert settings.slack_bot_token.get_secret_value() == "xoxb-from-file"


def test_a_secret_file_that_is_not_there_is_named(environment: dict[str, str]) -> None:
    del environment["SLACK_BOT_TOKEN"]
    (line,) = mistakes(environment | {"SLACK_BOT_TOKEN_FILE": "/nowhere/token"})
    assert line.startswith("SLACK_BOT_TOKEN_FILE: /nowhere/token cannot be read")


def test_all_missing_secrets_are_told_at_once(environment: dict[str, str]) -> None:
    lines = mistakes({"COUNTERSIGN_CONFIG": environment["COUNTERSIGN_CONFIG"]})
    assert [line.split(" ")[0] for line in lines] == list(SECRETS)


def test_no_secret_is_shown(environment: dict[str, str]) -> None:
    environment |= {name: f"hush-{name}-hush" for name in SECRETS}
    assert "hush" not in repr(load(environment))


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("Europe/London", "Mars/Olympus", "'Mars/Olympus' is no IANA time zone"),
        ("grace_minutes = 15", "grace_minutes = -1", "team → grace_minutes"),
        ("grace_minutes", "grace_minuets", "team → grace_minuets"),
        ('people = ["U0CLINIC1"]', "people = []", "stages → number 1 → people"),
        (
            'people = ["U0CLINIC1"]',
            'people = ["U0CLINIC1"]\nneed = 2',
            "needs 2 people",
        ),
        ('people = ["U0CLINIC1"]', 'people = ["Chen"]', "stages → number 1 → people → number 1"),
        ('name = "Compliance"', 'name = "Clinical"', "two stages have the same name"),
        ("lookups = [1, 2, 4]", "lookups = []", "waits → lookups"),
        ("lookups = [1, 2, 4]", "lease = 10", "lease must outlast deadline"),
        ('operators = ["U0COMPLY1"]', "operators = []", "team → operators"),
        (
            "drafts_channel =",
            'review_channel = "C0DRAFTS"\ndrafts_channel =',
            "slack: review_channel is the drafts_channel",
        ),
        ("[6, 24, 48]", "[6, 0]", "team → remind_hours → number 2"),
        ('escalation = ["U0COMPLY1"]', 'escalation = ["Dana"]', "team → escalation → number 1"),
        ("lapse_days", "retention_years = 0\nlapse_days", "team → retention_years"),
        ("lapse_days", "repeat_lead_days = 0\nlapse_days", "team → repeat_lead_days"),
        ("lapse_days", "repeat_lead_days = 31\nlapse_days", "team → repeat_lead_days"),
        ('"C0AUDIT"', '"C0DRAFTS"', "must be another channel"),
        ('"C0AUDIT"', '"#audit"', "slack → audit_channel"),
        (SLOTS, 'slots = ["mon-fry 08:30"]', "'mon-fry' is no day"),
        (SLOTS, "gap_minutes = -1", "accounts → number 1 → gap_minutes"),
        (SLOTS, 'quiet = "nights"', "'nights' are no quiet hours"),
        (SLOTS, 'blackout = ["Christmas"]', "accounts → number 1 → blackout → number 1"),
        (SLOTS, 'holidays = "GB-OZ"', "'GB-OZ' is no region with known holidays"),
        (SLOTS, 'holidays = "Oz"', "'Oz' is no region with known holidays"),
    ],
)
def test_a_mistake_in_the_file_is_one_line_with_its_place(
    environment: dict[str, str], before: str, after: str, line: str
) -> None:
    rewrite(environment, before, after)
    (said,) = mistakes(environment)
    assert line in said


def test_a_file_that_is_not_toml_says_where(environment: dict[str, str]) -> None:
    rewrite(environment, "[team]", "[team")
    (said,) = mistakes(environment)
    assert "is not TOML" in said
    assert "line" in said


def test_a_missing_file_says_what_to_do(environment: dict[str, str]) -> None:
    (said,) = mistakes(environment | {"COUNTERSIGN_CONFIG": "/nowhere/countersign.toml"})
    assert "set COUNTERSIGN_CONFIG to its path" in said


def test_a_port_must_be_a_port(environment: dict[str, str]) -> None:
    (said,) = mistakes(environment | {"COUNTERSIGN_HEALTH_PORT": "http"})
    assert said == "COUNTERSIGN_HEALTH_PORT: 'http' is no port number."


def test_the_audit_key_may_be_missing_or_stand_in_a_file(
    environment: dict[str, str], tmp_path: Path
) -> None:
    assert load(environment).audit_key is None
    path = tmp_path / "key"
    path.write_text("c2VjcmV0\n", encoding="utf-8")
    key = load(environment | {"COUNTERSIGN_AUDIT_KEY_FILE": str(path)}).audit_key
    assert key is not None
    assert key.get_secret_value() == "c2VjcmV0"
    assert "c2VjcmV0" not in repr(load(environment | {"COUNTERSIGN_AUDIT_KEY": "c2VjcmV0"}))


def test_an_auditor_needs_the_database_alone() -> None:
    settings = load_record({"COUNTERSIGN_DATABASE": "sqlite:///copy.db"})
    assert settings == RecordSettings("sqlite:///copy.db", None)


def test_a_key_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match="/nowhere/key cannot be read"):
        load_record({"COUNTERSIGN_AUDIT_KEY_FILE": "/nowhere/key"})


def test_the_drafts_of_what_repeats_are_made_three_days_ahead_unless_the_team_says_otherwise(
    environment: dict[str, str],
) -> None:
    assert load_policy(environment).repeat_lead == timedelta(days=3)
    rewrite(environment, "grace_minutes = 15", "grace_minutes = 15\nrepeat_lead_days = 7")
    assert load_policy(environment).repeat_lead == timedelta(days=7)


def test_contents_are_kept_for_six_years_unless_the_team_says_otherwise(
    environment: dict[str, str],
) -> None:
    assert load_policy(environment).retention_years == 6
    rewrite(environment, "grace_minutes = 15", "grace_minutes = 15\nretention_years = 10")
    assert load_policy(environment).retention_years == 10
    with pytest.raises(SettingsError, match="cannot be read"):
        load_policy({"COUNTERSIGN_CONFIG": "/nowhere/countersign.toml"})


def test_links_are_followed_only_where_the_operator_says_so(environment: dict[str, str]) -> None:
    assert load(environment).file.links.follow is False
    rewrite(
        environment, "[team]", '[links]\nfollow = true\ntrusted = ["KingsFund.org.uk"]\n\n[team]'
    )
    settings = load(environment)
    assert settings.file.links.follow is True
    assert "kingsfund.org.uk" in settings.guidelines.own


def test_a_mistake_about_links_is_one_line(environment: dict[str, str]) -> None:
    rewrite(environment, "[team]", '[links]\ntrusted = ["https://a.org"]\nproxy = "x"\n\n[team]')
    lines = mistakes(environment)
    assert len(lines) == 2
    assert "links → trusted → number 1: 'https://a.org' is no domain" in lines[0]
    assert "links → proxy" in lines[1]


def test_a_lease_must_outlast_a_look_at_a_link(environment: dict[str, str]) -> None:
    rewrite(environment, "[waits]", "[links]\nfollow = true\n\n[waits]\nlease = 10\ndeadline = 5")
    (line,) = mistakes(environment)
    assert "lease must be 15 seconds or more while links → follow" in line


def test_the_clock_is_the_machines_and_a_file_moves_it_in_a_sandbox_alone(
    environment: dict[str, str], tmp_path: Path
) -> None:
    assert load(environment).clock is utc_now
    file = tmp_path / "clock"
    file.write_text("60")
    moved = environment | {"COUNTERSIGN_CLOCK_FILE": str(file)}
    here = "http://127.0.0.1:1/"
    for given in ({}, {"COUNTERSIGN_SLACK_API": here}, {"COUNTERSIGN_X_API": here}):
        (mistake,) = mistakes(moved | given)
        assert mistake.startswith("COUNTERSIGN_CLOCK_FILE moves the bot's clock")
        assert "Please leave COUNTERSIGN_CLOCK_FILE away" in mistake
    both = moved | {"COUNTERSIGN_SLACK_API": here, "COUNTERSIGN_X_API": here}
    clock = load(both).clock
    assert isinstance(clock, MovedClock)
    assert clock.ahead == timedelta(minutes=1)
