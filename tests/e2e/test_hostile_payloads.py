"""Payloads that Slack does not send, or sends again: acknowledged, and without any effect."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.slack.delivery import Kind
from tests.e2e.town import CHANNEL, CHEN, DANA, EVE, Town

Json = dict[str, Any]
Spoil = Callable[[Json], object]


CLICKS: dict[str, Spoil] = {
    "no actions": lambda p: p.update(actions=[]),
    "actions that are text": lambda p: p.update(actions="approve"),
    "no user": lambda p: p.pop("user"),
    "a user that is text": lambda p: p.update(user="U0COMPLY1"),
    "a value that names nothing": lambda p: p["actions"][0].update(value="'; drop table draft"),
    "a value that is a number": lambda p: p["actions"][0].update(value=7),
    "a value with a huge number": lambda p: p["actions"][0].update(value=f"{10**40}:1"),
    "an action nobody knows": lambda p: p["actions"][0].update(action_id="launch"),
    "no trigger": lambda p: p.pop("trigger_id"),
    "a channel that is a list": lambda p: p.update(channel=[]),
    "no type": lambda p: p.pop("type"),
}

EVENTS: dict[str, Spoil] = {
    "no event": lambda p: p.pop("event"),
    "an event that is text": lambda p: p.update(event="message"),
    "no channel": lambda p: p["event"].pop("channel"),
    "no ts": lambda p: p["event"].pop("ts"),
    "a ts that is no time": lambda p: p["event"].update(ts="yesterday"),
    "a text that is a list": lambda p: p["event"].update(text=["a"], blocks=None),
    "blocks that are text": lambda p: p["event"].update(blocks="rich"),
    "an edit of nothing": lambda p: p["event"].update(subtype="message_changed"),
    "a deletion of nothing": lambda p: p["event"].update(subtype="message_deleted"),
    "a user that is nobody": lambda p: p["event"].update(user=17),
}


@pytest.mark.parametrize("spoil", CLICKS.values(), ids=CLICKS.keys())
def test_a_malformed_click_is_acknowledged_and_does_nothing(shared: Town, spoil: Spoil) -> None:
    ts = shared.draft("A malformed click approves nothing.")
    shared.press(CHEN, ts, "approve")
    before = shared.count("review")
    payload = copy.deepcopy(shared.sandbox.newest(Kind.INTERACTIVE))
    payload["user"] = {**payload["user"], "id": DANA}
    spoil(payload)
    assert shared.sandbox.send(Kind.INTERACTIVE, payload)
    assert shared.count("review") == before
    shared.wait(lambda: (c := shared.card(ts)) and c.approved_by == {CHEN}, "one approval")


@pytest.mark.parametrize("spoil", EVENTS.values(), ids=EVENTS.keys())
def test_a_malformed_event_is_acknowledged_and_becomes_nothing(shared: Town, spoil: Spoil) -> None:
    shared.draft("The original of a malformed event.")
    before = shared.count("draft")
    payload = copy.deepcopy(shared.sandbox.newest(Kind.EVENT))
    message = {"type": "message", "user": EVE, "ts": "1790000000.000100", "channel": CHANNEL}
    payload["event"] = {**message, "text": "Nobody wrote this."}
    spoil(payload)
    assert shared.sandbox.send(Kind.EVENT, payload)
    assert shared.count("draft") == before


def test_a_replayed_click_counts_once(shared: Town) -> None:
    ts = shared.draft("One click is one click.")
    shared.press(CHEN, ts, "approve")
    payload = shared.sandbox.newest(Kind.INTERACTIVE)
    shared.wait(lambda: (c := shared.card(ts)) and "revoke" in c.buttons, "something to revoke")
    shared.press(CHEN, ts, "revoke")
    shared.wait(lambda: (c := shared.card(ts)) and not c.approved_by, "the revocation")
    assert shared.sandbox.send(Kind.INTERACTIVE, payload)
    shared.press(EVE, ts, "approve")
    shared.hears(EVE, "you are not one of them")
    card = shared.card(ts)
    assert card is not None
    assert card.approved_by == frozenset()


def test_a_refusal_is_told_once_however_often_its_click_comes(
    shared: Town,
) -> None:
    ts = shared.draft("The same refusal is not told twice.")
    before = len(shared.told(EVE))
    shared.press(EVE, ts, "approve")
    payload = shared.sandbox.newest(Kind.INTERACTIVE)
    for _ in range(3):
        assert shared.sandbox.send(Kind.INTERACTIVE, payload)
    shared.wait(lambda: len(shared.told(EVE)) > before, "a refusal")
    shared.draft("Whatever is told is told before this card stands.")
    assert len(shared.told(EVE)) == before + 1


def test_a_draft_that_does_not_exist_is_said_not_to(shared: Town) -> None:
    ts = shared.draft("This is not draft number nine million.")
    shared.press(CHEN, ts, "approve")
    payload = copy.deepcopy(shared.sandbox.newest(Kind.INTERACTIVE))
    payload["actions"][0] |= {"value": "9000000:1", "action_ts": "1790000000.000200"}
    assert shared.sandbox.send(Kind.INTERACTIVE, payload)
    shared.hears(CHEN, "There is no draft 9000000")


def test_a_submission_without_its_fields_is_acknowledged(shared: Town) -> None:
    ts = shared.draft("A form must have fields.")
    shared.fill_in(CHEN, ts, "request_changes", {"reason": {"reason": "More of it, please."}})
    shared.shows(ts, "Changes requested")
    payload = copy.deepcopy(shared.sandbox.newest(Kind.INTERACTIVE))
    for spoiled in ({"state": None}, {"private_metadata": "1:1:launch"}, {"id": None}):
        assert shared.sandbox.send(Kind.INTERACTIVE, payload | {"view": payload["view"] | spoiled})
