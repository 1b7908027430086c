"""How a bot ends, and how the next one goes on."""

import time

from tests.e2e.town import ANA, DANA, Town, policy_with

POLICY = policy_with(stop=1.5, deadline=30, read=30, lease=60)


def stop_in_the_middle(town: Town, text: str, answer: str) -> tuple[str, float]:
    """Let X hang over a tweet, and ask the bot to end meanwhile; returns ts and seconds."""
    town.people.set_faults(x={"next": [answer]})
    ts = town.publish(text)
    town.wait(lambda: answer in str(town.people.ledger()["calls"]), "the call that hangs")
    began = time.monotonic()
    assert town.bot.stop() == 0
    return ts, time.monotonic() - began


def test_an_idle_bot_ends_at_once_and_quietly(town: Town) -> None:
    town.shows(town.publish("The last tweet of the day."), "Published")
    began = time.monotonic()
    assert town.bot.stop() == 0
    assert time.monotonic() - began < 8
    town.check_calm()
    assert town.log.rstrip().endswith("stopped")


def test_a_tweet_that_was_taken_while_the_bot_ended_is_found_and_not_sent_again(
    town: Town,
) -> None:
    text = "X is slow to say that it has this."
    ts, took = stop_in_the_middle(town, text, "hang_after")
    assert took < 12
    town.open()
    assert town.shows(ts, "Published").parts[0].tweet_id == town.tweets(text)[0]["id"]
    assert len(town.tweets(text)) == 1


def test_a_tweet_that_was_not_taken_while_the_bot_ended_is_asked_about(town: Town) -> None:
    text = "X is slow and has not taken this."
    ts, took = stop_in_the_middle(town, text, "hang_before")
    assert took < 12
    town.open()
    town.shows(ts, "In doubt", "settle_not_live")
    assert town.tweets(text) == []
    town.press(ANA, ts, "settle_not_live")
    town.shows(ts, "Not published", "retry")
    town.press(ANA, ts, "retry")
    town.shows(ts, "Published")
    assert len(town.tweets(text)) == 1


def test_an_answer_within_the_patience_is_waited_for(town: Town) -> None:
    text = "X answers a little late."
    before = town.count("attempt")
    town.people.set_faults(x={"hang_s": 0.7})
    ts = town.publish(text)
    town.wait(lambda: town.tweets(text), "the tweet")
    assert town.bot.stop() == 0
    town.people.set_faults(x={"hang_s": 0.0})
    assert town.count("attempt") == before + 1
    town.open()
    town.shows(ts, "Published")
    assert (len(town.tweets(text)), town.count("attempt")) == (1, before + 1)


def test_a_second_bot_on_the_same_database_is_told_so_in_one_line(town: Town) -> None:
    done = town.bot.command("run")
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("Another bot is running on ")
    town.press(DANA, town.draft("The first bot is not disturbed."), "approve")
