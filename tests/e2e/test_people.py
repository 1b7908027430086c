"""People who are gone, and how the bot leaves them in peace."""

import sqlite3
from contextlib import closing

from tests.e2e.town import ANA, BEN, Town


def test_an_author_who_is_gone_is_not_told_for_ever(town: Town) -> None:
    text = "Ben has left the clinic, and his tweet stays."
    ts = town.draft(text, who=BEN)
    town.say_when(ts, who=BEN)
    town.people.change_person(BEN, deleted=True)
    town.approve(ts)
    town.shows(ts, "Published")
    assert len(town.tweets(text)) == 1
    waiting = "SELECT count(*) FROM notice WHERE delivered_at IS NULL AND given_up_at IS NULL"
    assert rows(town, waiting) > 0
    town.wait(lambda: rows(town, waiting, hurry=True) == 0, "giving up")
    assert rows(town, "SELECT count(*) FROM notice WHERE given_up_at IS NOT NULL") > 0
    tries = town.log.count("not delivered")
    town.shows(town.publish("Ana has not left the clinic."), "Published")
    town.hears(ANA, "Your tweet is public")
    assert town.log.count("not delivered") == tries


def rows(town: Town, query: str, *, hurry: bool = False) -> int:
    """Count rows; `hurry` lets the time until the next try of every notice pass at once."""
    with closing(sqlite3.connect(town.bot.database, timeout=10)) as database:
        if hurry:
            database.execute("UPDATE notice SET try_after = NULL")
            database.commit()
        return int(database.execute(query).fetchone()[0])
