"""What the ledger keeps: every call with its price, every tweet that ever was."""

import pytest

from tests.sandbox.x.conftest import Bot, LocalX

STRANGER = "12"


def test_calls_cost_what_x_asks(local_x: LocalX, bot: Bot) -> None:
    tweet_id = bot.tweeted("plain")["id"]
    bot.tweeted("see example.com")
    call = local_x.by_hand(STRANGER, "@RiversideClinic hello")
    bot.tweeted("hi", reply={"in_reply_to_tweet_id": call})
    bot.call("GET", f"/2/tweets/{call}")
    bot.timeline()
    bot.timeline()
    bot.call("DELETE", f"/2/tweets/{tweet_id}")
    bot.tweet("")
    ledger = local_x.see("ledger")
    costs = [one["cost"] for one in ledger["calls"]]
    assert costs == [0.015, 0.2, 0.01, 0.005, 0.003, 0, 0.01, 0]
    assert ledger["cost"] == pytest.approx(0.243)


def test_the_ledger_has_every_call_and_forgets_nothing(local_x: LocalX, bot: Bot) -> None:
    tweet_id = bot.tweeted("hello")["id"]
    bot.call("DELETE", f"/2/tweets/{tweet_id}")
    ledger = local_x.see("ledger")
    (tweet,) = ledger["tweets"]
    assert tweet["deleted_ms"] >= tweet["created_ms"]
    assert local_x.see("timeline")["tweets"] == []
    assert [(c["method"], c["path"], c["status"], c["tweet_id"]) for c in ledger["calls"]] == [
        ("POST", "/2/tweets", 201, tweet_id),
        ("DELETE", f"/2/tweets/{tweet_id}", 200, tweet_id),
    ]
