"""The composition root: which rows it takes, that there is one bot, and what health consists of."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest

from bot.app import Bot, new_publisher, open_database
from bot.errors import DatabaseError
from bot.links.place import NO_PUBLIC_NAME
from bot.sandbox.bot_process import demo_policy
from bot.settings import Settings, load
from storage.database import Database
from storage.migrating import migrate
from storage.sole import only_bot
from tests.test_settings import SECRETS

OLD = "The database is not up to date. Run `countersign migrate` first."


@pytest.fixture
def environment(tmp_path: Path, migrated: Path) -> dict[str, str]:
    """The environment of a bot whose database has the newest schema."""
    (tmp_path / "countersign.toml").write_text(demo_policy(), encoding="utf-8")
    (tmp_path / "countersign.db").write_bytes(migrated.read_bytes())
    return SECRETS | {
        "COUNTERSIGN_CONFIG": str(tmp_path / "countersign.toml"),
        "COUNTERSIGN_DATABASE": f"sqlite:///{tmp_path / 'countersign.db'}",
        "COUNTERSIGN_HEALTH_PORT": "0",
    }


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    return load(environment)


@pytest.fixture
def bot(settings: Settings) -> Iterator[Bot]:
    """A bot that was put together and not started."""
    bot = Bot(settings)
    yield bot
    bot._health._server.server_close()
    bot._database.close()


def alter(settings: Settings, sql: str) -> None:
    database = Database(settings.database_url)
    with database.write() as session:
        session.connection().exec_driver_sql(sql)
    database.close()


def test_nobody_has_a_way_to_follow_links_unless_the_operator_says_so(
    environment: dict[str, str], bot: Bot
) -> None:
    assert bot._desk.follow is None
    policy = Path(environment["COUNTERSIGN_CONFIG"])
    policy.write_text(demo_policy() + "\n[links]\nfollow = true\n", encoding="utf-8")
    following = Bot(load(environment))
    following._health._server.server_close()
    following._database.close()
    assert following._desk.follow is not None
    assert following._desk.follow("http://127.0.0.1/").why == NO_PUBLIC_NAME


def test_rows_of_the_newest_schema_are_opened(settings: Settings) -> None:
    open_database(settings).close()


def test_a_new_file_is_refused_until_it_is_migrated(environment: dict[str, str]) -> None:
    path = Path(environment["COUNTERSIGN_CONFIG"]).with_name("new.db")
    settings = load(environment | {"COUNTERSIGN_DATABASE": f"sqlite:///{path}"})
    with pytest.raises(DatabaseError) as caught:
        open_database(settings)
    assert str(caught.value) == OLD
    database = Database(settings.database_url)
    migrate(database)
    database.close()
    open_database(settings).close()


@pytest.mark.parametrize("revision", ["0000", "9999"])
def test_another_schema_is_refused(settings: Settings, revision: str) -> None:
    alter(settings, f"UPDATE alembic_version SET version_num = '{revision}'")
    with pytest.raises(DatabaseError, match="not up to date"):
        open_database(settings)


@pytest.mark.parametrize("place", ["missing/folder/rows.db", "countersign.toml", "."])
def test_what_is_no_database_is_refused_in_words(environment: dict[str, str], place: str) -> None:
    path = Path(environment["COUNTERSIGN_CONFIG"]).parent / place
    settings = load(environment | {"COUNTERSIGN_DATABASE": f"sqlite:///{path}"})
    with pytest.raises(DatabaseError, match="Check COUNTERSIGN_DATABASE"):
        open_database(settings)


def test_a_second_bot_on_the_same_file_is_refused_until_the_first_ends(settings: Settings) -> None:
    with only_bot(settings.database_url):
        with pytest.raises(DatabaseError, match=r"Another bot is running on .*Stop it first."):
            only_bot(settings.database_url)
        with only_bot(settings.database_url.replace("countersign.db", "other.db")):
            pass
    with only_bot(settings.database_url):
        pass


@pytest.mark.parametrize("url", ["sqlite://", "postgresql://db/countersign"])
def test_where_there_is_no_file_none_is_held(url: str) -> None:
    with only_bot(url), only_bot(url):
        pass


def test_a_bot_that_is_refused_changes_nothing(bot: Bot, settings: Settings) -> None:
    with only_bot(settings.database_url), pytest.raises(DatabaseError):
        bot.start()
    assert not bot._heartbeat._scheduler.running


def test_health_says_what_does_not_work_yet(bot: Bot) -> None:
    assert bot.checks() == {
        "slack_connected": False,
        "slack_read": False,
        "database": True,
        "heartbeat": True,
    }


def test_health_sees_that_slack_was_read(bot: Bot) -> None:
    bot._desk.caught_up = True
    bot._socket = Mock(connected=True)
    assert all(bot.checks().values())


def test_health_sees_rows_that_cannot_be_written(bot: Bot, tmp_path: Path) -> None:
    bot._database.close()
    for path in tmp_path.glob("countersign.db*"):
        path.write_bytes(b"no database" * 1_000)
    assert not bot.checks()["database"]


def test_health_sees_a_heartbeat_that_stopped(bot: Bot) -> None:
    bot._heartbeat._beat -= 3600
    assert not bot.checks()["heartbeat"]


def test_a_loop_runs_for_each_account_and_commits_wake_them(bot: Bot) -> None:
    names = [loop.name for loop in bot._heartbeat._loops]
    cards, checks = [f"cards {n}" for n in range(4)], [f"checks {n}" for n in range(3)]
    assert names == [
        "homes", "reminders", "recurrences", "chat", *checks, "checkpoints", "lane clinic",
        *cards, "timer",
    ]  # fmt: skip
    bot._heartbeat = Mock()
    with bot._desk.write():
        bot._heartbeat.wake.assert_not_called()
    bot._heartbeat.wake.assert_called_once_with()


def test_the_adapter_of_an_account_has_its_own_keys(settings: Settings) -> None:
    assert new_publisher(settings, "clinic").user_id == SECRETS["X_CLINIC_ACCESS_TOKEN"][:1]
