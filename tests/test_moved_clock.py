"""A clock that a file moves: beside a local Slack and X alone, ahead alone, and never lost."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.moved_clock import MovedClock, moved_clock
from bot.ports import utc_now

NAME = "COUNTERSIGN_CLOCK_FILE"
HERE = "http://127.0.0.1:8450/slack/api/"
X_HERE = "http://[::1]:8450/x"
SECOND = timedelta(seconds=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clock"
    path.write_text("3600.5\n")
    return path


def test_it_is_ahead_by_what_the_file_says_now(file: Path) -> None:
    clock = moved_clock(NAME, file, HERE, X_HERE)
    assert abs(clock() - utc_now() - timedelta(seconds=3600.5)) < SECOND
    file.write_text("86400")
    assert abs(clock() - utc_now() - timedelta(days=1)) < SECOND
    file.write_text("0.000\n")
    assert abs(clock() - utc_now()) < SECOND


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.unlink(),
        lambda file: file.write_text(""),
        lambda file: file.write_text("-60"),
        lambda file: file.write_bytes(b"\xff\xfe"),
    ],
)
def test_where_its_file_is_lost_it_stays_as_far_ahead(
    file: Path, spoil: Callable[[Path], object]
) -> None:
    clock = MovedClock(file)
    spoil(file)
    assert clock.ahead == timedelta(seconds=3600.5)


@pytest.mark.parametrize("held", ["", "soon", "-1", "nan", "inf", "1e12", "1 2"])
def test_a_file_that_holds_anything_else_is_refused_at_the_start(file: Path, held: str) -> None:
    file.write_text(held)
    with pytest.raises(ValueError, match="must be a file that holds seconds"):
        moved_clock(NAME, file, HERE, X_HERE)
    with pytest.raises(ValueError, match=f"{NAME}: .*nowhere must be a file"):
        moved_clock(NAME, file.with_name("nowhere"), HERE, X_HERE)


@pytest.mark.parametrize(
    "address",
    [
        "https://slack.com/api/",
        "https://api.x.com",
        "http://localhost:8450/x",  # a name may lead anywhere
        "http://127.0.0.1@slack.com/api/",
        "http://127.0.0.1.example.org/",
        "http://10.0.0.1/x",
        "http://[::1",
        "127.0.0.1:8450",
        "",
    ],
)
def test_where_either_side_may_be_the_real_one_it_is_refused(file: Path, address: str) -> None:
    for addresses in ((address, HERE), (HERE, address)):
        with pytest.raises(ValueError, match="must both be addresses of this machine"):
            moved_clock(NAME, file, *addresses)
