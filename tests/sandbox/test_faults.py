"""The knobs: what they accept, and when a chance fires."""

import math
from typing import Any

import pytest

from bot.sandbox.faults import Faults
from bot.sandbox.knobs import Hostile, SlackKnobs, Vocabulary, XKnobs


def test_every_knob_has_a_value_a_default_and_a_meaning() -> None:
    faults = Faults(seed=3)
    faults.change({"slack": {"api_429": 2}, "x": {"premium": True}})
    seen = faults.as_json()
    assert seen["slack"]["api_429"]["value"] == 2
    assert seen["slack"]["redelivery_s"]["default"] == [1, 60, 300]
    assert seen["x"]["premium"] | {"meaning": ""} == {
        "value": True,
        "default": False,
        "meaning": "",
    }
    assert seen["x"]["seed"]["default"] == 3
    for side in seen.values():
        assert all(len(knob["meaning"]) > 10 for knob in side.values())


def test_defaults_are_kept_apart_from_values() -> None:
    faults = Faults()
    faults.slack.redelivery_s.append(1)
    faults.change({"x": {"next": ["drip"]}})
    seen = Faults().as_json()
    assert seen["slack"]["redelivery_s"]["value"] == [1, 60, 300]
    assert faults.as_json()["x"]["next"] == {
        "value": ["drip"],
        "default": [],
        "meaning": "hostile answers to the next calls, in turn",
    }


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ([], "send"),
        ({"y": {}}, "send"),
        ({"x": []}, "x must be"),
        ({"x": {"nonsense": 1}}, "there is no knob x.nonsense"),
        ({"x": {"take_next": 1}}, "there is no knob x.take_next"),
        ({"x": {"lose_answer": 1.1}}, "x.lose_answer: must be from 0 to 1"),
        ({"x": {"lose_answer": True}}, "must be a number"),
        ({"x": {"clock_offset_s": math.inf}}, "must be a number"),
        ({"x": {"hang_s": -1}}, "must be 0 or more seconds"),
        ({"x": {"premium": 1}}, "must be true or false"),
        ({"x": {"vocabulary": "toot"}}, "x.vocabulary: 'toot'"),
        ({"x": {"next": ["nonsense"]}}, "x.next: 'nonsense'"),
        ({"x": {"next": "drip"}}, "must be a list"),
        ({"slack": {"api_429": -1}}, "must be a whole number"),
        ({"slack": {"api_429_method": None}}, "must be text"),
        ({"slack": {"redelivery_s": [1, -1]}}, "must be 0 or more seconds"),
    ],
)
def test_what_a_knob_does_not_accept_is_refused_whole(wanted: Any, words: str) -> None:
    faults = Faults()
    if isinstance(wanted, dict) and "x" in wanted:
        wanted = {**wanted, "slack": {"api_down": True}}
    with pytest.raises(ValueError, match=words):
        faults.change(wanted)
    assert faults.slack == SlackKnobs()
    assert faults.x == XKnobs()


def test_counters_and_lists_run_out() -> None:
    faults = Faults()
    faults.change({"slack": {"api_429": 2}, "x": {"next": ["408", "drip"], "vocabulary": "post"}})
    assert [faults.slack.spend("api_429") for _ in range(4)] == [True, True, False, False]
    assert not faults.slack.spend("api_lose_answer")
    assert [faults.x.take_next() for _ in range(3)] == [Hostile.REQUEST_TIMEOUT, Hostile.DRIP, None]
    assert faults.x.vocabulary is Vocabulary.POST


def test_chances_repeat_with_their_seed_and_are_about_right() -> None:
    faults = Faults(seed=1)
    first = [faults.happens(0.3) for _ in range(1000)]
    faults.change({"x": {"seed": 1}})
    assert [faults.happens(0.3) for _ in range(1000)] == first
    assert 250 < sum(first) < 350
    assert not faults.happens(0)
    assert faults.happens(1)


def test_a_reset_puts_everything_back() -> None:
    faults = Faults(seed=5)
    first = faults.happens(0.5)
    faults.change({"x": {"seed": 9, "down": True}, "slack": {"drop_ack": 1}})
    faults.reset()
    assert (faults.x, faults.slack) == (XKnobs(seed=5), SlackKnobs())
    assert faults.happens(0.5) == first
