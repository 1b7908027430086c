"""What a stopped bot leaves in the audit channel convicts whoever cuts the record meanwhile."""

import json
import sqlite3

import pytest

from bot.sandbox import world
from tests.e2e.conftest import Found
from tests.e2e.town import DANA, Town, policy_with

AUDIT = world.AUDIT.id


@pytest.fixture
def town(found: Found) -> Town:
    return found(policy_with())


def posted(town: Town) -> list[str]:
    said = [str(message["text"]) for message in town.people.messages(AUDIT, DANA)]
    return [text for text in said if "countersign-checkpoint/1" in text]


def test_a_record_that_is_cut_while_the_bot_is_stopped_is_found_out_by_the_chat(
    town: Town,
) -> None:
    town.draft("Flu jabs start on Monday.")
    town.draft("Sleep well.")
    assert town.bot.stop() == 0
    newest = posted(town)[-1]
    verify = ("audit", "verify", "--json", "--anchor", newest)
    done = town.bot.command(*verify)
    assert done.returncode == 0, done.stdout + done.stderr
    cut_tail(town)
    done = town.bot.command(*verify)
    assert done.returncode == 1
    assert "cut off" in json.loads(done.stdout)["faults"][0]["words"]


def cut_tail(town: Town) -> None:
    rows = sqlite3.connect(town.bot.database, isolation_level=None)
    for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        rows.execute(f"DROP TRIGGER {name}")
    rows.execute("DELETE FROM audit_entry WHERE sequence = (SELECT max(sequence) FROM audit_entry)")
    rows.execute("DELETE FROM checkpoint")
    rows.close()


def test_while_slack_is_away_at_the_end_the_next_start_posts_it(town: Town) -> None:
    town.draft("Flu jabs start on Monday.")
    before = len(posted(town))
    town.people.set_faults(slack={"api_down": True})
    assert town.bot.stop() == 0
    town.people.set_faults(slack={"api_down": False})
    assert len(posted(town)) == before
    town.open()
    town.wait(lambda: len(posted(town)) > before, "the checkpoint of the stop")


def test_history_is_told_in_the_channel_to_those_who_may_see_it(town: Town) -> None:
    town.draft("Flu jabs start on Monday.")
    answer = town.people.command(DANA, world.DRAFTS.id, "/tweet", "audit 1")
    assert "wrote the draft" in answer["text"]
    assert "Flu jabs" not in answer["text"]
