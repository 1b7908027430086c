"""A side's own clock."""

import time

from bot.sandbox.clock import Clock


def test_a_clock_is_right_until_it_is_moved() -> None:
    clock = Clock()
    assert abs(clock.now_s() - time.time()) < 1
    clock.move(3600)
    clock.move(-60)
    assert abs(clock.now_ms() / 1000 - time.time() - 3540) < 1
    assert abs(clock.now().timestamp() - clock.now_s()) < 1
    clock.reset()
    assert abs(clock.now_s() - time.time()) < 1


def test_a_clock_follows_its_knob() -> None:
    offset = [0.0]
    clock = Clock(lambda: offset[0])
    offset[0] = -7200
    assert abs(clock.now_s() - time.time() + 7200) < 1
